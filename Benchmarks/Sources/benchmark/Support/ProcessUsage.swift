import Foundation

/// What the kernel says of a running process.
struct ProcessUsage {
  /// Processor time of all threads that live, in milliseconds.
  var cpuMs = 0.0
  /// Times that any thread was woken, or was taken off its core.
  var voluntarySwitches = 0
  var involuntarySwitches = 0
  /// Bytes.
  var resident = 0
  var anonymous = 0

  init(of id: pid_t) throws {
    for thread in try FileManager.default.contentsOfDirectory(atPath: "/proc/\(id)/task") {
      let status = try Self.status("/proc/\(id)/task/\(thread)/status")
      let times = try String(contentsOfFile: "/proc/\(id)/task/\(thread)/schedstat", encoding: .utf8)
      cpuMs += (Double(times.prefix { $0 != " " }) ?? 0) / 1e6
      voluntarySwitches += status["voluntary_ctxt_switches"] ?? 0
      involuntarySwitches += status["nonvoluntary_ctxt_switches"] ?? 0
    }
    let status = try Self.status("/proc/\(id)/status")
    resident = (status["VmRSS"] ?? 0) << 10
    anonymous = (status["RssAnon"] ?? 0) << 10
  }

  private static func status(_ path: String) throws -> [String: Int] {
    var values: [String: Int] = [:]
    for line in try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n") {
      let words = line.split(whereSeparator: { $0 == ":" || $0 == "\t" || $0 == " " })
      if words.count > 1, let number = Int(words[1]) { values[String(words[0])] = number }
    }
    return values
  }
}
