import Glibc
import Platform

/// A child of this program that runs the same program. Its input is a pipe that nobody writes: it ends when this process ends,
/// however it does. Its standard error is this process's.
struct ChildProcess: Sendable {
  private let id: pid_t
  private let input: CInt
  /// What it prints.
  let output: CInt

  init(_ arguments: [String]) throws(SystemError) {
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
    var words = (["ptwatch"] + arguments).map { strdup($0) }
    words.append(nil)
    defer { for word in words { free(word) } }
    var id = pid_t()
    // Found anew by the child, for whom it means the same.
    let code = posix_spawn(&id, "/proc/self/exe", &actions, nil, words, environ)
    guard code == 0 else {
      close(input)
      close(output)
      throw SystemError("start", "ptwatch", code: code)
    }
    self.id = id
    self.input = input
    self.output = output
  }

  /// Tells it to end.
  func end() { close(input) }

  /// Waits until it has ended. To be called once, after ``end()`` or the end of its output.
  func wait() {
    var status: CInt = 0
    while waitpid(id, &status, 0) < 0, errno == EINTR {}
    close(output)
  }

  /// Of which children inherit nothing that they are not given.
  private static func pipe() throws(SystemError) -> (read: CInt, write: CInt) {
    var ends: [CInt] = [0, 0]
    if Glibc.pipe(&ends) != 0 { throw SystemError("make", "a pipe") }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    return (ends[0], ends[1])
  }
}
