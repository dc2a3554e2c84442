internal import Glibc

/// Files of `/proc`, whose size is not known before they are read.
enum ProcessFile {
  /// The whole content; nil if it cannot be read.
  static func read(_ path: String) -> [UInt8]? {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var content: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 14)
    while true {
      let count = Glibc.read(file, &chunk, chunk.count)
      if count == 0 { return content }
      if count < 0 && errno != EINTR { return nil }
      content += chunk.prefix(max(0, count))
    }
  }
}
