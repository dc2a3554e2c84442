import Foundation
import Testing

/// What the kernel tells of a running process.
struct KernelAccount {
  let process: Int32

  /// Inodes of all that it watches by inotify.
  func watchedInodes() throws -> Set<UInt64> {
    var inodes: Set<UInt64> = []
    for descriptor in try names("fdinfo") {
      guard let text = text("fdinfo/\(descriptor)") else { continue }
      for line in text.split(separator: "\n") where line.hasPrefix("inotify ") {
        let field = try #require(line.split(separator: " ").first { $0.hasPrefix("ino:") })
        inodes.insert(try #require(UInt64(field.dropFirst(4), radix: 16)))
      }
    }
    return inodes
  }

  func watches(_ directory: URL) throws -> Bool {
    var status = stat()
    try #require(lstat(directory.path, &status) == 0)
    return try watchedInodes().contains(UInt64(status.st_ino))
  }

  /// How often each of its threads gave up the processor to wait for something: what sleeps does not count up.
  func waits() throws -> [String: Int] {
    var waits: [String: Int] = [:]
    for thread in try names("task") {
      let lines = text("task/\(thread)/status")?.split(separator: "\n") ?? []
      let line = lines.first { $0.hasPrefix("voluntary_ctxt_switches:") }
      waits[thread] = line.flatMap { Int($0.split(separator: "\t")[1]) }
    }
    return waits
  }

  /// The same, once nothing has been done for longer than the second after which a root that may be empty is looked at.
  func waitsAtRest() throws -> [String: Int] {
    var last = try waits()
    var looks = 0
    while looks < 25 {
      usleep(50_000)
      let next = try waits()
      looks = next == last ? looks + 1 : 0
      last = next
    }
    return last
  }

  private func names(_ folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: "/proc/\(process)/\(folder)")
  }

  private func text(_ file: String) -> String? {
    try? String(contentsOfFile: "/proc/\(process)/\(file)", encoding: .utf8)
  }
}
