import Glibc
import Platform

/// A child of this program. Its input is a pipe that nobody writes: if it ends with that, it ends when this process does, however
/// that does.
struct ChildProcess: Sendable {
  private let id: pid_t
  private let input: CInt
  /// What it prints.
  let output: CInt

  /// The program that this process runs, with its environment and standard error.
  init(_ arguments: [String]) throws(SystemError) {
    // Found anew by the child, for whom it means the same.
    try self.init("/proc/self/exe", ["ptwatch"] + arguments, environment: nil)
  }

  /// Another, of which the first argument is the name. What it says on standard error goes nowhere.
  init(_ executable: String, _ arguments: [String], environment: [String]) throws(SystemError) {
    try self.init(executable, arguments, environment: .some(environment))
  }

  private init(_ executable: String, _ arguments: [String], environment: [String]?) throws(SystemError) {
    let (theirInput, input) = try Self.pipe()
    let (output, theirOutput) = try Self.pipe()
    defer {
      close(theirInput)
      close(theirOutput)
    }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, theirInput, STDIN_FILENO)
    posix_spawn_file_actions_adddup2(&actions, theirOutput, STDOUT_FILENO)
    if environment != nil { posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0) }
    let words = arguments.map { strdup($0) } + [nil]
    let variables = (environment ?? []).map { strdup($0) } + [nil]
    defer { for word in words + variables { free(word) } }
    var id = pid_t()
    let code =
      if environment == nil {
        posix_spawn(&id, executable, &actions, nil, words, environ)
      } else {
        posix_spawn(&id, executable, &actions, nil, words, variables)
      }
    guard code == 0 else {
      close(input)
      close(output)
      throw SystemError("start", arguments[0], code: code)
    }
    self.id = id
    self.input = input
    self.output = output
  }

  /// Tells it to end.
  func end() { close(input) }

  /// Waits until it has ended, and returns its exit status. To be called once, after ``end()`` or the end of its output.
  @discardableResult
  func wait() -> CInt {
    close(output)
    var status: CInt = 0
    while waitpid(id, &status, 0) < 0, errno == EINTR {}
    return status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + status & 0x7F
  }

  /// Of which children inherit nothing that they are not given.
  private static func pipe() throws(SystemError) -> (read: CInt, write: CInt) {
    var ends: [CInt] = [0, 0]
    if Glibc.pipe(&ends) != 0 { throw SystemError("make", "a pipe") }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    return (ends[0], ends[1])
  }
}
