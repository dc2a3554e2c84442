import Foundation
import Testing

/// What a tool does to a watched tree. A case's file has four parts, separated by `---`: what it is about; a script that
/// makes the tree; a script that runs while it is watched; and what must come of it, a line each:
///
///     files: PATH ...      all that the graph holds in the end
///     named: PATH ...      what batches may name; where this is not given, the files from before and those from after
///     batches: N           how many there are
///     parsed: N            how many files are parsed at the most; one more for each further batch, whose bounds may
///                          come in the middle of a file's change
struct ToolCase: CustomTestStringConvertible {
  let name: String
  let before: String
  let action: String
  let files: [String]
  let named: [String]?
  let batches: Int?
  let parsed: Int?

  var testDescription: String { name }

  static let folder = Program.checkout.appending(path: "Tests/EndToEndTests/Cases")

  static let all: [ToolCase] = {
    let files = (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? []
    return files.sorted { $0.path < $1.path }.compactMap { ToolCase($0) }
  }()

  init?(_ file: URL) {
    guard let text = try? String(contentsOf: file, encoding: .utf8) else { return nil }
    let parts = text.components(separatedBy: "---\n")
    guard parts.count == 4 else { return nil }
    name = file.deletingPathExtension().lastPathComponent
    (before, action) = (parts[1], parts[2])
    var lines: [String: [String]] = [:]
    for line in parts[3].split(separator: "\n") {
      let words = line.split(separator: " ").map(String.init)
      lines[words[0]] = Array(words.dropFirst())
    }
    guard let files = lines.removeValue(forKey: "files:") else { return nil }
    self.files = files.sorted()
    named = lines.removeValue(forKey: "named:")
    batches = lines.removeValue(forKey: "batches:").flatMap { Int($0[0]) }
    parsed = lines.removeValue(forKey: "parsed:").flatMap { Int($0[0]) }
    guard lines.isEmpty else { return nil }
  }
}

@Suite struct ToolTests {
  @Test(arguments: ToolCase.all) func follows(_ example: ToolCase) throws {
    let tree = try TemporaryDirectory()
    let outside = try TemporaryDirectory()
    let shell = Shell(tree.url, outside: outside.url)
    try shell.run(example.before)
    let watch = try Watch(tree.url)
    let before = try watch.files()
    try shell.run(example.action)
    try watch.expectEqualToFull()
    let after = try watch.files()
    #expect(after == example.files)
    #expect(watch.interrupt() == 0)
    let batches = try watch.batches()
    let named = Set(batches.flatMap { $0.files.compactMap { $0["path"] } })
    #expect(named.subtracting(example.named ?? before + after).isEmpty)
    if let count = example.batches { #expect(batches.count == count, "\(watch.program.lines.all)") }
    if let limit = example.parsed {
      #expect(
        batches.reduce(0) { $0 + $1.filesParsed } <= limit + max(0, batches.count - 1), "\(watch.program.lines.all)")
    }
    #expect(watch.program.errors.all == [])
  }

  @Test func allCasesWereRead() throws {
    #expect(ToolCase.all.count == (try FileManager.default.contentsOfDirectory(atPath: ToolCase.folder.path)).count)
  }
}
