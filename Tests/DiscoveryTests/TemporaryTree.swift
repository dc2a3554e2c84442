import Discovery
import Foundation
import Glibc
import Graph
import Platform

/// A directory of its own for one test, removed with it. Paths are relative to it.
final class TemporaryTree {
  let path: String

  init() {
    var template = Array("/tmp/ptwatch-discovery-XXXXXX".utf8CString)
    path = String(cString: mkdtemp(&template)!)
  }

  deinit { _ = try? run("/bin/rm", ["-rf", path]) }

  func directory(_ name: [UInt8]) {
    var opened = open(path, O_RDONLY | O_DIRECTORY)
    for component in name.split(separator: UInt8(ascii: "/")) {
      let next = withName(component) {
        _ = mkdirat(opened, $0, 0o755)
        return openat(opened, $0, O_RDONLY | O_DIRECTORY)
      }
      precondition(next >= 0, "cannot make \(name)")
      close(opened)
      opened = next
    }
    close(opened)
  }

  func directory(_ name: String) { directory(Array(name.utf8)) }

  func file(_ name: [UInt8], _ content: [UInt8] = []) {
    let path = TreePath(bytes: name)
    directory(path.parent.bytes)
    let file = withName(Array(self.path.utf8) + [UInt8(ascii: "/")] + name) {
      open($0, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    }
    precondition(file >= 0 && write(file, content, content.count) == content.count, "cannot write \(path)")
    close(file)
  }

  func file(_ name: String, _ content: String = "") { file(Array(name.utf8), Array(content.utf8)) }

  func link(_ name: String, to target: String) { precondition(symlink(target, "\(path)/\(name)") == 0) }

  func remove(_ name: String) { _ = try? run("/bin/rm", ["-rf", "\(path)/\(name)"]) }

  func opened(_ name: String = "") throws -> Directory { try Directory(name.isEmpty ? path : "\(path)/\(name)") }

  /// Rules that see nothing of the configuration of whoever runs the tests.
  func rules(_ root: String = "", _ options: IgnoreOptions = IgnoreOptions(environment: [:])) throws -> IgnoreRules {
    IgnoreRules(root: try opened(root), options: options)
  }

  /// Runs git in the tree; its standard output.
  func git(_ arguments: [String], input: [UInt8] = [], environment: [String: String] = [:]) throws -> [UInt8] {
    try run("/usr/bin/env", ["git", "-C", path] + arguments, input: input, environment: environment)
  }

  private func withName<R>(_ name: some Collection<UInt8>, _ body: (UnsafePointer<CChar>) -> R) -> R {
    (name.map { CChar(bitPattern: $0) } + [0]).withUnsafeBufferPointer { body($0.baseAddress!) }
  }
}

struct CommandFailure: Error {
  var status: Int32
}

/// Runs a command to its end; its standard output. Status 1, by which git says "none", is no failure.
@discardableResult
func run(
  _ command: String, _ arguments: [String], input: [UInt8] = [], environment: [String: String] = [:]
) throws -> [UInt8] {
  let process = Process()
  process.executableURL = URL(fileURLWithPath: command)
  process.arguments = arguments
  let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
  process.environment = environment.merging(["PATH": path, "GIT_CONFIG_NOSYSTEM": "1"]) { old, _ in old }
  // Through files, so that neither side waits for a full pipe.
  let files = (stdin: tmpfile()!, stdout: tmpfile()!)
  defer {
    fclose(files.stdin)
    fclose(files.stdout)
  }
  precondition(pwrite(fileno(files.stdin), input, input.count, 0) == input.count)
  process.standardInput = FileHandle(fileDescriptor: fileno(files.stdin))
  process.standardOutput = FileHandle(fileDescriptor: fileno(files.stdout))
  try process.run()
  process.waitUntilExit()
  guard process.terminationStatus <= 1 else { throw CommandFailure(status: process.terminationStatus) }
  var status = stat()
  fstat(fileno(files.stdout), &status)
  var output = [UInt8](repeating: 0, count: Int(status.st_size))
  precondition(pread(fileno(files.stdout), &output, output.count, 0) == output.count)
  return output
}

/// What one walk reported.
struct Walk {
  var found: [FoundFile] = []
  var listed: [TreePath] = []
  var problems: [WalkProblem] = []
  var isComplete = false

  var paths: [String] { found.map { String(decoding: $0.path.bytes, as: UTF8.self) } }
  var directories: [String] { listed.map { String(decoding: $0.bytes, as: UTF8.self) } }

  init(
    _ root: Directory, _ rules: IgnoreRules, from start: String = "", stop: StopFlag = StopFlag(),
    wants: (TreePath) -> Bool = { _ in true }, willList: (TreePath) -> Void = { _ in },
    found onFound: (FoundFile) -> Void = { _ in }
  ) {
    isComplete = TreeWalker(root: root, rules: rules).walk(
      from: TreePath(start), stop: stop, wants: wants,
      willList: {
        listed.append($0)
        willList($0)
      },
      problem: { problems.append($0) },
      found: {
        found.append($0)
        onFound($0)
      })
  }
}
