import Foundation
import TestSupport
import Testing

/// Random changes of a tree and of a directory beside it, without following what a watcher makes of them: what is done to
/// the disk is the same for the same seed. The disk itself is the only record of what there is.
struct EditScript {
  let tree: URL
  let outside: String
  let suffix: String
  /// Sources to begin with, of several shapes.
  let seeds: [[UInt8]]
  private var random: SeededGenerator
  private var counter = 0
  private(set) var log: [String] = []
  /// Files that got another name since the last comparison.
  var linked: Set<ino_t> = []
  /// A file that is being written, with what is left to write.
  var held: (descriptor: CInt, inode: ino_t, rest: [UInt8])?

  init(_ place: String, language: String, seed: UInt64) throws {
    tree = URL(fileURLWithPath: place + "/tree")
    outside = place + "/outside"
    for directory in [tree.path, outside] { try #require(mkdir(directory, 0o755) == 0) }
    random = SeededGenerator(seed: seed)
    let folder = Program.checkout.appending(path: "Languages/\(language)/fixtures")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0 != "expected" && !$0.hasPrefix("resolution") }.sorted()
    seeds = try names.map { [UInt8](try Data(contentsOf: folder.appending(path: $0))) }
    suffix = try #require(names.first.flatMap { $0.split(separator: ".").last }.map(String.init))
  }

  /// What may be done, each as often as its weight says. Nil where there is nothing to do it with.
  private static let operations: [(weight: Int, run: @Sendable (inout EditScript) throws -> String?)] = [
    (4, { try $0.make() }), (30, { try $0.edit() }), (3, { try $0.replace() }), (3, { $0.removeFile() }),
    (3, { $0.renameFile() }), (2, { $0.renameOver() }), (2, { $0.renameToOtherKind() }), (2, { $0.exchange() }),
    (2, { try $0.link() }), (2, { $0.makeSymbolicLink() }), (2, { try $0.holdOpen() }), (4, { $0.finishHeld() }),
    (2, { try $0.append() }), (2, { $0.changeMode() }), (2, { try $0.editKeepingStamp() }),
    (2, { try $0.editAndRevert() }), (2, { try $0.saveTwice() }), (2, { try $0.editEverywhere() }),
    (2, { try $0.backUpAndSave() }), (2, { try $0.spoil() }), (1, { try $0.saveAll() }),
    (2, { try $0.makeDeep() }), (2, { $0.renameDirectory() }), (1, { $0.removeDirectory() }),
    (2, { try $0.remakeDirectory() }), (2, { $0.moveOut() }), (3, { try $0.moveIn() }), (1, { try $0.copyDirectory() }),
    (2, { try $0.fileToDirectoryAndBack() }), (1, { try $0.directoryToFile() }), (4, { try $0.changeRules() }),
    (2, { $0.removeRules() }),
  ]
  private static let weights = operations.reduce(0) { $0 + $1.weight }

  /// Does one thing; now and then a pause follows, so that a watcher may come in between.
  mutating func step() throws {
    var number = number(0..<Self.weights)
    for operation in Self.operations {
      number -= operation.weight
      guard number < 0 else { continue }
      note(try operation.run(&self) ?? create())
      break
    }
    if chance(1, in: 4) { pause(number: self.number(0..<12)) }
  }

  @discardableResult
  mutating func create() throws -> String {
    let path = ["", "one/", "one/two/", "three/"].randomElement(using: &random)! + fresh("file") + ".\(suffix)"
    try makeParents(of: path)
    return try write(seed(), to: path) ? "create \(path)" : "cannot create \(path)"
  }

  mutating func note(_ line: String) { log.append(line) }

  mutating func number<R: RangeExpression>(_ range: R) -> Int where R.Bound == Int {
    Int.random(in: range.relative(to: 0..<Int.max), using: &random)
  }

  mutating func chance(_ hits: Int, in all: Int) -> Bool { number(0..<all) < hits }

  mutating func choose<C: Collection>(_ items: C) -> C.Element? { items.randomElement(using: &random) }

  /// A name that was not used before.
  mutating func fresh(_ stem: String) -> String {
    counter += 1
    return "\(stem)\(counter)"
  }

  mutating func seed() -> [UInt8] { choose(seeds)! }

  /// Paces what is done; nothing relies on how long it takes.
  func pause(number milliseconds: Int) {
    var time = timespec(tv_sec: 0, tv_nsec: milliseconds * 1_000_000)
    nanosleep(&time, nil)
  }
}
