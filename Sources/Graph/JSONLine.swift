/// Writes JSON objects, one a line, keys in the order in which they are given. Belongs to one thread; a dump is millions of
/// values, so each is written straight to its place.
public struct JSONLine: ~Copyable {
  // SAFETY: the first `count` bytes of `base` are initialized, and `capacity` are allocated.
  fileprivate var base: UnsafeMutablePointer<UInt8>
  private var capacity = 256
  /// Bytes written.
  public private(set) var count = 0
  /// True where the next value has to be set off by a comma.
  fileprivate var needsComma = false

  public init() { base = .allocate(capacity: capacity) }

  deinit { base.deallocate() }

  /// What was written.
  public var bytes: [UInt8] { Array(UnsafeBufferPointer(start: base, count: count)) }

  public mutating func removeAll() {
    count = 0
    needsComma = false
  }

  // MARK: Objects and arrays

  public mutating func begin() { open(UInt8(ascii: "{")) }
  public mutating func end() { close(UInt8(ascii: "}")) }
  public mutating func beginArray() { open(UInt8(ascii: "[")) }
  public mutating func endArray() { close(UInt8(ascii: "]")) }

  public mutating func endLine() {
    close(0x0A)
    needsComma = false
  }

  @inline(__always)
  public mutating func key(_ name: StaticString) {
    separate(before: name.utf8CodeUnitCount + 3)
    append(UInt8(ascii: "\""))
    append(UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
    append(UInt8(ascii: "\""))
    append(UInt8(ascii: ":"))
    needsComma = false
  }

  /// Begins a line by what stands before its first value: a bracket and keys, with values that are always the same.
  @inline(__always)
  mutating func begin(_ text: StaticString) {
    reserve(text.utf8CodeUnitCount)
    append(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    needsComma = false
  }

  // MARK: Values

  public mutating func value(_ number: some BinaryInteger) {
    let most = 20
    separate(before: 1 + most)
    if number < 0 { append(UInt8(ascii: "-")) }
    var rest = UInt64(number.magnitude)
    // From the end of the room, and then to its beginning.
    let end = base + count + most
    var digit = end
    repeat {
      digit -= 1
      digit.initialize(to: UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
      rest /= 10
    } while rest > 0
    (base + count).update(from: digit, count: end - digit)
    count += end - digit
    needsComma = true
  }

  /// A number with three decimals.
  public mutating func value(_ number: Double) {
    let thousandths = Int64((number * 1000).rounded())
    let rest = String(thousandths.magnitude % 1000)
    var text = thousandths < 0 ? "-" : ""
    text += "\(thousandths.magnitude / 1000).\(String(repeating: "0", count: 3 - rest.count))\(rest)"
    text.withUTF8 { literal($0) }
  }

  public mutating func value(_ flag: Bool) { if flag { literal("true") } else { literal("false") } }

  public mutating func null() { literal("null") }

  public mutating func value(_ text: String) {
    var text = text
    text.withUTF8 { quote($0) }
  }

  public mutating func value(_ text: StaticString) {
    quote(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  /// One of some texts that were made ready to be written.
  @inline(__always)
  mutating func value(_ texts: borrowing JSONTexts, _ index: Int) {
    texts.withText(index) { literal($0) }
  }

  /// Bytes that may be anything; see ``Escaping/printable(_:)``.
  public mutating func value(_ text: some Collection<UInt8>) {
    let done: Void? = text.withContiguousStorageIfAvailable { text in
      if Self.isPlain(text) {
        quote(plain: text)
      } else if text.allSatisfy({ (0x20..<0x7F).contains($0) }) {
        quote(text)
      } else {
        value(Escaping.printable(text))
      }
    }
    if done == nil { value(Array(text)) }
  }

  /// True if there is nothing to escape.
  @inline(__always)
  private static func isPlain(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    PlainText.isPlain(text, except: UInt8(ascii: "\""), UInt8(ascii: "\\"))
  }

  fileprivate mutating func quote(_ text: UnsafeBufferPointer<UInt8>) {
    if Self.isPlain(text) { return quote(plain: text) }
    // An escaped byte takes six.
    separate(before: text.count * 6 + 2)
    append(UInt8(ascii: "\""))
    for byte in text { append(escaped: byte) }
    append(UInt8(ascii: "\""))
    needsComma = true
  }

  /// Text that needs no escaping.
  private mutating func quote(plain text: UnsafeBufferPointer<UInt8>) {
    separate(before: text.count + 2)
    append(UInt8(ascii: "\""))
    append(text)
    append(UInt8(ascii: "\""))
    needsComma = true
  }

  private mutating func append(escaped byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"):
      append(UInt8(ascii: "\\"))
      append(byte)
    case 0..<0x20:
      let digits = "0123456789abcdef" as StaticString
      for byte in "\\u00".utf8 { append(byte) }
      append(digits.utf8Start[Int(byte >> 4)])
      append(digits.utf8Start[Int(byte & 15)])
    default: append(byte)
    }
  }

  @inline(__always)
  private mutating func literal(_ text: StaticString) {
    literal(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  private mutating func literal(_ text: UnsafeBufferPointer<UInt8>) {
    separate(before: text.count)
    append(text)
    needsComma = true
  }

  // MARK: Bytes

  private mutating func open(_ bracket: UInt8) {
    separate(before: 1)
    append(bracket)
    needsComma = false
  }

  private mutating func close(_ bracket: UInt8) {
    reserve(1)
    append(bracket)
    needsComma = true
  }

  /// Writes the comma that is due, and makes room for `more` bytes.
  @inline(__always)
  private mutating func separate(before more: Int) {
    reserve(more + 1)
    if needsComma { append(UInt8(ascii: ",")) }
  }

  @inline(__always)
  private mutating func reserve(_ more: Int) { if count + more > capacity { grow(to: count + more) } }

  private mutating func grow(to size: Int) {
    capacity = max(size, capacity * 2)
    let grown = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
    grown.moveInitialize(from: base, count: count)
    base.deallocate()
    base = grown
  }

  /// There must be room.
  @inline(__always)
  private mutating func append(_ byte: UInt8) {
    assert(count < capacity)
    (base + count).initialize(to: byte)
    count += 1
  }

  @inline(__always)
  private mutating func append(_ text: UnsafeBufferPointer<UInt8>) {
    assert(count + text.count <= capacity)
    guard let start = text.baseAddress else { return }
    (base + count).initialize(from: start, count: text.count)
    count += text.count
  }
}

/// Texts as JSON writes them: made once, to be written many times.
struct JSONTexts: ~Copyable {
  /// One after the other.
  private var line = JSONLine()
  private var ends: [Int] = []

  mutating func removeAll() {
    line.removeAll()
    ends.removeAll(keepingCapacity: true)
  }

  /// Adds bytes that may be anything; see ``Escaping/printable(_:)``.
  mutating func append(_ text: [UInt8]) { append { $0.value(text) } }

  /// Adds UTF-8 that holds no control characters.
  mutating func append(utf8 text: [UInt8]) { append { line in text.withUnsafeBufferPointer { line.quote($0) } } }

  private mutating func append(_ write: (inout JSONLine) -> Void) {
    line.needsComma = false
    write(&line)
    ends.append(line.count)
  }

  @inline(__always)
  fileprivate borrowing func withText(_ index: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Void) {
    let start = index == 0 ? 0 : ends[index - 1]
    body(UnsafeBufferPointer(start: line.base + start, count: ends[index] - start))
  }
}
