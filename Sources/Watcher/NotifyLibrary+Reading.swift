internal import CInotifyTools
internal import Glibc
internal import Platform

/// One event as the kernel reports it.
struct RawEvent {
  /// Number of the watch; -1 for an overflow of the queue.
  var watch: CInt
  var mask: UInt32
  /// The same for both events of a move; else 0.
  var cookie: UInt32
  /// The entry's name in the watched directory; empty for an event of the directory itself.
  var name: [UInt8]

  func has(_ flags: CInt) -> Bool { mask & UInt32(bitPattern: flags) != 0 }

  var isDirectory: Bool { has(CInt(IN_ISDIR)) }
  var isOverflow: Bool { has(CInt(IN_Q_OVERFLOW)) }
  /// The last event of a watch: the kernel has dropped it.
  var isEnd: Bool { has(CInt(IN_IGNORED)) }

  /// True if this is the arrival that belongs to a departure.
  func isArrival(of departure: RawEvent) -> Bool {
    has(CInt(IN_MOVED_TO)) && departure.has(CInt(IN_MOVED_FROM)) && cookie == departure.cookie
  }

  /// True if both are about the same entry.
  func isOfSameEntry(as other: RawEvent) -> Bool { watch == other.watch && name == other.name }
}

/// What is asked of the kernel.
enum WatchMask {
  /// Files unlinked but still open elsewhere are of no interest.
  static let directory = CInt(
    IN_CLOSE_WRITE | IN_MODIFY | IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_ATTRIB | IN_EXCL_UNLINK)
  static let root = directory | CInt(IN_DELETE_SELF | IN_MOVE_SELF)
  /// A cookie is complete as soon as it exists.
  static let syncDirectory = CInt(IN_CREATE | IN_MOVED_TO)
  /// Files that git writes beside and renames, or an editor in place.
  static let ruleDirectory = CInt(IN_CREATE | IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE)
}

extension NotifyLibrary {
  /// As many events as one reading takes: enough to see that a change is over, few enough to hold.
  static var readingLimit: Int { 4096 }

  /// Waits for events and appends those that are there to `events`, at most ``readingLimit``. Nothing comes after
  /// `seconds`, or after a signal; negative seconds wait for ever.
  func read(into events: inout [RawEvent], waiting seconds: Int) throws(SystemError) {
    let limit = events.count + Self.readingLimit
    var timeout = seconds
    while events.count < limit {
      // One at a time: asked for more, the library spins until there are as many.
      guard let event = inotifytools_next_events(timeout, 1) else {
        let code = inotifytools_error()
        if code == 0 || code == EINTR { return }
        throw SystemError("read", "inotify", code: code)
      }
      events.append(Self.copy(event))
      timeout = 0
    }
  }

  /// The name follows the event in the library's static buffer, filled up with zeros.
  private static func copy(_ event: UnsafeMutablePointer<inotify_event>) -> RawEvent {
    let start = UnsafeRawPointer(event) + MemoryLayout<inotify_event>.size
    let name = UnsafeRawBufferPointer(start: start, count: Int(event.pointee.len)).prefix { $0 != 0 }
    return RawEvent(watch: event.pointee.wd, mask: event.pointee.mask, cookie: event.pointee.cookie, name: Array(name))
  }
}
