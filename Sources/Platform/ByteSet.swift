/// A set of bytes.
struct ByteSet: Equatable, Sendable {
  private var low: (UInt64, UInt64) = (0, 0)
  private var high: (UInt64, UInt64) = (0, 0)

  init() {}

  init(where isMember: (UInt8) -> Bool) {
    for byte in UInt8.min...UInt8.max where isMember(byte) { insert(byte) }
  }

  func contains(_ byte: UInt8) -> Bool {
    let word =
      switch byte >> 6 {
      case 0: low.0
      case 1: low.1
      case 2: high.0
      default: high.1
      }
    return word >> UInt64(byte & 63) & 1 != 0
  }

  mutating func insert(_ byte: UInt8) {
    let bit: UInt64 = 1 << UInt64(byte & 63)
    switch byte >> 6 {
    case 0: low.0 |= bit
    case 1: low.1 |= bit
    case 2: high.0 |= bit
    default: high.1 |= bit
    }
  }

  mutating func remove(_ byte: UInt8) {
    guard contains(byte) else { return }
    self = ByteSet { $0 != byte && contains($0) }
  }

  mutating func formUnion(_ other: ByteSet) {
    low = (low.0 | other.low.0, low.1 | other.low.1)
    high = (high.0 | other.high.0, high.1 | other.high.1)
  }

  mutating func invert() {
    low = (~low.0, ~low.1)
    high = (~high.0, ~high.1)
  }

  static func == (a: ByteSet, b: ByteSet) -> Bool { a.low == b.low && a.high == b.high }
}

extension ByteSet {
  /// The POSIX class of this name in the C locale, but for `space`, which git takes to be blank, tab, line feed and
  /// carriage return alone; nil if there is none.
  init?(posixClass name: ArraySlice<UInt8>) {
    switch String(decoding: name, as: UTF8.self) {
    case "alnum": self.init { Self.isDigit($0) || Self.isUpper($0) || Self.isLower($0) }
    case "alpha": self.init { Self.isUpper($0) || Self.isLower($0) }
    case "blank": self.init { $0 == 0x20 || $0 == 0x09 }
    case "cntrl": self.init { $0 < 0x20 || $0 == 0x7F }
    case "digit": self.init(where: Self.isDigit)
    case "graph": self.init { $0 > 0x20 && $0 < 0x7F }
    case "lower": self.init(where: Self.isLower)
    case "print": self.init { $0 >= 0x20 && $0 < 0x7F }
    case "punct":
      self.init { $0 > 0x20 && $0 < 0x7F && !Self.isDigit($0) && !Self.isUpper($0) && !Self.isLower($0) }
    case "space": self.init { [0x20, 0x09, 0x0A, 0x0D].contains($0) }
    case "upper": self.init(where: Self.isUpper)
    case "xdigit": self.init { Self.isDigit($0) || (0x41...0x46).contains($0) || (0x61...0x66).contains($0) }
    default: return nil
    }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
  private static func isUpper(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte) }
  private static func isLower(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte) }
}
