import Graph
import TestSupport
import Testing

@testable import Store

@Suite struct FactsCodecTests {
  private func decode(_ bytes: [UInt8]) throws -> FileFacts {
    try bytes.withUnsafeBytes { try FactsCodec.decode($0) }
  }

  @Test func emptyFactsAreAFewBytes() throws {
    let bytes = FactsCodec.encode(FileFacts())
    #expect(bytes.count == 6)
    #expect(try decode(bytes).described == FileFacts().described)
  }

  @Test(arguments: 0..<200) func roundTrip(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let facts = FileFacts.random(&random, entities: 40, edges: 120)
    let bytes = FactsCodec.encode(facts)
    let decoded = try decode(bytes)
    #expect(decoded.described == facts.described)
    #expect(decoded.entities.map(\.local) == facts.entities.map(\.local))
    #expect(FactsCodec.encode(decoded) == bytes)
  }

  /// What is read of entities alone is what stands in the whole, and damage is found by those who read no more than that.
  @Test(arguments: 0..<50) func entitiesAlone(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let facts = FileFacts.random(&random, entities: seed < 30 ? 40 : 2_500, edges: 120, names: 400)
    var encoder = FactsEncoder()
    var value = FactsValue.closed(encoder.encode(facts))
    func opened(_ part: FactsValue.Part) throws -> FileFacts {
      try value.withUnsafeBytes { try FactsValue.opened($0, part) }
    }
    let (whole, part) = (try opened(.whole), try opened(.entities))
    #expect(whole.described == facts.described)
    #expect(part.entities == whole.entities && part.edges.isEmpty)
    #expect(
      whole.names.bytes.starts(with: part.names.bytes) && whole.names.ends.starts(with: part.names.ends))
    #expect(part.lines == facts.lines && part.errors == facts.errors)
    value[.random(in: 0..<value.count, using: &random)] ^= 1 << UInt8.random(in: 0..<8, using: &random)
    #expect(throws: MalformedBytes.self) { try opened(.entities) }
    #expect(throws: MalformedBytes.self) { try opened(.whole) }
  }

  /// Each page by itself gives what stands in the whole, and is not read where it is damaged.
  @Test(arguments: [1, 511, 512, 513, 1_024, 1_700]) func pageByPage(count: Int) throws {
    var random = SeededGenerator(seed: UInt64(count))
    var facts = FileFacts()
    while facts.entities.count < count {
      facts = .random(&random, entities: count * 2, edges: 50, names: 900)
      facts.entities = Array(facts.entities.prefix(count))
      facts.edges.removeAll { $0.from != Entity.noParent && $0.from >= count }
    }
    var encoder = FactsEncoder()
    var value = FactsValue.closed(encoder.encode(facts))
    let whole = try value.withUnsafeBytes { try FactsValue.opened($0, .whole) }
    #expect(whole.described == facts.described)
    let pages = EntityPage.count(entities: count)
    #expect(pages == (count + 511) / 512)
    for page in 0..<pages {
      let (first, entities, names) = try value.withUnsafeBytes { bytes in
        let value = try FactsValue(bytes)
        let (entities, names) = try value.page(page, of: count)
        return (page < pages - 1 ? value.pages[page].firstName : value.lastName, entities, names)
      }
      #expect(entities[...] == whole.entities[EntityPage.range(page, of: count)])
      for name in 0..<names.count {
        #expect(names[NameID(rawValue: UInt32(name))] == whole.names[NameID(rawValue: UInt32(first + name))])
      }
    }
    guard pages > 1 else { return }
    // The first page begins behind a number of two bytes or three.
    value[10] ^= 1
    try value.withUnsafeBytes { bytes in
      let value = try FactsValue(bytes)
      #expect(throws: MalformedBytes.self) { try value.page(0, of: count) }
      #expect(try value.page(1, of: count).entities.count == EntityPage.range(1, of: count).count)
      #expect(throws: MalformedBytes.self) { try value.page(1, of: count - 512) }
    }
  }

  @Test func extremesSurvive() throws {
    var facts = FileFacts(lines: .max, errors: .max)
    let bytes: [[UInt8]] = [[], [0], [0xFF, 0xFE, 0], Array(repeating: 0x78, count: 10_000)]
    let names = bytes.map { facts.names.intern($0) }
    let far = Position(row: .max, column: .max)
    for (index, local) in ([.max, 0, 1 << 31, .max - 1] as [LocalID]).enumerated() {
      facts.entities.append(
        Entity(
          kind: .test, flags: EntityFlags(rawValue: 0xFF), parameters: ParameterCount(least: 254, most: 254),
          name: names[index], signature: names[3 - index], type: names[2], parent: index == 0 ? Entity.noParent : 0,
          local: local,
          span: Span(start: index % 2 == 0 ? far : Position(row: 0, column: 0), end: far), digest: .max))
      facts.edges.append(
        Edge(
          kind: .implements, from: index == 2 ? Entity.noParent : UInt32(3 - index), name: names[index],
          qualifier: names[0], isPath: true, receiver: names[3], alias: names[1], arguments: 0,
          position: index % 2 == 1 ? far : Position(row: 0, column: 0)))
    }
    let decoded = try decode(FactsCodec.encode(facts))
    #expect(decoded.described == facts.described)
    #expect(decoded.entities.map(\.local) == facts.entities.map(\.local))
  }

  @Test func bytesDoNotDependOnTheHistoryOfNames() throws {
    var random = SeededGenerator(seed: 5)
    let facts = FileFacts.random(&random, entities: 40, edges: 120)
    var other = facts
    other.names = NameTable()
    _ = other.names.intern("not used by anything")
    for index in (0..<facts.names.count).reversed() {
      _ = other.names.intern(facts.names[NameID(rawValue: UInt32(index))])
    }
    func renamed(_ id: NameID) -> NameID { id == .none ? id : other.names.intern(facts.names[id]) }
    for index in other.entities.indices {
      other.entities[index].name = renamed(facts.entities[index].name)
      other.entities[index].signature = renamed(facts.entities[index].signature)
    }
    for index in other.edges.indices {
      other.edges[index].name = renamed(facts.edges[index].name)
      other.edges[index].qualifier = renamed(facts.edges[index].qualifier)
      other.edges[index].alias = renamed(facts.edges[index].alias)
    }
    #expect(FactsCodec.encode(other) == FactsCodec.encode(facts))
  }

  @Test func oneEncoderServesManyFiles() {
    var random = SeededGenerator(seed: 6)
    var encoder = FactsEncoder()
    for size in [100, 3, 0, 40] {
      let facts = FileFacts.random(&random, entities: size, edges: size * 3)
      #expect(encoder.encode(facts).bytes == FactsCodec.encode(facts))
    }
  }

  @Test func everyTruncationIsNoticed() {
    var random = SeededGenerator(seed: 7)
    let bytes = FactsCodec.encode(.random(&random, entities: 40, edges: 120))
    for count in 0..<bytes.count {
      #expect(throws: StoreError.self) { try decode(Array(bytes[..<count])) }
    }
    #expect(throws: StoreError.self) { try decode(bytes + [0]) }
  }

  /// Whatever comes out of damaged bytes can be used without a check: names, parents and sources are in range.
  @Test(arguments: 0..<20) func damagedBytesDoNoHarm(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let bytes = FactsCodec.encode(.random(&random, entities: 20, edges: 60))
    for _ in 0..<500 {
      var damaged = bytes
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        damaged[.random(in: 0..<damaged.count, using: &random)] = .random(in: 0 ... .max, using: &random)
      }
      guard let facts = try? decode(damaged) else { continue }
      #expect(facts.described.count == 1 + facts.entities.count + facts.edges.count)
      for (index, entity) in facts.entities.enumerated() {
        #expect(entity.parent == Entity.noParent || entity.parent < index)
      }
      for edge in facts.edges { #expect(edge.from == Entity.noParent || edge.from < facts.entities.count) }
    }
  }

  @Test func recordsAndLanguagesSurvive() throws {
    for seed in 0..<50 as Range<UInt64> {
      let record = record(seed << 50 | seed, problem: FileProblem(rawValue: UInt8(seed % 7)))
      let path = Array("src/a.c".utf8)
      let bytes = RecordCodec.encode(path, FileID(rawValue: .max), record)
      #expect(bytes.count == RecordCodec.size)
      let (file, decoded) = try bytes.withUnsafeBytes { bytes in
        try path.withUnsafeBytes { try RecordCodec.decode(bytes, path: $0) }
      }
      #expect(file.rawValue == .max)
      #expect(decoded == record)
    }
    let bytes = LanguagesCodec.encode(identity.languages)
    #expect(try bytes.withUnsafeBytes { try LanguagesCodec.decode($0) } == identity.languages)
    for count in 0..<bytes.count {
      let part = Array(bytes[..<count])
      #expect(throws: MalformedBytes.self) { try part.withUnsafeBytes { try LanguagesCodec.decode($0) } }
    }
  }
}
