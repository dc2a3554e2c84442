import Foundation
import Testing

@testable import Store

@Suite struct LockTests {
  @Test func secondWriterIsTurnedAway() throws {
    let scratch = try Scratch()
    #expect(WriterLock.holder(of: scratch.directory) == nil)
    do {
      let lock = try WriterLock(scratch.directory)
      let error = #expect(throws: StoreError.self) { _ = try WriterLock(scratch.directory) }
      #expect(error == .held(path: scratch.directory.path, pid: getpid()))
      #expect(error?.description.contains("process \(getpid())") == true)
      #expect(WriterLock.holder(of: scratch.directory) == getpid())
      _ = consume lock
    }
    #expect(WriterLock.holder(of: scratch.directory) == nil)
    _ = try WriterLock(scratch.directory)
  }

  @Test func writerInAnotherProcessIsTurnedAway() async throws {
    let scratch = try Scratch()
    let lock = try WriterLock(scratch.directory)
    await #expect(processExitsWith: .success) { [path = scratch.directory.path as String, pid = getpid() as Int32] in
      let directory = StoreDirectory(path: path)
      let error = #expect(throws: StoreError.self) { _ = try WriterLock(directory) }
      #expect(error == .held(path: path, pid: pid))
      #expect(WriterLock.holder(of: directory) == pid)
    }
    _ = consume lock
  }

  /// Also where what was made in its place names a process of the same number.
  @Test func aLockKnowsTheStoreThatItIsOf() throws {
    let scratch = try Scratch()
    let lock = try WriterLock(scratch.directory)
    let atFirst = lock.isOf(scratch.directory)
    try FileManager.default.moveItem(atPath: scratch.directory.path, toPath: scratch.path + "/moved")
    let whereNoneIs = lock.isOf(scratch.directory)
    try scratch.directory.create()
    let other = try WriterLock(scratch.directory)
    #expect(WriterLock.holder(of: scratch.directory) == getpid())
    let (whereAnotherIs, othersOwn) = (lock.isOf(scratch.directory), other.isOf(scratch.directory))
    #expect(atFirst && !whereNoneIs && !whereAnotherIs && othersOwn)
  }

  /// The lock goes with the process, its pid stays in the file.
  @Test func deadWriterHoldsNothing() async throws {
    let scratch = try Scratch()
    await #expect(processExitsWith: .signal(SIGKILL)) { [path = scratch.directory.path as String] in
      let lock = try WriterLock(StoreDirectory(path: path))
      kill(getpid(), SIGKILL)
      _ = consume lock
    }
    #expect(WriterLock.holder(of: scratch.directory) == nil)
    let lock = try WriterLock(scratch.directory)
    #expect(WriterLock.holder(of: scratch.directory) == getpid())
    _ = consume lock
  }

  @Test func directoryIsPrivateAndHiddenFromGit() throws {
    let scratch = try Scratch()
    try scratch.directory.create()
    for path in [scratch.directory.path, scratch.directory.syncDirectory] {
      let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
      #expect(mode == 0o700)
    }
    #expect(try String(contentsOfFile: scratch.directory.path + "/.gitignore", encoding: .utf8) == "*\n")
  }
}
