/// Goes through the bytes once.
struct TOMLParser {
  let text: [UInt8]
  var position = 0
  var line = 1

  init(_ text: [UInt8]) { self.text = text }

  mutating func document() throws(TOMLError) -> [TOMLDocument.Table] {
    if String(validating: text, as: UTF8.self) == nil { throw fault("the file is not UTF-8") }
    var tables = [TOMLDocument.Table(name: [], line: 1, entries: [])]
    while true {
      skipBlank(newlines: true)
      guard let byte = peek else { return tables }
      if byte == UInt8(ascii: "[") {
        let table = try header()
        if let other = tables.first(where: { $0.name == table.name }) {
          throw fault("the table stands on line \(other.line) already; put its settings together", on: table.line)
        }
        tables.append(table)
      } else {
        let entry = try entry()
        let last = tables.count - 1
        if let other = tables[last].entries.first(where: { $0.key == entry.key }) {
          throw fault("\(entry.key) is set on line \(other.line) already; leave one of them out", on: entry.line)
        }
        tables[last].entries.append(entry)
      }
      try endLine()
    }
  }

  /// `[a.b."c d"]`
  private mutating func header() throws(TOMLError) -> TOMLDocument.Table {
    let start = line
    position += 1
    if peek == UInt8(ascii: "[") { throw fault("arrays of tables ([[...]]) are not known here; write [...]") }
    var name: [String] = []
    repeat {
      skipBlank()
      name.append(try key())
      skipBlank()
    } while take(".")
    guard take("]") else { throw fault("the table's name does not end; it wants a ]") }
    return TOMLDocument.Table(name: name, line: start, entries: [])
  }

  private mutating func entry() throws(TOMLError) -> TOMLDocument.Entry {
    let start = line
    let key = try key()
    skipBlank()
    if peek == UInt8(ascii: ".") {
      throw fault("keys with dots are not known here; write a [table] and the key below it")
    }
    guard take("=") else { throw fault("\(key) has no value; write \(key) = ...") }
    skipBlank()
    return TOMLDocument.Entry(key: key, value: try value(), line: start)
  }

  private mutating func key() throws(TOMLError) -> String {
    if peek == UInt8(ascii: "\"") || peek == UInt8(ascii: "'") { return try string() }
    let start = position
    while let byte = peek, Self.isBare(byte) { position += 1 }
    if start == position { throw fault("a key is wanted here: letters, digits, - and _, or anything in quotes") }
    return String(decoding: text[start..<position], as: UTF8.self)
  }

  // MARK: Bytes

  var peek: UInt8? { position < text.count ? text[position] : nil }

  mutating func take(_ byte: Unicode.Scalar) -> Bool {
    guard peek == UInt8(ascii: byte) else { return false }
    position += 1
    return true
  }

  /// Spaces, tabs, a comment; with `newlines` also ends of lines.
  mutating func skipBlank(newlines: Bool = false) {
    while let byte = peek {
      switch byte {
      case UInt8(ascii: " "), UInt8(ascii: "\t"): position += 1
      case UInt8(ascii: "#"): while let byte = peek, byte != UInt8(ascii: "\n") { position += 1 }
      case UInt8(ascii: "\r") where newlines && position + 1 < text.count && text[position + 1] == UInt8(ascii: "\n"):
        position += 1
      case UInt8(ascii: "\n") where newlines:
        position += 1
        line += 1
      default: return
      }
    }
  }

  private mutating func endLine() throws(TOMLError) {
    skipBlank()
    if peek == UInt8(ascii: "\r") { position += 1 }
    if let byte = peek, byte != UInt8(ascii: "\n") { throw fault("nothing more can stand on this line") }
  }

  static func isBare(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
      true
    default: false
    }
  }

  func fault(_ reason: String, on line: Int? = nil) -> TOMLError { TOMLError(line: line ?? self.line, reason: reason) }
}
