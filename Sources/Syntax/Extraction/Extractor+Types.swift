internal import Graph

// What the source says of types and of numbers of arguments, by which overloads and receivers are told apart.
extension Extractor {
  /// The text of what a pattern captures as `@type`, or behind a mark as `@value`.
  mutating func typeName(_ pattern: UnsafePointer<FlatPattern>) -> NameID {
    let isValue = pattern.pointee.type < 0
    let step = isValue ? pattern.pointee.value : pattern.pointee.type
    guard step >= 0 else { return .none }
    let source = bytes(listed[meant(step)])
    guard !source.isEmpty, isValue ? condense(source, TypeText.valueMark) : tighten(source) else { return .none }
    if locals.isOpen, let local = localInBuffer(from: isValue ? 1 : 0), let type = locals.type(of: local) {
      // A parameter for types; or a value that begins with a local of which nothing is known.
      guard isValue, type != .none, output.names.range(type).count <= Self.longestChain else { return .none }
      buffer.append(TypeText.localMark)
      for byte in Array(output.names[type]) { buffer.append(byte) }
    }
    return output.names.intern(UnsafeRawBufferPointer(start: buffer.base, count: buffer.count))
  }

  /// In bytes: what is said of a local by way of others.
  private static let longestChain = 160

  /// The name that the buffer begins with, words of the language left out.
  private mutating func localInBuffer(from first: Int) -> NameID? {
    var start = first
    // What is taken by its address, or from behind one, is of the same type to its members.
    while start < buffer.count, "(*&".utf8.contains(buffer[start]) { start += 1 }
    var end = start
    while end < buffer.count, Self.isInWord(buffer[end]) {
      end += 1
      if end + 1 < buffer.count, buffer[end] == 0x20 { (start, end) = (end + 1, end + 1) }
    }
    if end == start { return nil }
    return output.names.intern(UnsafeRawBufferPointer(start: buffer.base + start, count: end - start))
  }

  /// What is known of the local that the qualifier in the buffer begins with.
  mutating func receiverInBuffer() -> NameID {
    guard locals.isOpen, let head = localInBuffer(from: 0) else { return .none }
    return locals.receiver(head, empty: output.names.intern(UnsafeRawBufferPointer(start: nil, count: 0)))
  }

  /// True if a separator of paths stands between two nodes, in a language that has another sign for members.
  func isPath(from qualifier: ListedNode, to name: ListedNode) -> Bool {
    let separator = language.traits.separator.utf8
    if separator.elementsEqual(".".utf8) { return false }
    let end = qualifier.byteRange.upperBound
    guard end <= Int(name.startByte) else { return false }
    return text[end..<Int(name.startByte)].drop(while: Self.isSpace).starts(with: separator)
  }

  mutating func argumentCount(_ pattern: UnsafePointer<FlatPattern>, _ frame: borrowing Frame) -> UInt8 {
    guard pattern.pointee.arguments >= 0 else { return Edge.unknownCount }
    let count = count(list: Int(match.places[Int(pattern.pointee.arguments)]), frame)
    return count.most == ParameterCount.unbounded ? Edge.unknownCount : count.most
  }

  mutating func parameterCount(_ pattern: UnsafePointer<FlatPattern>, _ frame: borrowing Frame) -> ParameterCount {
    guard pattern.pointee.parameters >= 0 else { return .unknown }
    return count(list: Int(match.places[Int(pattern.pointee.parameters)]), frame)
  }

  /// Counts the items of a list of parameters or arguments. One with `=` in it or behind it may be left out.
  private mutating func count(list: Int, _ frame: borrowing Frame) -> ParameterCount {
    var (least, most) = (0, 0)
    var lastIsRequired = false
    var isDefault = false
    var hasRest = false
    let items = list == frame.node ? match.lists[0] : children(of: list)
    for place in Int(items.start)..<Int(items.end) {
      let item = listed[place]
      if !item.isNamed {
        let isEqualsSign = item.symbol == tables.equalsSign
        if isEqualsSign, lastIsRequired {
          least -= 1
          lastIsRequired = false
        }
        // A default may itself be no named node.
        isDefault = isEqualsSign
        if item.symbol == tables.ellipsis { hasRest = true }
        continue
      }
      guard item.marks.isDisjoint(with: .extra) else { continue }
      if isDefault {
        isDefault = false
        continue
      }
      let traits = tables.traits(of: item.symbol)
      if traits.contains(.uncounted) || bytes(item).elementsEqual("void".utf8) { continue }
      if traits.contains(.rest) {
        hasRest = true
        continue
      }
      most += 1
      lastIsRequired = !traits.contains(.optional) && !hasDefault(place)
      if lastIsRequired { least += 1 }
    }
    let bound = Int(ParameterCount.unbounded)
    return ParameterCount(
      least: UInt8(min(least, bound - 1)), most: hasRest || most >= bound ? ParameterCount.unbounded : UInt8(most))
  }

  private mutating func hasDefault(_ place: Int) -> Bool {
    let parts = children(of: place)
    for part in Int(parts.start)..<Int(parts.end)
    where listed[part].symbol == tables.equalsSign && !listed[part].isNamed { return true }
    return false
  }
}
