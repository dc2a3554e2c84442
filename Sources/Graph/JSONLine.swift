/// Writes one JSON object a line, keys in the order in which they are given.
public struct JSONLine: Sendable {
  public private(set) var bytes: [UInt8] = []
  /// True where the next value has to be set off by a comma.
  private var needsComma = false

  public init() {}

  public mutating func begin() {
    separate()
    bytes.append(UInt8(ascii: "{"))
    needsComma = false
  }

  public mutating func end() {
    bytes.append(UInt8(ascii: "}"))
    needsComma = true
  }

  public mutating func beginArray() {
    separate()
    bytes.append(UInt8(ascii: "["))
    needsComma = false
  }

  public mutating func endArray() {
    bytes.append(UInt8(ascii: "]"))
    needsComma = true
  }

  public mutating func endLine() {
    bytes.append(0x0A)
    needsComma = false
  }

  public mutating func key(_ name: StaticString) {
    separate()
    bytes.append(UInt8(ascii: "\""))
    name.withUTF8Buffer { bytes.append(contentsOf: $0) }
    bytes.append(UInt8(ascii: "\""))
    bytes.append(UInt8(ascii: ":"))
    needsComma = false
  }

  public mutating func value(_ number: some BinaryInteger) {
    separate()
    bytes.append(contentsOf: String(number).utf8)
    needsComma = true
  }

  /// A number with three decimals.
  public mutating func value(_ number: Double) {
    separate()
    let thousandths = Int64((number * 1000).rounded())
    let rest = String(thousandths.magnitude % 1000)
    if thousandths < 0 { bytes.append(UInt8(ascii: "-")) }
    bytes.append(
      contentsOf: "\(thousandths.magnitude / 1000).\(String(repeating: "0", count: 3 - rest.count))\(rest)".utf8)
    needsComma = true
  }

  public mutating func value(_ flag: Bool) { literal(flag ? "true" : "false") }

  public mutating func null() { literal("null") }

  public mutating func value(_ text: String) {
    var text = text
    text.withUTF8 { value(printable: $0) }
  }

  public mutating func value(_ text: StaticString) {
    text.withUTF8Buffer { value(printable: $0) }
  }

  /// Bytes that may be anything; see ``Escaping/printable(_:)``.
  public mutating func value(_ text: some Collection<UInt8>) {
    let done: Void? = text.withContiguousStorageIfAvailable { text in
      if text.allSatisfy({ (0x20..<0x7F).contains($0) }) {
        value(printable: text)
      } else {
        value(Escaping.printable(text))
      }
    }
    if done == nil { value(Array(text)) }
  }

  private mutating func value(printable text: UnsafeBufferPointer<UInt8>) {
    separate()
    bytes.append(UInt8(ascii: "\""))
    if text.contains(where: { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") || $0 < 0x20 }) {
      for byte in text { append(escaped: byte) }
    } else {
      bytes.append(contentsOf: text)
    }
    bytes.append(UInt8(ascii: "\""))
    needsComma = true
  }

  private mutating func append(escaped byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"):
      bytes.append(UInt8(ascii: "\\"))
      bytes.append(byte)
    case 0..<0x20:
      let digits = Array("0123456789abcdef".utf8)
      bytes.append(contentsOf: "\\u00".utf8)
      bytes.append(digits[Int(byte >> 4)])
      bytes.append(digits[Int(byte & 15)])
    default: bytes.append(byte)
    }
  }

  private mutating func literal(_ text: String) {
    separate()
    bytes.append(contentsOf: text.utf8)
    needsComma = true
  }

  private mutating func separate() {
    if needsComma { bytes.append(UInt8(ascii: ",")) }
  }

  public mutating func removeAll(keepingCapacity: Bool) {
    bytes.removeAll(keepingCapacity: keepingCapacity)
    needsComma = false
  }
}
