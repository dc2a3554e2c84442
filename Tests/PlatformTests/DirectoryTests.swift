import Foundation
import Platform
import Testing

@Suite struct DirectoryTests {
  private let folder: URL
  private let directory: Directory

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(
      path: "ptwatch-\(ProcessInfo.processInfo.globallyUniqueString)")
    try FileManager.default.createDirectory(at: folder.appending(path: "sub"), withIntermediateDirectories: true)
    try Data("content".utf8).write(to: folder.appending(path: "sub/file"))
    directory = try Directory(folder.path)
  }

  private func bytes(_ path: String) -> [UInt8] { Array(path.utf8) }

  @Test func readsAFileWithItsStatus() throws {
    guard case .bytes(let content, let status) = directory.read(bytes("sub/file"), limit: 100) else {
      Issue.record("not read")
      return
    }
    #expect(content == bytes("content") && status.st_size == 7)
    #expect(try directory.status(bytes("sub/file"))?.modifiedNanoseconds == status.modifiedNanoseconds)
    try FileManager.default.removeItem(at: folder)
  }

  @Test func theLimitIsOfBytes() throws {
    guard case .bytes(let content, _) = directory.read(bytes("sub/file"), limit: 7) else {
      Issue.record("7 bytes fit")
      return
    }
    #expect(content.count == 7)
    guard case .tooBig(let status) = directory.read(bytes("sub/file"), limit: 6) else {
      Issue.record("7 bytes are more than 6")
      return
    }
    #expect(status.st_size == 7)
    try FileManager.default.removeItem(at: folder)
  }

  /// The rest of a file that begins otherwise is not read, however long it is.
  @Test(arguments: [("", true), ("c", true), ("content", true), ("contents", false), ("Con", false)])
  func aFileIsReadIfItBeginsAsAsked(_ start: String, _ isRead: Bool) throws {
    switch directory.read(bytes("sub/file"), limit: isRead ? 7 : 0, beginning: bytes(start)) {
    case .bytes(let content, _): #expect(isRead && content == bytes("content"))
    case .beginsOtherwise: #expect(!isRead)
    default: Issue.record("neither read nor refused")
    }
    try FileManager.default.removeItem(at: folder)
  }

  @Test func linksPipesAndDirectoriesAreNoFiles() throws {
    try FileManager.default.createSymbolicLink(
      at: folder.appending(path: "link"), withDestinationURL: folder.appending(path: "sub/file"))
    #expect(mkfifo(folder.appending(path: "pipe").path, 0o600) == 0)
    for name in ["link", "pipe", "sub", ""] {
      guard case .notAFile = directory.read(bytes(name), limit: 100) else {
        Issue.record("\(name) was taken for a file")
        continue
      }
    }
    for name in ["none", "sub/none", "sub/file/x"] {
      guard case .missing = directory.read(bytes(name), limit: 100) else {
        Issue.record("\(name) was taken for something")
        continue
      }
    }
    try FileManager.default.removeItem(at: folder)
  }

  /// Files of `/proc` say that they are empty.
  @Test func aFileThatIsLongerThanItSaysIsReadWhole() throws {
    let process = try Directory("/proc/self")
    guard case .bytes(let content, let status) = process.read(bytes("status"), limit: 100_000) else {
      Issue.record("not read")
      return
    }
    #expect(status.st_size == 0 && content.starts(with: bytes("Name:")) && content.last == 0x0A)
    try FileManager.default.removeItem(at: folder)
  }

  @Test func aMissingDirectorySaysSoInOneLine() throws {
    let error = #expect(throws: SystemError.self) { try Directory("/nonexistent") }
    #expect("\(error!)" == "/nonexistent: cannot open: No such file or directory")
    try FileManager.default.removeItem(at: folder)
  }
}

@Suite struct ThreadTests {
  @Test func workIsSharedOutAndComesBackInOrder() throws {
    let items = Array(0..<500)
    let results = try ParallelWork.map(items, workers: [0, 1, 2], name: "work") { worker, item in
      (worker: worker, square: item * item)
    }
    #expect(results.map(\.square) == items.map { $0 * $0 })
    let none = try ParallelWork.map([Int](), workers: [0, 1], name: "work") { _, item in item }
    #expect(none.isEmpty)
  }

  @Test func equalContentHashesEqual() {
    let hashes = ["", "a", "b", "a"].map { text in
      Array(text.utf8).withUnsafeBytes { ContentHashing.hash128($0) }
    }
    #expect(hashes[1] == hashes[3] && hashes[0] != hashes[1] && hashes[1] != hashes[2])
  }
}
