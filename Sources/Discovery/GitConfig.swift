/// What is needed of git's configuration files.
enum GitConfig {
  /// The last value of a key in the content of a configuration file, both names in lower case; nil if it is not set there.
  static func value(of key: String, in section: String, of content: [UInt8]) -> [UInt8]? {
    var reader = GitConfigReader(content)
    var value: [UInt8]?
    while let setting = reader.next() {
      if setting.section == Array(section.utf8), setting.key == Array(key.utf8) { value = setting.value }
    }
    return value
  }
}

/// Reads settings one by one. Stops at the first error, where git would refuse the whole file.
private struct GitConfigReader {
  struct Setting {
    /// In lower case; with a subsection, whatever stood in the brackets.
    var section: [UInt8]
    /// In lower case.
    var key: [UInt8]
    /// Nil for a key alone, which stands for true.
    var value: [UInt8]?
  }

  private let bytes: [UInt8]
  private var index = 0
  private var section: [UInt8] = []

  init(_ content: [UInt8]) {
    bytes = content.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(content.dropFirst(3)) : content
  }

  mutating func next() -> Setting? {
    while let byte = take() {
      switch byte {
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), UInt8(ascii: "\n"):
        continue
      case UInt8(ascii: "#"), UInt8(ascii: ";"):
        skipLine()
      case UInt8(ascii: "["):
        guard readSection() else { return nil }
      default:
        index -= 1
        return readSetting()
      }
    }
    return nil
  }

  private func peek() -> UInt8? { index < bytes.count ? bytes[index] : nil }

  private mutating func take() -> UInt8? {
    defer { index += 1 }
    return peek()
  }

  private mutating func skipLine() {
    while let byte = take(), byte != UInt8(ascii: "\n") {}
  }

  private mutating func skipBlanks() {
    while let byte = peek(), byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") { index += 1 }
  }

  private mutating func readSection() -> Bool {
    section = []
    var isQuoted = false
    while let byte = take(), byte != UInt8(ascii: "\n") {
      if byte == UInt8(ascii: "]") && !isQuoted { return true }
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      section.append(lowercase(byte))
      if isQuoted && byte == UInt8(ascii: "\\"), let escaped = take() { section.append(escaped) }
    }
    return false
  }

  private mutating func readSetting() -> Setting? {
    var key: [UInt8] = []
    while let byte = peek(), isKey(byte) {
      key.append(lowercase(byte))
      index += 1
    }
    guard !key.isEmpty else { return nil }
    skipBlanks()
    if peek() == UInt8(ascii: "\r") { index += 1 }
    guard let byte = take(), byte != UInt8(ascii: "\n") else { return Setting(section: section, key: key) }
    guard byte == UInt8(ascii: "="), let value = readValue() else { return nil }
    return Setting(section: section, key: key, value: value)
  }

  /// The rest of the line: quotes taken off, escapes replaced, comment and surrounding blanks gone, and the next line
  /// added after a backslash.
  private mutating func readValue() -> [UInt8]? {
    var value: [UInt8] = []
    /// Without the blanks at the end, which count only if something follows.
    var trimmed = 0
    var isQuoted = false
    skipBlanks()
    while let byte = take() {
      switch byte {
      case UInt8(ascii: "\n"):
        return isQuoted ? nil : Array(value.prefix(trimmed))
      case UInt8(ascii: "\r") where peek() == UInt8(ascii: "\n"):
        continue
      case UInt8(ascii: "\""):
        isQuoted.toggle()
        trimmed = value.count
      case UInt8(ascii: "#") where !isQuoted, UInt8(ascii: ";") where !isQuoted:
        skipLine()
        return Array(value.prefix(trimmed))
      case UInt8(ascii: "\\"):
        guard let escaped = readEscape() else { return nil }
        value += escaped
        trimmed = value.count
      default:
        value.append(byte)
        if isQuoted || byte != UInt8(ascii: " ") && byte != UInt8(ascii: "\t") { trimmed = value.count }
      }
    }
    return isQuoted ? nil : Array(value.prefix(trimmed))
  }

  /// What stands behind a backslash: nothing for the end of a line; nil if it is no escape.
  private mutating func readEscape() -> [UInt8]? {
    if peek() == UInt8(ascii: "\r"), index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: "\n") { index += 1 }
    return switch take() {
    case UInt8(ascii: "\n"): []
    case UInt8(ascii: "n"): [0x0A]
    case UInt8(ascii: "t"): [0x09]
    case UInt8(ascii: "b"): [0x08]
    case let byte? where byte == UInt8(ascii: "\\") || byte == UInt8(ascii: "\""): [byte]
    default: nil
    }
  }

  private func isKey(_ byte: UInt8) -> Bool {
    (0x61...0x7A).contains(lowercase(byte)) || (0x30...0x39).contains(byte) || byte == UInt8(ascii: "-")
  }

  private func lowercase(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte + 0x20 : byte }
}
