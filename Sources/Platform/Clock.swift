import Glibc

/// A time on the system's monotonic clock.
public struct MonotonicTime: Hashable, Comparable, Sendable {
  /// Since an arbitrary moment, the same for all threads.
  public let nanoseconds: UInt64

  public init(nanoseconds: UInt64) { self.nanoseconds = nanoseconds }

  /// Later than any wait lasts: 146 years of uptime.
  public static let distantFuture = MonotonicTime(nanoseconds: 1 << 62)

  public static var now: MonotonicTime {
    MonotonicTime(nanoseconds: Clock.read(CLOCK_MONOTONIC))
  }

  public static func < (a: MonotonicTime, b: MonotonicTime) -> Bool { a.nanoseconds < b.nanoseconds }

  public func adding(milliseconds: UInt64) -> MonotonicTime {
    MonotonicTime(nanoseconds: nanoseconds + milliseconds * 1_000_000)
  }

  /// Milliseconds from `earlier` to this; 0 if that is later.
  public func milliseconds(since earlier: MonotonicTime) -> Double {
    Double(nanoseconds - min(nanoseconds, earlier.nanoseconds)) / 1e6
  }

  var timespec: Glibc.timespec {
    Glibc.timespec(tv_sec: Int(nanoseconds / 1_000_000_000), tv_nsec: Int(nanoseconds % 1_000_000_000))
  }
}

public enum Clock {
  /// Nanoseconds since 1970, as the kernel stamps files: the coarse clock, which advances once a tick.
  public static var fileTime: Int64 { Int64(read(CLOCK_REALTIME_COARSE)) }

  /// Processor time of the whole process, all threads, in nanoseconds.
  public static var processTime: UInt64 { read(CLOCK_PROCESS_CPUTIME_ID) }

  fileprivate static func read(_ clock: clockid_t) -> UInt64 {
    var time = timespec()
    clock_gettime(clock, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }
}
