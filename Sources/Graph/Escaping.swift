/// Text made of bytes that may be anything, for output.
public enum Escaping {
  /// UTF-8 as it is; control characters and bytes that are not UTF-8 as `%XX`, so that no name can steer a terminal
  /// and no two names look alike by loss of bytes.
  public static func printable(_ bytes: some Collection<UInt8>) -> String {
    encode(bytes) { $0.value < 0x20 || $0.value == 0x7F || (0x80...0x9F).contains($0.value) }
  }

  /// As ``printable(_:)``, but tabs and ends of lines stay, those of two bytes as one.
  public static func printableText(_ bytes: some Collection<UInt8>) -> String {
    bytes.split(separator: 0x0A, omittingEmptySubsequences: false).map { line in
      (line.last == 0x0D ? line.dropLast() : line).split(separator: 0x09, omittingEmptySubsequences: false)
        .map { printable($0) }.joined(separator: "\t")
    }.joined(separator: "\n")
  }

  /// As ``printable(_:)``, and `%` and `:` encoded too: a part of an entity id.
  public static func idPart(_ bytes: some Collection<UInt8>) -> String {
    if isPlainInID(bytes) { return String(decoding: bytes, as: UTF8.self) }
    return encode(bytes) {
      $0.value < 0x20 || $0.value == 0x7F || (0x80...0x9F).contains($0.value) || $0 == "%" || $0 == ":"
    }
  }

  /// True for what stands in an id as it is.
  public static func isPlainInID(_ bytes: some Collection<UInt8>) -> Bool {
    bytes.allSatisfy { (0x20..<0x7F).contains($0) && $0 != UInt8(ascii: "%") && $0 != UInt8(ascii: ":") }
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
