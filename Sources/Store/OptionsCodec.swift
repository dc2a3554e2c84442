/// Arguments of a command line, each ended by a NUL, which none can hold.
enum OptionsCodec {
  static func encode(_ options: [String]) -> [UInt8] { options.flatMap { Array($0.utf8) + [0] } }

  static func decode(_ bytes: UnsafeRawBufferPointer) -> [String] {
    bytes.split(separator: 0, omittingEmptySubsequences: false).dropLast().map { String(decoding: $0, as: UTF8.self) }
  }
}
