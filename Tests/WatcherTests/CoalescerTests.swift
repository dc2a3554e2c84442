import Discovery
import Foundation
import Graph
import Platform
import TestSupport
import Testing

@testable import Watcher

/// A timeline of events and the batches that must come of it. The file's three parts are separated by `---`: what it is
/// about; events; batches. Times are milliseconds.
struct CoalescerCase: CustomTestStringConvertible {
  let name: String
  let events: [(time: UInt64, event: WatchEvent, isDoubtful: Bool)]
  let expected: [String]

  var testDescription: String { name }

  static let all: [CoalescerCase] = {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Cases")
    let files = (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? []
    return files.filter { $0.pathExtension == "txt" }.sorted { $0.path < $1.path }.compactMap { CoalescerCase($0) }
  }()

  init?(_ file: URL) {
    guard let text = try? String(contentsOf: file, encoding: .utf8) else { return nil }
    let parts = text.components(separatedBy: "---\n")
    guard parts.count == 3 else { return nil }
    name = file.deletingPathExtension().lastPathComponent
    events = parts[1].split(separator: "\n").compactMap { Self.event($0.split(separator: " ").map(String.init)) }
    expected = parts[2].split(separator: "\n").map(String.init)
    guard events.count == parts[1].split(separator: "\n").count else { return nil }
  }

  /// `~` writing, `=` complete, `>` moved here, `-` removed; with `?` before it of a doubtful file.
  private static func event(_ words: [String]) -> (time: UInt64, event: WatchEvent, isDoubtful: Bool)? {
    guard words.count >= 3, let time = UInt64(words[0]) else { return nil }
    let at = MonotonicTime(nanoseconds: time * 1_000_000)
    let path = TreePath(words[2])
    let isDoubtful = words[1].hasPrefix("?")
    switch words[1].drop(while: { $0 == "?" }) {
    case "~": return (time, .touched(path, .writing, at: at), isDoubtful)
    case "=": return (time, .touched(path, .complete, at: at), isDoubtful)
    case ">": return (time, .touched(path, .moved, at: at), isDoubtful)
    case "-": return (time, .touched(path, .removed, at: at), isDoubtful)
    case "cookie": return (time, .cookie(name: words[2], at: at), false)
    case "listed":
      guard let reason = ScanReason(rawValue: words[2]) else { return nil }
      let stamp = FileStamp(size: 0, modified: 0, changed: 0, inode: 0, device: 0)
      let files = words.dropFirst(4).map { FoundFile(path: TreePath($0), stamp: stamp) }
      return (time, .listed(directory: TreePath(words[3]), files: files, reason: reason, at: at), false)
    default: return nil
    }
  }

  /// The batches as an engine gets them that takes in all there is, then waits until the next batch is due.
  func batches() -> [String] {
    var coalescer = Coalescer(limits: CoalescerLimits(maxPaths: 12))
    var batches: [String] = []
    var rest = events[...]
    while true {
      let next = rest.first?.time
      if let due = coalescer.due?.nanoseconds, next.map({ due < $0 * 1_000_000 }) ?? true {
        let early = coalescer.take(at: MonotonicTime(nanoseconds: due - 1))?.text
        #expect(early == nil, "not a moment too early")
        guard let batch = coalescer.take(at: MonotonicTime(nanoseconds: due)) else { break }
        batches.append("\(due / 1_000_000)  \(batch.text)")
      } else if let next {
        while let first = rest.first, first.time == next {
          rest.removeFirst()
          coalescer.add(first.event, isDoubtful: first.isDoubtful)
        }
      } else {
        break
      }
    }
    return batches
  }
}

extension ChangeSet {
  fileprivate var text: String {
    var parts: [String] = []
    if !paths.isEmpty { parts.append(paths.map(\.description).joined(separator: " ")) }
    for listing in listings {
      parts.append("[\(listing.directory):\(listing.files.map { " \($0.path)" }.joined())]")
    }
    parts += cookies.map { "cookie \($0)" }
    parts += rescans.map { "rescan \($0.reason) \($0.directory)" }
    parts.append("since \(firstEvent.nanoseconds / 1_000_000)")
    return parts.joined(separator: "  ")
  }
}

@Suite struct CoalescerTests {
  @Test(arguments: CoalescerCase.all) func gathers(_ example: CoalescerCase) {
    #expect(example.batches() == example.expected)
  }

  @Test func allCasesWereRead() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Cases")
    #expect(CoalescerCase.all.count == (try FileManager.default.contentsOfDirectory(atPath: folder.path)).count)
  }

  /// Whatever comes in whatever order, every path touched or listed is handed out after its last event.
  @Test(arguments: 0..<50) func losesNothing(_ seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var coalescer = Coalescer(limits: CoalescerLimits(maxPaths: 12))
    var owed: Set<TreePath> = []
    var now: UInt64 = 1_000_000_000
    func hand(_ batch: ChangeSet) {
      owed.subtract(batch.paths)
      for listing in batch.listings { owed = owed.filter { !$0.isWithin(listing.directory) } }
    }
    for number in 0..<400 {
      now += random.next() % 8_000_000
      let time = MonotonicTime(nanoseconds: now)
      let path = TreePath("d\(random.next() % 3)/e\(random.next() % 2)/\(random.next() % 4).c")
      let kind = random.next() % 10
      switch kind {
      case 0: coalescer.add(.listed(directory: path.parent, files: [], reason: .poll, at: time))
      case 1: coalescer.add(.cookie(name: "\(number)", at: time))
      case 2...4: coalescer.add(.touched(path, .writing, at: time))
      default: coalescer.add(.touched(path, .complete, at: time))
      }
      if kind != 1 { owed.insert(path) }
      if case 0 = random.next() % 3, let batch = coalescer.take(at: time) { hand(batch) }
      if let due = coalescer.due { #expect(due.nanoseconds <= now + 500_000_000) }
    }
    for _ in 0..<3 {
      if let batch = coalescer.take(at: MonotonicTime(nanoseconds: now + 1_000_000_000)) { hand(batch) }
    }
    #expect(coalescer.due == nil)
    #expect(owed.isEmpty)
  }
}
