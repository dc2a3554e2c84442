/// Text made of bytes that may be anything, for output.
public enum Escaping {
  /// UTF-8 as it is; as `%XX` control characters, those that change the direction of text, and bytes that are not UTF-8, so
  /// that no name can steer a terminal or disorder a line, and no two names look alike by loss of bytes.
  public static func printable(_ bytes: some Collection<UInt8>) -> String {
    if bytes.withContiguousStorageIfAvailable({ PlainText.isPlain($0) }) == true {
      return String(decoding: bytes, as: UTF8.self)
    }
    return encode(bytes) { isControl($0) || changesDirection($0) }
  }

  /// As ``printable(_:)``, but tabs and ends of lines stay, those of two bytes as one.
  public static func printableText(_ bytes: some Collection<UInt8>) -> String {
    bytes.split(separator: 0x0A, omittingEmptySubsequences: false).map { line in
      (line.last == 0x0D ? line.dropLast() : line).split(separator: 0x09, omittingEmptySubsequences: false)
        .map { printable($0) }.joined(separator: "\t")
    }.joined(separator: "\n")
  }

  /// As ``printable(_:)``, and `%` and `:` encoded too: a part of an entity id.
  public static func idPart(_ bytes: ArraySlice<UInt8>) -> String {
    if isPlainInID(bytes) { return String(decoding: bytes, as: UTF8.self) }
    return encode(bytes) { isControl($0) || $0 == "%" || $0 == ":" }
  }

  /// Adds the same to a text.
  public static func appendIDPart(_ bytes: ArraySlice<UInt8>, to text: inout [UInt8]) {
    if isPlainInID(bytes) { text.append(contentsOf: bytes) } else { text.append(contentsOf: idPart(bytes).utf8) }
  }

  /// True for what stands in an id as it is.
  public static func isPlainInID(_ bytes: some Collection<UInt8>) -> Bool {
    // Asked of millions of names: a loop over a buffer costs less than one over just any collection.
    bytes.withContiguousStorageIfAvailable(isPlainInID) ?? Array(bytes).withUnsafeBufferPointer(isPlainInID)
  }

  private static func isPlainInID(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    PlainText.isPlain(bytes, except: UInt8(ascii: "%"), UInt8(ascii: ":"))
  }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
  }

  private static func changesDirection(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
    default: false
    }
  }

  private static func encode(_ bytes: some Collection<UInt8>, unless encoded: (Unicode.Scalar) -> Bool) -> String {
    var out = ""
    var decoder = UTF8.ForwardParser()
    var source = bytes.makeIterator()
    var rest = bytes[...]
    while true {
      switch decoder.parseScalar(from: &source) {
      case .emptyInput:
        return out
      case .valid(let encoding):
        let scalar = UTF8.decode(encoding)
        let width = UTF8.width(scalar)
        if encoded(scalar) {
          for byte in rest.prefix(width) { out += percent(byte) }
        } else {
          out.unicodeScalars.append(scalar)
        }
        rest = rest.dropFirst(width)
      case .error(let length):
        for byte in rest.prefix(length) { out += percent(byte) }
        rest = rest.dropFirst(length)
      }
    }
  }

  private static func percent(_ byte: UInt8) -> String {
    let digits = Array("0123456789ABCDEF".unicodeScalars)
    var out = "%"
    out.unicodeScalars.append(digits[Int(byte >> 4)])
    out.unicodeScalars.append(digits[Int(byte & 15)])
    return out
  }
}
