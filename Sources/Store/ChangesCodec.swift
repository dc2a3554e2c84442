import Graph

/// What a batch did to its files, as a row of `changes`; see `docs/STORE.md`.
enum ChangesCodec {
  /// The row of a full ingest: what was before it is not known.
  static let beginning: [UInt8] = [0]
  private static let batch: UInt8 = 1

  private enum Head {
    static let kind: UInt8 = 0x0F
    static let from: UInt8 = 0x10
    static let qualifier: UInt8 = 0x20
    static let alias: UInt8 = 0x40
  }

  static func encode(_ changes: [FileChange]) -> [UInt8] {
    var out = Writer()
    out.bytes.append(batch)
    out.count(changes.count)
    for change in changes {
      out.bytes.append(change.kind.rawValue)
      out.bytes.append(varint: UInt32(change.language.rawValue))
      out.text(change.path.bytes)
      if change.kind == .renamed { out.text((change.origin ?? change.path).bytes) }
      for count in [
        change.counts.entitiesAdded, change.counts.entitiesChanged, change.counts.entitiesRemoved,
        change.counts.edgesAdded, change.counts.edgesRemoved,
      ] { out.count(count) }
      out.bytes.append(change.details == nil ? 0 : 1)
      if let details = change.details { write(details, &out) }
    }
    return out.bytes
  }

  private static func write(_ details: ChangeDetails, _ out: inout Writer) {
    out.count(details.entities.count)
    for entity in details.entities {
      out.bytes.append(entity.change.rawValue)
      out.tail(entity.entity)
    }
    out.count(details.edges.count)
    for change in details.edges {
      let edge = change.edge
      var head = edge.kind.rawValue
      if edge.from != nil { head |= Head.from }
      if edge.qualifier != nil { head |= Head.qualifier }
      if edge.alias != nil { head |= Head.alias }
      out.bytes.append(head)
      let count = UInt32(bitPattern: Int32(clamping: change.count))
      out.bytes.append(varint: count << 1 ^ UInt32(bitPattern: Int32(bitPattern: count) >> 31))
      if let from = edge.from { out.tail(from) }
      out.text(edge.name)
      if let qualifier = edge.qualifier { out.text(qualifier) }
      if let alias = edge.alias { out.text(alias) }
    }
  }

  static func decode(_ bytes: UnsafeRawBufferPointer) throws(MalformedBytes) -> [FileChange] {
    var reader = TextReader(bytes)
    guard try reader.bytes.byte() == batch else { throw MalformedBytes(detail: "a row of another sort") }
    var changes: [FileChange] = []
    for _ in 0..<(try reader.count()) {
      guard let kind = FileChange.Kind(rawValue: try reader.bytes.byte()),
        let language = UInt16(exactly: try reader.bytes.varint())
      else { throw MalformedBytes(detail: "a file's change") }
      let path = TreePath(bytes: try reader.text())
      let origin = kind == .renamed ? TreePath(bytes: try reader.text()) : nil
      let counts = FileChange.Counts(
        entitiesAdded: Int(try reader.bytes.varint()), entitiesChanged: Int(try reader.bytes.varint()),
        entitiesRemoved: Int(try reader.bytes.varint()), edgesAdded: Int(try reader.bytes.varint()),
        edgesRemoved: Int(try reader.bytes.varint()))
      let details = try reader.bytes.byte() == 0 ? nil : try details(&reader)
      changes.append(
        FileChange(
          kind, path, from: origin, language: LanguageID(rawValue: language), counts: counts, details: details))
    }
    try reader.bytes.requireEnd()
    return changes
  }

  private static func details(_ reader: inout TextReader) throws(MalformedBytes) -> ChangeDetails {
    var details = ChangeDetails()
    for _ in 0..<(try reader.count()) {
      guard let change = ChangeDetails.Change(rawValue: try reader.bytes.byte()) else {
        throw MalformedBytes(detail: "an entity's change")
      }
      details.entities.append(ChangeDetails.EntityChange(change, try reader.tail()))
    }
    for _ in 0..<(try reader.count()) {
      let head = try reader.bytes.byte()
      guard let kind = EdgeKind(rawValue: head & Head.kind) else { throw MalformedBytes(detail: "an edge's kind") }
      let count = Int(Int32(bitPattern: try reader.bytes.difference()))
      let from = head & Head.from == 0 ? nil : try reader.tail()
      let name = try reader.text()
      let qualifier = head & Head.qualifier == 0 ? nil : try reader.text()
      let alias = head & Head.alias == 0 ? nil : try reader.text()
      details.edges.append(
        ChangeDetails.EdgeChange(
          ChangeDetails.EdgeValue(kind: kind, from: from, name: name, qualifier: qualifier, alias: alias), count: count)
      )
    }
    return details
  }
}

/// Writes each text once; further uses of it are its number.
private struct Writer {
  var bytes: [UInt8] = []
  private var numbers: [[UInt8]: UInt32] = [:]

  mutating func count(_ count: Int) { bytes.append(varint: UInt32(clamping: count)) }

  mutating func text(_ text: [UInt8]) {
    if let number = numbers[text] { return bytes.append(varint: number) }
    numbers[text] = UInt32(numbers.count + 1)
    bytes.append(varint: 0)
    count(text.count)
    bytes.append(contentsOf: text)
  }

  mutating func tail(_ tail: EntityTail) {
    bytes.append(tail.kind.rawValue)
    text(Array(tail.text.utf8))
  }
}

private struct TextReader {
  var bytes: ByteReader
  private var texts: [[UInt8]] = []

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = ByteReader(bytes) }

  /// Of things that take a byte at least.
  mutating func count() throws(MalformedBytes) -> Int {
    let count = Int(try bytes.varint())
    guard count <= bytes.remaining else { throw MalformedBytes(detail: "a count is too large") }
    return count
  }

  mutating func text() throws(MalformedBytes) -> [UInt8] {
    let number = Int(try bytes.varint())
    if number == 0 {
      let size = Int(try bytes.varint())
      let text = [UInt8](try bytes.take(size))
      texts.append(text)
      return text
    }
    guard number <= texts.count else { throw MalformedBytes(detail: "a text that does not come before") }
    return texts[number - 1]
  }

  mutating func tail() throws(MalformedBytes) -> EntityTail {
    guard let kind = EntityKind(rawValue: try bytes.byte()) else { throw MalformedBytes(detail: "an entity's kind") }
    return EntityTail(kind: kind, text: String(decoding: try text(), as: UTF8.self))
  }
}
