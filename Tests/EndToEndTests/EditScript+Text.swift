import Foundation

// What happens to a file's text.
extension EditScript {
  mutating func edit() throws -> String? {
    guard let path = try source() else { return nil }
    try write(edited(read(path)), to: path)
    return "edit \(path)"
  }

  /// As editors save that write beside and rename over.
  mutating func replace() throws -> String? {
    guard let path = choose(sources)?.path else { return nil }
    let beside = path + fresh(".tmp")
    try write(edited(read(path)), to: beside)
    return moved(beside, path)
  }

  /// Truncates the file, and leaves the writing for later.
  mutating func holdOpen() throws -> String? {
    guard held == nil, let file = choose(sources.filter { $0.links == 1 }) else { return nil }
    let text = edited(read(file.path))
    let descriptor = open(at(file.path), O_WRONLY | O_TRUNC | O_NOFOLLOW | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    held = (descriptor, file.inode, text)
    return "truncate \(file.path)"
  }

  /// Writes a part of the text of the file held open, or the rest and closes it.
  mutating func finishHeld() -> String? {
    guard let (descriptor, inode, rest) = held else { return nil }
    let isPart = chance(1, in: 2) && rest.count > 1
    let now = isPart ? Array(rest[..<(rest.count / 2)]) : rest
    try? Self.write(now, to: descriptor)
    held = isPart ? (descriptor, inode, Array(rest[now.count...])) : nil
    if !isPart { close(descriptor) }
    return isPart ? "write on" : "write and close"
  }

  /// To be called when all is done.
  func closeHeld() {
    if let held { close(held.descriptor) }
  }

  mutating func append() throws -> String? {
    guard let path = try source() else { return nil }
    let file = open(at(path), O_WRONLY | O_APPEND | O_NOFOLLOW | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    for _ in 0..<number(2...20) {
      try Self.write(line(), to: file)
      if chance(1, in: 8) { pause(number: 1) }
    }
    return "append \(path)"
  }

  /// As many bytes as before, and the old time of modification.
  mutating func editKeepingStamp() throws -> String? {
    guard let path = try source() else { return nil }
    var text = read(path)
    guard let place = choose(text.indices.filter { (0x61...0x79).contains(text[$0]) }) else { return nil }
    text[place] += 1
    var status = stat()
    lstat(at(path), &status)
    try write(text, to: path, chance(1, in: 2) ? 0 : O_TRUNC)
    let times = [status.st_atim, status.st_mtim]
    utimensat(AT_FDCWD, at(path), times, AT_SYMLINK_NOFOLLOW)
    return "edit keeping size and time \(path)"
  }

  mutating func editAndRevert() throws -> String? {
    guard let path = try source() else { return nil }
    let text = read(path)
    try write(edited(text), to: path)
    if chance(1, in: 2) { pause(number: number(0..<8)) }
    try write(text, to: path)
    return "edit and revert \(path)"
  }

  mutating func saveTwice() throws -> String? {
    guard let path = try source() else { return nil }
    try write(edited(read(path)), to: path)
    try write(edited(read(path)), to: path)
    return "save twice \(path)"
  }

  /// As a formatter, or the renaming of an identifier.
  mutating func editEverywhere() throws -> String? {
    guard let path = try source() else { return nil }
    let from = choose([" ", "\n", "e", "(", "int", "self", "fn"])!
    let to = choose(["  ", "\n\n", "\n\t", "ee", "(x", "integer", from + "_"])!
    let text = String(decoding: read(path), as: UTF8.self)
    guard text.utf8.count < 1 << 15 else { return nil }
    try write(Array(text.replacing(from, with: to).utf8), to: path)
    return "replace \(from.debugDescription) by \(to.debugDescription) in \(path)"
  }

  /// Empties the file, or makes it binary or no text, or sound again.
  mutating func spoil() throws -> String? {
    guard let path = try source() else { return nil }
    let text = read(path)
    try write(choose([[], text + [0], text + [0xC3, 0x28], seed()])!, to: path)
    return "spoil \(path)"
  }

  private mutating func line() -> [UInt8] {
    let name = fresh("inserted")
    let lines = [
      "int \(name)(void) { return 1; }\n", "fn \(name)() {}\n", "def \(name)(): pass\n", "\n", "// x\n", "# y\n",
      "\(name)();\n", "\n    \(name)(\n",
    ]
    return Array(choose(lines)!.utf8)
  }

  mutating func edited(_ old: [UInt8]) -> [UInt8] {
    if old.count > 1 << 15 { return seed() }
    var text = old
    let place = number(0...text.count)
    switch number(0..<5) {
    case 0: text.removeSubrange(place..<min(text.count, place + number(1...20)))
    case 1:
      let start = number(0...text.count)
      text.insert(contentsOf: Array(text[start..<min(text.count, start + number(1...80))]), at: place)
    case 2:
      let lineStart = text[..<place].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
      text.insert(contentsOf: line(), at: lineStart)
    default:
      let tokens = ["x", "(", ")", "{", "}", ";", " ", "\n", "\"", "name", "0", ":", "'", "/*", "é"]
      text.insert(contentsOf: choose(tokens)!.utf8, at: place)
    }
    return text
  }
}
