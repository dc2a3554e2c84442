import Glibc

/// A plain thread with a name, for work that must not run on Swift's cooperative pool: long computations, and libraries
/// that belong to one thread. It has to be joined.
public struct NamedThread: ~Copyable {
  private let id: pthread_t

  /// Starts a thread. `name` is cut to 15 bytes, the kernel's limit.
  public init(_ name: String, _ body: @escaping @Sendable () -> Void) throws(SystemError) {
    id = try startThread(name, body)
  }

  /// Waits until the thread's body has returned.
  public consuming func join() { pthread_join(id, nil) }

  /// Makes a system call that the thread may be waiting in return with `EINTR`; see ``Signals/allowInterrupts()``.
  public borrowing func interrupt() { pthread_kill(id, Signals.interruptSignal) }
}

/// Several threads that run the same body. They have to be joined.
public struct ThreadGroup: ~Copyable {
  private var ids: [pthread_t] = []

  /// Starts `count` threads; if one cannot be had, those before it are joined, after `cancel`, by which their bodies have to end.
  public init(
    _ name: String, count: Int, cancel: () -> Void = {}, _ body: @escaping @Sendable () -> Void
  ) throws(SystemError) {
    for _ in 0..<count {
      do throws(SystemError) {
        ids.append(try startThread(name, body))
      } catch {
        cancel()
        for id in ids { pthread_join(id, nil) }
        throw error
      }
    }
  }

  /// Waits until the body has returned on all threads.
  public consuming func join() {
    for id in ids { pthread_join(id, nil) }
  }
}

private func startThread(_ name: String, _ body: @escaping @Sendable () -> Void) throws(SystemError) -> pthread_t {
  let start = Unmanaged.passRetained(ThreadStart(name: name, body: body))
  var id = pthread_t()
  let code = pthread_create(&id, nil, runThread, start.toOpaque())
  guard code == 0 else {
    start.release()
    throw SystemError("start a thread", name, code: code)
  }
  return id
}

private final class ThreadStart: Sendable {
  let name: String
  let body: @Sendable () -> Void

  init(name: String, body: @escaping @Sendable () -> Void) {
    self.name = name
    self.body = body
  }
}

private func runThread(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  let start = Unmanaged<ThreadStart>.fromOpaque(argument!).takeRetainedValue()
  Signals.unblockInterrupts()
  nameThisThread(start.name)
  start.body()
  return nil
}

/// By the kernel's file, since `pthread_setname_np` is hidden from Swift. A name is for debuggers: failing is no harm.
private func nameThisThread(_ name: String) {
  let file = open("/proc/thread-self/comm", O_WRONLY | O_CLOEXEC)
  guard file >= 0 else { return }
  let bytes = Array(name.utf8.prefix(15))
  _ = write(file, bytes, bytes.count)
  close(file)
}
