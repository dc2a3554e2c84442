import Foundation
import Testing

/// `--poll`
@Suite struct PollTests {
  @Test(arguments: [
    ["--poll", "TREE"], ["--poll", "5", "TREE"], ["--poll=5", "TREE"], ["TREE", "--poll"], ["TREE", "--poll", "5"],
  ])
  func theOptionStandsWithOrWithoutSeconds(_ arguments: [String]) throws {
    let tree = try TemporaryDirectory()
    let program = try RunningProgram(arguments.map { $0 == "TREE" ? tree.url.path : $0 })
    #expect(program.lines.first { $0.hasPrefix("watching \(tree.url.path)") } != nil)
    program.signal(SIGINT)
    #expect(program.waitForExit() == 0)
  }

  @Test(arguments: [
    ["--poll", "0"], ["--poll=0"], ["--poll", "-1"], ["--poll=-1"], ["--poll=x"], ["--full", "--poll"],
  ])
  func aWrongValueIsRefused(_ arguments: [String]) throws {
    let tree = try TemporaryDirectory()
    let result = try Program.run(arguments + [tree.url.path])
    #expect(result.status == 64)
    #expect(result.error.hasPrefix("Error: "))
  }

  @Test func whatNoEventTellsIsFound() throws {
    let tree = try TemporaryDirectory()
    try tree.write("int f(void) { return g1(); }\n", to: "a.c")
    let file = try MappedFile(tree.url.appending(path: "a.c"))
    let watch = try Watch(tree.url, "--poll", "1")
    file.replace("g1", with: "g2")
    _ = try watch.batch(naming: "a.c")
    file.replace("g2", with: "g3")
    try watch.expectEqualToFull("at once with --sync")
    #expect(!watch.program.lines.all.contains { $0.hasPrefix("{\"t\":\"rescan\"") })
    #expect(watch.interrupt() == 0)
  }

  /// Each synced read makes the tree be listed.
  @Test func aPollThatFindsNothingDoesNothing() throws {
    let tree = try TemporaryDirectory()
    try tree.write("int f(void) { return g1(); }\n", to: "a.c")
    let file = try MappedFile(tree.url.appending(path: "a.c"))
    let watch = try Watch(tree.url, "--poll", "86400")
    file.replace("g1", with: "g2")
    #expect(try Program.dump(tree.url, sync: true).contains { $0.contains("\"name\":\"g2\"") })
    let batch = try watch.batch(naming: "a.c")
    for _ in 0..<5 { _ = try Program.dump(tree.url, sync: true) }
    file.replace("g2", with: "g3")
    _ = try Program.dump(tree.url, sync: true)
    let next = try Event(try #require(watch.program.lines.all.last))
    #expect(try next.number("generation") <= batch.number("generation") + 2)
    #expect(watch.program.lines.all.count == 3)
    #expect(watch.interrupt() == 0)
  }
}

/// A file that is written through memory, of which the kernel tells nobody.
private final class MappedFile {
  private let file: Int32
  private let bytes: UnsafeMutableRawBufferPointer

  init(_ url: URL) throws {
    file = open(url.path, O_RDWR)
    let size = Int(lseek(file, 0, SEEK_END))
    let start = try #require(mmap(nil, size, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0))
    bytes = UnsafeMutableRawBufferPointer(start: start, count: size)
  }

  deinit {
    munmap(bytes.baseAddress, bytes.count)
    close(file)
  }

  func replace(_ old: String, with new: String) {
    let text = String(decoding: bytes, as: UTF8.self).replacing(old, with: new)
    bytes.copyBytes(from: text.utf8)
    msync(bytes.baseAddress, bytes.count, MS_SYNC)
  }
}
