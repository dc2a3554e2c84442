import Foundation
import Platform

/// A program that was started. `posix_spawn` and `wait4` themselves, since what Foundation does around them takes
/// milliseconds.
struct Child {
  let id: pid_t

  /// Standard input comes from `input`; standard output goes to `output`, errors to `errors`: paths of files, the latter
  /// made anew.
  init(
    _ arguments: [String], input: String = "/dev/null", output: String = "/dev/null", errors: String = "/dev/stderr"
  ) throws {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    let flags = O_WRONLY | O_CREAT | O_TRUNC | O_APPEND
    posix_spawn_file_actions_addopen(&actions, 0, input, O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, output, flags, 0o600)
    if errors != "/dev/stderr" { posix_spawn_file_actions_addopen(&actions, 2, errors, flags, 0o600) }
    var words = arguments.map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    var id = pid_t()
    let code = posix_spawnp(&id, arguments[0], &actions, nil, &words, environ)
    guard code == 0 else { throw SystemError("run", arguments[0], code: code) }
    self.id = id
  }

  /// Waits for its end. Status as a shell has it: 128 and the signal's number if one ended it.
  func wait() -> (status: Int32, usage: rusage) {
    var (status, usage): (Int32, rusage) = (0, rusage())
    while wait4(id, &status, 0, &usage) < 0, errno == EINTR {}
    return (Self.status(status), usage)
  }

  /// Its status if it has ended.
  func statusIfEnded() -> Int32? {
    var status: Int32 = 0
    return waitpid(id, &status, WNOHANG) == id ? Self.status(status) : nil
  }

  private static func status(_ raw: Int32) -> Int32 { raw & 0x7F == 0 ? (raw >> 8) & 0xFF : 128 + raw & 0x7F }

  /// Time that a program took, in milliseconds.
  struct Cost {
    var ms: Double
    /// Of all cores.
    var cpuMs: Double
    /// Most memory of its own at any time, in bytes; 0 if it was too short to be looked at.
    var memory = 0

    var seconds: Double { ms / 1e3 }
  }

  /// Runs a program to its end, which must be good.
  @discardableResult
  static func run(
    _ arguments: [String], input: String = "/dev/null", output: String = "/dev/null", errors: String = "/dev/stderr"
  ) throws -> Cost {
    let begun = MonotonicTime.now
    let child = try Child(arguments, input: input, output: output, errors: errors)
    let memory = PeakMemory(of: child.id)
    let (status, usage) = child.wait()
    let ms = MonotonicTime.now.milliseconds(since: begun)
    if status != 0 { throw Failure("'\(arguments.joined(separator: " "))' ended with status \(status)") }
    let cpu = [usage.ru_utime, usage.ru_stime].map { Double($0.tv_sec) * 1e3 + Double($0.tv_usec) / 1e3 }
    return Cost(ms: ms, cpuMs: cpu[0] + cpu[1], memory: memory.end())
  }
}

extension Child {
  /// Runs a program to its end; what it printed, without the last line's end.
  static func printed(
    by arguments: [String], in scratch: Scratch, errors: String = "/dev/stderr"
  ) throws -> String {
    let file = "\(scratch.path)/printed"
    try run(arguments, output: file, errors: errors)
    return try String(contentsOfFile: file, encoding: .utf8).trimmingCharacters(in: .newlines)
  }
}

/// Waits for a condition, which is looked at every `pause` microseconds.
func waitFor(_ what: String, every pause: Int = 200, seconds: UInt64 = 600, _ isMet: () throws -> Bool) throws {
  let deadline = MonotonicTime.now.adding(milliseconds: seconds * 1000)
  while try !isMet() {
    if MonotonicTime.now > deadline { throw Failure("waited for \(what) for \(seconds) s") }
    usleep(UInt32(pause))
  }
}
