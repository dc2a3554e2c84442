import Foundation

/// What the figures were taken on.
enum Machine {
  static let cores = Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))

  /// One line.
  static var description: String {
    var name = utsname()
    uname(&name)
    let kernel = withUnsafeBytes(of: name.release) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    let memory = Double(sysconf(Int32(_SC_PHYS_PAGES))) * Double(sysconf(Int32(_SC_PAGESIZE))) / Double(1 << 30)
    let processor = value("/proc/cpuinfo", "model name", ":") ?? "unknown processor"
    let system = value("/etc/os-release", "PRETTY_NAME", "=") ?? "Linux"
    return "\(processor), \(cores) cores, \(Int(memory.rounded())) GiB, \(system), Linux \(kernel)"
  }

  private static func value(_ file: String, _ key: String, _ separator: Character) -> String? {
    let lines = (try? String(contentsOfFile: file, encoding: .utf8))?.split(separator: "\n") ?? []
    guard let line = lines.first(where: { $0.hasPrefix(key) }) else { return nil }
    let text = line.split(separator: separator, maxSplits: 1).last ?? ""
    return text.trimmingCharacters(in: CharacterSet(charactersIn: " \t\""))
  }
}
