import Glibc

/// Signals of the process. Those that end it are blocked in all threads and taken by one that waits for them, so that no
/// handler ever runs in the middle of other work.
public enum Signals {
  /// A hang-up does not end what was started to ignore it, as `nohup` starts a program.
  public static let ending: [CInt] = isIgnored(SIGHUP) ? [SIGINT, SIGTERM] : [SIGINT, SIGTERM, SIGHUP]
  static let interruptSignal = SIGUSR1

  /// Blocks the signals that end the process, and ignores SIGPIPE (a write to a closed pipe then fails with `EPIPE`).
  /// To be called on the main thread before any other is started: threads inherit the mask.
  public static func blockEnding() {
    var set = endingSet()
    pthread_sigmask(SIG_BLOCK, &set, nil)
    signal(SIGPIPE, SIG_IGN)
  }

  /// Starts a thread that waits for the signals in ``ending`` for as long as the process lives. The first is handed to
  /// `body`, on that thread; a second ends the process at once, as if it had not been blocked. They must be blocked.
  public static func onEnding(_ body: @escaping @Sendable (CInt) -> Void) throws(SystemError) {
    _ = try NamedThread("signals") {
      body(waitForEnding())
      _exit(128 + waitForEnding())
    }
  }

  private static func waitForEnding() -> CInt {
    var set = endingSet()
    var received: CInt = 0
    while sigwait(&set, &received) != 0 {}
    return received
  }

  /// Gives the interrupt signal a handler that does nothing, so that ``NamedThread/interrupt()`` only wakes.
  public static func allowInterrupts() {
    var action = sigaction()
    action.__sigaction_handler.sa_handler = doNothing
    sigaction(interruptSignal, &action, nil)
  }

  /// Lets the interrupt signal through to the calling thread: threads inherit the mask, and those of libdispatch block it.
  static func unblockInterrupts() {
    var set = sigset_t()
    sigemptyset(&set)
    sigaddset(&set, interruptSignal)
    pthread_sigmask(SIG_UNBLOCK, &set, nil)
  }

  private static func isIgnored(_ signal: CInt) -> Bool {
    var action = sigaction()
    guard sigaction(signal, nil, &action) == 0 else { return false }
    return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
  }

  private static func endingSet() -> sigset_t {
    var set = sigset_t()
    sigemptyset(&set)
    for signal in ending { sigaddset(&set, signal) }
    return set
  }
}

private func doNothing(_: CInt) {}
