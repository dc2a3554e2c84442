import Foundation
import Testing

@testable import Platform

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

  /// By the kernel in one step, and component by component where it cannot do that.
  @Test func noLinkIsFollowedOnTheWayEither() throws {
    try FileManager.default.createSymbolicLink(
      at: folder.appending(path: "way"), withDestinationURL: folder.appending(path: "sub"))
    try FileManager.default.createSymbolicLink(
      at: folder.appending(path: "sub/end"), withDestinationURL: folder.appending(path: "sub/file"))
    let opens: [(String, ([UInt8], CInt) -> CInt)] = [
      ("at once", { Beneath.open($0, below: self.directory.descriptor, $1) }),
      ("stepwise", { Beneath.openStepwise($0[...], self.directory.descriptor, $1) }),
    ]
    for (name, open) in opens {
      for (path, flags, code) in [
        ("sub/file", O_RDONLY, 0), ("sub", O_RDONLY, 0), ("way/file", O_RDONLY, ELOOP), ("sub/end", O_RDONLY, ELOOP),
        ("sub/end", Beneath.examining, 0), ("sub/none", O_RDONLY, ENOENT), ("sub/file/x", O_RDONLY, ENOTDIR),
      ] {
        let file = open(bytes(path), flags)
        let found = file < 0 ? errno : 0
        if file >= 0 { close(file) }
        // One step at a time, a link is no directory.
        let expected = name == "stepwise" && path == "way/file" ? ENOTDIR : code
        #expect(found == expected, "\(name) \(path): \(SystemError.text(found))")
      }
    }
    #expect(try directory.status(bytes("way/file")) == nil)
    #expect(try directory.status(bytes("sub/end")).map { $0.st_mode & S_IFMT } == S_IFLNK)
    guard case .missing = directory.read(bytes("../\(folder.lastPathComponent)/sub/none"), limit: 9) else {
      guard case .notAFile = directory.read(bytes("../\(folder.lastPathComponent)/sub/file"), limit: 9) else {
        Issue.record("read from above the directory")
        return
      }
      return
    }
    try FileManager.default.removeItem(at: folder)
  }

  /// Longer than one call of the kernel takes.
  @Test func aPathMayBeLongerThanTheKernelTakesAtOnce() throws {
    let name = String(repeating: "d", count: 200)
    var around = [open(folder.path, O_RDONLY | O_DIRECTORY)]
    for _ in 0..<30 {
      #expect(mkdirat(around.last!, name, 0o755) == 0)
      around.append(openat(around.last!, name, O_RDONLY | O_DIRECTORY))
    }
    let file = openat(around.last!, "file", O_WRONLY | O_CREAT, 0o644)
    #expect(write(file, "deep", 4) == 4)
    close(file)
    let path = Array(repeating: name, count: 30).joined(separator: "/") + "/file"
    guard case .bytes(let content, _) = directory.read(bytes(path), limit: 10) else {
      Issue.record("not read")
      return
    }
    #expect(content == bytes("deep"))
    #expect(try directory.status(bytes(path))?.st_size == 4)
    // Too long for Foundation.
    #expect(unlinkat(around.last!, "file", 0) == 0)
    while let inner = around.popLast() {
      close(inner)
      if let outer = around.last { #expect(unlinkat(outer, name, AT_REMOVEDIR) == 0) }
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
    let error = #expect(throws: SystemError.self) { try Directory(folder.path + "/missing") }
    #expect("\(try #require(error))" == "\(folder.path)/missing: cannot open: No such file or directory")
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
