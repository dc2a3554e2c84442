import Foundation
import TestSupport
import Testing

/// Invariant 1: after any sequence of changes the watched graph is that of a fresh full ingest.
@Suite struct EqualityTests {
  /// `PTWATCH_EQUALITY_STEPS` and `PTWATCH_EQUALITY_SEED` make a longer or another run of it.
  private static let steps = Int(ProcessInfo.processInfo.environment["PTWATCH_EQUALITY_STEPS"] ?? "") ?? 240
  private static let seed = UInt64(ProcessInfo.processInfo.environment["PTWATCH_EQUALITY_SEED"] ?? "") ?? 2026

  @Test(arguments: ["c", "rust", "python"])
  func randomEditsEndEqualToFull(_ language: String) throws {
    let tree = try TemporaryDirectory()
    var script = try EditScript(tree, language: language, seed: Self.seed)
    for _ in 0..<12 { try script.create() }
    let watch = try Watch(tree.url)
    for step in 0..<Self.steps {
      try script.step()
      if step % 12 == 11 { try watch.expectEqualToFull("seed \(Self.seed), step \(step): \(script.log.suffix(12))") }
    }
    #expect(watch.interrupt() == 0)
  }
}

/// Random changes of a tree, the same for the same seed.
struct EditScript {
  private let tree: TemporaryDirectory
  private let suffix: String
  private let seeds: [Data]
  private var random: SeededGenerator
  private var files: [String] = []
  private var counter = 0
  private(set) var log: [String] = []

  init(_ tree: TemporaryDirectory, language: String, seed: UInt64) throws {
    self.tree = tree
    random = SeededGenerator(seed: seed)
    let folder = Program.checkout.appending(path: "Languages/\(language)/fixtures")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0 != "expected" }.sorted()
    seeds = try names.map { try Data(contentsOf: folder.appending(path: $0)) }
    suffix = ["c": "c", "rust": "rs", "python": "py"][language]!
  }

  mutating func create() throws {
    counter += 1
    let directory = ["", "one/", "one/two/", "three/"].randomElement(using: &random)!
    let path = "\(directory)file\(counter).\(suffix)"
    try tree.write(seeds.randomElement(using: &random)!, to: path)
    files.append(path)
    log.append("create \(path)")
  }

  mutating func step() throws {
    guard let path = files.randomElement(using: &random) else { return try create() }
    switch Int.random(in: 0..<20, using: &random) {
    case 0: try create()
    case 1:
      try tree.remove(path)
      files.removeAll { $0 == path }
      log.append("remove \(path)")
    case 2: try rename(path)
    case 3: try renameDirectory()
    case 4: try removeDirectory()
    case 5: try replace(path)
    default: try edit(path)
    }
  }

  private mutating func rename(_ path: String) throws {
    counter += 1
    let target = ["", "four/", "one/"].randomElement(using: &random)! + "renamed\(counter).\(suffix)"
    try tree.move(path, to: target)
    files.removeAll { $0 == path }
    files.append(target)
    log.append("rename \(path) \(target)")
  }

  private mutating func renameDirectory() throws {
    guard let directory = directories.randomElement(using: &random) else { return }
    counter += 1
    try tree.move(directory, to: "moved\(counter)")
    files = files.map { $0.hasPrefix(directory + "/") ? "moved\(counter)" + $0.dropFirst(directory.count) : $0 }
    log.append("rename \(directory) moved\(counter)")
  }

  private mutating func removeDirectory() throws {
    guard files.count > 8, let directory = directories.randomElement(using: &random) else { return }
    try tree.remove(directory)
    files.removeAll { $0.hasPrefix(directory + "/") }
    log.append("remove \(directory)")
  }

  private var directories: [String] {
    Set(files.compactMap { $0.split(separator: "/").dropLast().first.map(String.init) }).sorted()
  }

  /// As editors save that write beside and rename over.
  private mutating func replace(_ path: String) throws {
    counter += 1
    let beside = path + ".tmp\(counter)"
    try tree.write(seeds.randomElement(using: &random)!, to: beside)
    let from = tree.url.appending(path: beside).path
    let to = tree.url.appending(path: path).path
    try #require(Foundation.rename(from, to) == 0)
    log.append("replace \(path)")
  }

  private mutating func edit(_ path: String) throws {
    var text = [UInt8](try Data(contentsOf: tree.url.appending(path: path)))
    let place = Int.random(in: 0...text.count, using: &random)
    switch Int.random(in: 0..<5, using: &random) {
    case 0: text.removeSubrange(place..<min(text.count, place + Int.random(in: 1...20, using: &random)))
    case 1:
      let start = Int.random(in: 0...text.count, using: &random)
      let piece = text[start..<min(text.count, start + Int.random(in: 1...80, using: &random))]
      text.insert(contentsOf: Array(piece), at: place)
    case 2:
      let lineStart = text[..<place].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
      let line = [
        "int inserted(void) { return 1; }\n", "fn inserted() {}\n", "def inserted(): pass\n", "\n", "// x\n", "# y\n",
      ]
      text.insert(contentsOf: line.randomElement(using: &random)!.utf8, at: lineStart)
    default:
      let token = ["x", "(", ")", "{", "}", ";", " ", "\n", "\"", "name", "0", ":", "'", "/*", "é"]
      text.insert(contentsOf: token.randomElement(using: &random)!.utf8, at: place)
    }
    try Data(text).write(to: tree.url.appending(path: path))
    log.append("edit \(path) at \(place)")
  }
}
