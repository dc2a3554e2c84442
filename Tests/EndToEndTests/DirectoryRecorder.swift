import Foundation
import Testing

/// Records what happens in one directory, by means of its own.
final class DirectoryRecorder {
  private let queue: CInt

  init(_ directory: URL) throws {
    queue = inotify_init1(CInt(IN_NONBLOCK) | CInt(IN_CLOEXEC))
    let mask = UInt32(IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_MODIFY)
    try #require(inotify_add_watch(queue, directory.path, mask) > 0)
  }

  deinit { close(queue) }

  /// `+` made, `-` removed, `<` moved away, `>` moved here, `~` written, with the name, in their order.
  func happened() -> [String] {
    var happened: [String] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(queue, &buffer, buffer.count)
      if count <= 0 { return happened }
      buffer.withUnsafeBytes { bytes in
        var offset = 0
        while offset < count {
          let event = bytes.loadUnaligned(fromByteOffset: offset, as: inotify_event.self)
          let start = offset + MemoryLayout<inotify_event>.size
          offset = start + Int(event.len)
          let name = String(decoding: bytes[start..<offset].prefix { $0 != 0 }, as: UTF8.self)
          happened.append(Self.sign(event.mask) + name)
        }
      }
    }
  }

  private static func sign(_ mask: UInt32) -> String {
    let signs = [(IN_CREATE, "+"), (IN_DELETE, "-"), (IN_MOVED_FROM, "<"), (IN_MOVED_TO, ">"), (IN_MODIFY, "~")]
    return signs.first { mask & UInt32($0.0) != 0 }?.1 ?? "?"
  }
}
