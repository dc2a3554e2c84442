/// The rules of one source, of which the last that matches decides. Immutable.
struct RuleList {
  /// Where a candidate's path relative to the source's directory begins.
  let base: Int
  private let rules: [Rule]
  /// Rules for one name each, and for the suffix behind a name's last dot (`*.o`): most rules are of these kinds, and
  /// a look in each table stands for all of them.
  private let byName: RuleTable
  private let bySuffix: RuleTable
  /// All other rules, last first.
  private let others: [Other]

  /// What most candidates fail at, beside each other and free of references, so that few rules have to be looked at.
  private struct Other {
    let index: Int
    let isPath: Bool
    let first: UInt8?
    let last: UInt8?
  }

  var isEmpty: Bool { rules.isEmpty }

  init(_ rules: [Rule], base: Int) {
    self.base = base
    self.rules = rules
    var byName = RuleTable()
    var bySuffix = RuleTable()
    var others: [Other] = []
    for index in rules.indices.reversed() {
      switch rules[index].matcher {
      case .name(let name):
        byName.add(index, for: name)
      case .nameSuffix(let suffix) where suffix.lastIndex(of: UInt8(ascii: ".")) == 0:
        bySuffix.add(index, for: Array(suffix.dropFirst()))
      default:
        let matcher = rules[index].matcher
        others.append(Other(index: index, isPath: matcher.isPath, first: matcher.firstByte, last: matcher.lastByte))
      }
    }
    byName.finish()
    bySuffix.finish()
    (self.byName, self.bySuffix, self.others) = (byName, bySuffix, others)
  }

  /// True if the candidate is ignored, false if it is wanted again, nil if no rule matches it.
  func verdict(_ candidate: borrowing Candidate) -> Bool? {
    var last = lastAllowed(byName.rules(for: candidate.name, hash: candidate.nameHash), candidate)
    if let suffix = candidate.suffix {
      last = max(last, lastAllowed(bySuffix.rules(for: suffix, hash: candidate.suffixHash), candidate))
    }
    let (nameFirst, pathFirst) = (candidate.name.first, candidate.path(from: base).first)
    let nameLast = candidate.name.last
    for other in others {
      if other.index < last { break }
      if let first = other.first, first != (other.isPath ? pathFirst : nameFirst) { continue }
      if let last = other.last, last != nameLast { continue }
      if rules[other.index].matches(candidate, base: base) {
        last = other.index
        break
      }
    }
    return last < 0 ? nil : !rules[last].isNegated
  }

  private func lastAllowed(_ indexes: [Int], _ candidate: borrowing Candidate) -> Int {
    for index in indexes where candidate.isDirectory || !rules[index].isDirectoryOnly { return index }
    return -1
  }
}

/// Rules by a byte string; open addressing, so that a look needs no key object.
private struct RuleTable {
  private var entries: [(key: [UInt8], hash: UInt32, rules: [Int])] = []
  /// Indexes into `entries`, -1 where empty; a power of two of them, at most half used.
  private var slots: [Int32] = []
  private var known: [[UInt8]: Int] = [:]

  mutating func add(_ rule: Int, for key: [UInt8]) {
    if let entry = known[key] { return entries[entry].rules.append(rule) }
    known[key] = entries.count
    entries.append((key, ByteHash.of(key), [rule]))
  }

  /// To be called once all is added.
  mutating func finish() {
    known = [:]
    guard !entries.isEmpty else { return }
    var capacity = 4
    while capacity < entries.count * 2 { capacity *= 2 }
    slots = Array(repeating: -1, count: capacity)
    for index in entries.indices {
      var slot = Int(entries[index].hash) & (capacity - 1)
      while slots[slot] >= 0 { slot = (slot + 1) & (capacity - 1) }
      slots[slot] = Int32(index)
    }
  }

  func rules(for key: UnsafeBufferPointer<UInt8>, hash: UInt32) -> [Int] {
    if slots.isEmpty { return [] }
    var slot = Int(hash) & (slots.count - 1)
    while slots[slot] >= 0 {
      let entry = Int(slots[slot])
      if entries[entry].hash == hash, equal(key, entries[entry].key) { return entries[entry].rules }
      slot = (slot + 1) & (slots.count - 1)
    }
    return []
  }
}
