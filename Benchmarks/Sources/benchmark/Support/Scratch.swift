import Foundation

/// A directory for what a benchmark makes, gone when this is.
final class Scratch {
  /// Absolute, without links.
  let path: String

  init(_ options: CommonOptions) throws {
    var template = Array("\(options.scratch)/ptwatch-benchmark-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil, let resolved = realpath(template, nil) else {
      throw Failure("cannot make a directory in \(options.scratch); name another with --scratch")
    }
    defer { free(resolved) }
    path = String(cString: resolved)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Makes a directory.
  func directory(_ name: String) throws -> String {
    let directory = "\(path)/\(name)"
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    return directory
  }
}
