public import Graph

/// Collects and sorts the index rows of the files that one thread extracts, and encodes their facts. Made by
/// ``BulkLoader/makeRunBuilder(bytes:)``, one for each thread.
public struct IndexRunBuilder: Sendable {
  private let directory: String
  private let bound: Int
  private let languages: [LanguageTraits]
  private var keys = KeyTable()
  private var definitions: [CollectedRow] = []
  private var mentions: [CollectedRow] = []
  private var addresses: [CollectedRow] = []
  private var pieces: [SortedRows] = []
  private var encoder = FactsEncoder()
  /// The key of each name of the file at hand.
  private var keyOfName: [UInt32] = []

  private static let unseen = UInt32.max
  private static let keyless = UInt32.max - 1

  init(spillingInto directory: String, bytes: Int, languages: [LanguageTraits]) {
    self.directory = directory
    self.languages = languages
    bound = bytes
  }

  /// Adds a file that was just extracted: its entities get their places in it as local ids, whatever they have. Spills
  /// rows to disk when they have grown over the bound; throws if that fails.
  public mutating func add(
    _ facts: FileFacts, file: FileID, path: TreePath, record: FileRecord
  ) throws(StoreError) -> EncodedFile {
    collect(facts, file)
    let language = languages[Int(record.language.rawValue)]
    let address = Address.key(path, language)
    addresses.append(CollectedRow(address.withUnsafeBytes { keys.intern($0) }, Address.row(file)))
    if bytes > bound { pieces.append(try sort().spilled(into: directory)) }
    return EncodedFile(
      file: file, path: path, record: record, facts: FactsValue.closed(encoder.encode(facts, renumbering: true)),
      inclusions: Inclusion.value(facts, language))
  }

  /// The rows of all files added.
  public consuming func finish() -> IndexRun {
    let last = sort()
    return IndexRun(pieces: pieces + [last])
  }

  /// What the rows take, and will take while they are sorted.
  private var bytes: Int {
    let rows = definitions.count + mentions.count + addresses.count
    return rows * 2 * MemoryLayout<CollectedRow>.stride + keys.size + keys.count * 16
  }

  private mutating func collect(_ facts: FileFacts, _ file: FileID) {
    keyOfName.removeAll(keepingCapacity: true)
    keyOfName.append(contentsOf: repeatElement(Self.unseen, count: facts.names.count))
    for index in facts.entities.indices {
      let key = key(facts.entities[index].name, facts.names)
      if key == Self.keyless { continue }
      let row = IndexRow(file: file, local: LocalID(index), kind: facts.entities[index].kind.rawValue)
      definitions.append(CollectedRow(key, row))
    }
    for edge in facts.edges {
      let key = key(edge.name, facts.names)
      if key == Self.keyless { continue }
      let from = edge.from == Entity.noParent ? FactsDelta.fileScope : LocalID(edge.from)
      mentions.append(CollectedRow(key, IndexRow(file: file, local: from, kind: edge.kind.rawValue)))
    }
  }

  private mutating func key(_ name: NameID, _ names: NameTable) -> UInt32 {
    let index = Int(name.rawValue)
    if keyOfName[index] == Self.unseen {
      keyOfName[index] = names.withBytes(name) { name in
        name.isEmpty ? Self.keyless : Key.withName(name) { keys.intern($0) }
      }
    }
    return keyOfName[index]
  }

  private mutating func sort() -> SortedRows {
    let rows = RowSorter(keys).sort([definitions, mentions, addresses])
    keys.removeAll()
    definitions.removeAll(keepingCapacity: true)
    mentions.removeAll(keepingCapacity: true)
    addresses.removeAll(keepingCapacity: true)
    return rows
  }
}

/// A file as it goes into a new store.
public struct EncodedFile: Sendable {
  public let file: FileID
  public let path: TreePath
  public let record: FileRecord
  /// As they will lie in the store.
  let facts: [UInt8]
  let inclusions: [UInt8]?
}

/// A row, and the number of its key.
struct CollectedRow {
  var place: UInt64
  private var keyAndKind: UInt64

  @inline(__always)
  init(_ key: UInt32, _ row: IndexRow) {
    place = row.place
    keyAndKind = UInt64(key) << 8 | UInt64(row.kind)
  }

  @inline(__always)
  var key: Int { Int(truncatingIfNeeded: keyAndKind >> 8) }

  /// Of two rows with one key.
  @inline(__always)
  static func precedes(_ a: CollectedRow, _ b: CollectedRow) -> Bool {
    a.place != b.place ? a.place < b.place : a.keyAndKind < b.keyAndKind
  }

  @inline(__always)
  func write(to bytes: UnsafeMutableRawPointer) {
    bytes.storeBytes(of: place.bigEndian, as: UInt64.self)
    bytes.storeBytes(of: UInt8(truncatingIfNeeded: keyAndKind), toByteOffset: 8, as: UInt8.self)
  }

  @inline(__always)
  static func same(_ a: CollectedRow, _ b: CollectedRow) -> Bool {
    a.place == b.place && a.keyAndKind == b.keyAndKind
  }
}
