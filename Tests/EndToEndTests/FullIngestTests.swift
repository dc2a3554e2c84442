import Foundation
import Testing

/// `ptwatch --full`
@Suite struct FullIngestTests {
  @Test(arguments: [0, 4096, 65_536]) func aLimitOnTheSizeOfFilesIsSaid(limit: Int) throws {
    let tree = try TemporaryDirectory()
    try tree.write((0..<2000).map { "int f\($0)(void) { return g\($0)(); }\n" }.joined(), to: "a.c")
    let result = try Program.run(["--full", tree.url.path], through: ["prlimit", "--fsize=\(limit)"])
    #expect(result.status == 1)
    #expect(result.error.hasPrefix("ptwatch: ") && result.error.split(separator: "\n").count == 1, "\(result.error)")
    #expect(try Program.run("--full", tree.url.path).status == 0)
  }

  @Test func anEmptyDirectoryHasAnEmptyGraph() throws {
    let tree = try TemporaryDirectory()
    let result = try Program.run("--full", "--json", tree.url.path)
    #expect(result.status == 0)
    #expect(try Event(result.output).number("filesSeen") == 0)
    #expect(try Program.dump(tree.url).isEmpty)
  }

  @Test func aSingleFileIsIngested() throws {
    let tree = try TemporaryDirectory()
    try tree.write("int main(void) { return helper(); }\n", to: "main.c")
    #expect(try Program.run("--full", tree.url.path).status == 0)
    let dump = try Program.dump(tree.url)
    #expect(dump.contains { $0.contains("\"id\":\"c:function:main.c:main\"") })
    #expect(dump.contains { $0.contains("\"kind\":\"calls\"") && $0.contains("\"name\":\"helper\"") })
  }

  @Test func badFilesAreRecordedAndTheRunGoesOn() throws {
    let tree = try TemporaryDirectory()
    try tree.write("def good(): pass\n", to: "good.py")
    try tree.write(Data([0x64, 0x65, 0x66, 0, 1, 2]), to: "binary.py")
    try tree.write(
      Data("def caf".utf8) + Data([0xE9, 0xFF]) + Data("(): pass\ndef after(): pass\n".utf8), to: "latin1.py")
    try tree.write(String(repeating: "x = 1\n", count: 400), to: "big.py")
    try tree.write("def broken(:\n", to: "broken.py")
    let result = try Program.run("--full", "--json", "--max-file-size", "2k", tree.url.path)
    #expect(result.status == 0)
    let dump = try Program.dump(tree.url)
    let problems = try dump.filter { $0.hasPrefix("{\"t\":\"file\"") }.map { line in
      let file = try #require(JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      return "\(file["path"]!): \(file["problem"] as? String ?? "-")"
    }
    #expect(
      problems == ["big.py: too big", "binary.py: binary", "broken.py: -", "good.py: -", "latin1.py: invalid UTF-8"])
    #expect(dump.contains { $0.contains("\"id\":\"python:function:latin1.py:after\"") })
    #expect(try Event(result.output).number("filesWithErrors") >= 1)
  }

  @Test func aLargeFileIsParsedWhenTheLimitIsRaised() throws {
    let tree = try TemporaryDirectory()
    try tree.write((0..<50_000).map { "int variable_number_\($0) = \($0);\n" }.joined(), to: "large.c")
    #expect(try Program.run("--full", "--max-file-size", "1M", tree.url.path).status == 0)
    #expect(try Program.dump(tree.url).count == 1)
    #expect(try Program.run("--full", "--max-file-size", "50M", tree.url.path).status == 0)
    let dump = try Program.dump(tree.url)
    #expect(dump.count { $0.hasPrefix("{\"t\":\"entity\"") } == 50_000)
  }

  @Test func theDumpDoesNotDependOnThreadsOrOrder() throws {
    let trees = [try TemporaryDirectory(), try TemporaryDirectory()]
    let names = (0..<60).map { "dir\($0 % 7)/file\($0).\(["c", "rs", "py"][$0 % 3])" }
    let texts = ["int f(void) { return g(); }\n", "fn f() -> i32 { g() }\n", "def f():\n    return g()\n"]
    for name in names { try trees[0].write(texts[names.firstIndex(of: name)! % 3], to: name) }
    for name in names.reversed() { try trees[1].write(texts[names.firstIndex(of: name)! % 3], to: name) }
    let first = try Program.fullDump(trees[0].url, "--jobs", "1")
    #expect(first.count > 120)
    #expect(try Program.fullDump(trees[0].url, "--jobs", "2") == first)
    #expect(try Program.fullDump(trees[0].url, "--jobs", "7") == first)
    #expect(try Program.fullDump(trees[1].url, "--jobs", "7") == first)
  }

  @Test func namesThatAreNotUTF8Work() throws {
    let tree = try TemporaryDirectory()
    let name = Array(tree.url.path.utf8) + Array("/caf".utf8) + [0xE9] + Array(".py".utf8) + [0]
    let file = name.withUnsafeBufferPointer {
      open(UnsafeRawPointer($0.baseAddress!).assumingMemoryBound(to: CChar.self), O_CREAT | O_WRONLY, 0o644)
    }
    try #require(file >= 0)
    #expect(write(file, "def f(): pass\n", 14) == 14)
    close(file)
    #expect(try Program.run("--full", tree.url.path).status == 0)
    #expect(try Program.dump(tree.url).contains { $0.contains("\"id\":\"python:function:caf%E9.py:f\"") })
  }

  @Test(arguments: [
    (["--full", "/nonexistent/tree"], 1, "/nonexistent/tree"),
    (["--full", "--db", "rocksdb:/tmp/x", "."], 64, "rocksdb"),
    (["--full", "--max-file-size", "many", "."], 64, "max-file-size"),
    (["--full", "--jobs", "0", "."], 64, "--jobs"),
    ([], 64, "dir"),
  ])
  func badInputGetsAClearLine(_ arguments: [String], _ status: Int32, _ named: String) throws {
    let program = try RunningProgram(arguments)
    #expect(program.waitForExit() == status)
    #expect(program.errors.all.contains { $0.contains(named) })
  }
}
