import Foundation

/// What the kernel says of a running process.
struct ProcessUsage {
  /// Processor time of all its threads, those that ended included, in milliseconds.
  var cpuMs: Double
  /// Times that any thread was woken, or was taken off its core.
  var voluntarySwitches = 0
  var involuntarySwitches = 0
  /// Bytes.
  var resident = 0
  var anonymous = 0

  init(of id: pid_t) throws {
    cpuMs = try Self.cpuMs(of: id)
    for thread in try FileManager.default.contentsOfDirectory(atPath: "/proc/\(id)/task") {
      let status = try Self.status("/proc/\(id)/task/\(thread)/status")
      voluntarySwitches += status["voluntary_ctxt_switches"] ?? 0
      involuntarySwitches += status["nonvoluntary_ctxt_switches"] ?? 0
    }
    let status = try Self.status("/proc/\(id)/status")
    resident = (status["VmRSS"] ?? 0) << 10
    anonymous = (status["RssAnon"] ?? 0) << 10
  }

  /// Processor time alone, in milliseconds.
  static func cpuMs(of id: pid_t) throws -> Double {
    var (clock, time) = (clockid_t(), timespec())
    let code = clock_getcpuclockid(id, &clock)
    guard code == 0, clock_gettime(clock, &time) == 0 else { throw Failure("cannot ask for the time of process \(id)") }
    return Double(time.tv_sec) * 1e3 + Double(time.tv_nsec) / 1e6
  }

  /// Bytes in its own memory: pages of mapped files (the store, programs, libraries), which are page cache, left out.
  static func anonymous(of id: pid_t) throws -> Int { (try status("/proc/\(id)/status")["RssAnon"] ?? 0) << 10 }

  private static func status(_ path: String) throws -> [String: Int] {
    var values: [String: Int] = [:]
    for line in try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n") {
      let words = line.split(whereSeparator: { $0 == ":" || $0 == "\t" || $0 == " " })
      if words.count > 1, let number = Int(words[1]) { values[String(words[0])] = number }
    }
    return values
  }
}
