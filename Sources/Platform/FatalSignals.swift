import Glibc

/// Signals that mean that the process cannot go on. Memory that is mapped from a store is only as sound as its file: where the
/// file is damaged, or the disk cannot read it, a load from it is a SIGBUS or SIGSEGV that nothing can foresee. Such an end gets
/// a line that says so, exit status 1, and a mark in the store's directory, by which the next writer rebuilds it.
public enum FatalSignals {
  /// Name of the file that marks an environment's directory.
  public static let markName = "damaged"

  private static let signals = [SIGBUS, SIGSEGV, SIGILL, SIGTRAP, SIGFPE, SIGABRT]

  /// To be called once, on the main thread, before any other is started. Signals that do not come of a store are told of in
  /// a line too, and then end the process as they would have.
  public static func explain() {
    // A handler must not allocate, nor be the first to ask for what is made when first asked for.
    _ = written
    text = .allocate(capacity: capacity)
    previous = .allocate(capacity: 65)
    var action = sigaction()
    action.__sigaction_handler.sa_sigaction = handle
    action.sa_flags = SA_SIGINFO
    for signal in signals {
      previous!.advanced(by: Int(signal)).initialize(to: sigaction())
      sigaction(signal, &action, previous!.advanced(by: Int(signal)))
    }
  }

  /// True once ``explain()`` was called.
  public static var areExplained: Bool { text != nil }

  /// From now on, until ``endWriting()``, the calling thread writes to the environment in a directory: LMDB then moves what is
  /// on its pages about in memory, and a damaged page can lead it anywhere. A fault there is taken for the store's.
  public static func beginWriting(to directory: String) {
    endWriting()
    pthread_setspecific(written, strdup(directory))
  }

  public static func endWriting() {
    free(pthread_getspecific(written))
    pthread_setspecific(written, nil)
  }

  /// Ends the process for a store found damaged. To be called after ``explain()``, or nothing is said; `directory` is the
  /// environment's.
  public static func endForDamage(of directory: UnsafePointer<CChar>?) -> Never {
    if let directory, let text {
      let length = min(strlen(directory), capacity - 64)
      memcpy(text, directory, length)
      tell(text, length)
    }
    _exit(1)
  }

  fileprivate static let capacity = 256 << 10

  /// Says what is wrong with the environment in the directory at the start of `path`, which has room behind it, and marks it.
  fileprivate static func tell(_ path: UnsafeMutablePointer<UInt8>, _ length: Int) {
    say("ptwatch: ")
    // A name must not steer the terminal.
    for index in 0..<length { saying(path[index] < 0x20 || path[index] == 0x7F ? UInt8(ascii: "?") : path[index]) }
    say(": the store is damaged, or the disk cannot read it; it has to be rebuilt by a full ingest\n")
    append("/damaged\0", to: path, length)
    let mark = UnsafeRawPointer(path).assumingMemoryBound(to: CChar.self)
    let file = open(mark, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    if file < 0 { return }
    write("a page of it cannot be read\n", to: file)
    close(file)
  }

  fileprivate static func say(_ text: StaticString) { write(text, to: STDERR_FILENO) }

  private static func saying(_ byte: UInt8) {
    var byte = byte
    _ = Glibc.write(STDERR_FILENO, &byte, 1)
  }

  private static func write(_ text: StaticString, to file: CInt) {
    _ = Glibc.write(file, text.utf8Start, text.utf8CodeUnitCount)
  }

  private static func append(_ text: StaticString, to bytes: UnsafeMutablePointer<UInt8>, _ length: Int) {
    memcpy(bytes + length, text.utf8Start, text.utf8CodeUnitCount)
  }
}

// SAFETY: written by `explain()` before there is a second thread, or a handler; read by handlers.
nonisolated(unsafe) private var text: UnsafeMutablePointer<UInt8>?
nonisolated(unsafe) private var previous: UnsafeMutablePointer<sigaction>?
/// Of each thread the directory of the environment that it writes to.
private let written = {
  var key = pthread_key_t()
  pthread_key_create(&key, free)
  return key
}()

private func handle(
  _ signal: CInt, _ info: UnsafeMutablePointer<siginfo_t>?, _ context: UnsafeMutableRawPointer?
) {
  if let info, signal == SIGBUS || signal == SIGSEGV, let text {
    let address = UInt(bitPattern: info.pointee._sifields._sigfault.si_addr)
    let length = readMaps(into: text)
    var environment = mapping(of: address, "/data.mdb", text, length)
    // LMDB itself, led to an address that is nobody's.
    if environment == nil, mapping(of: instruction(context), "/liblmdb.so.0.0.0", text, length) != nil {
      environment = mapping(of: nil, "/data.mdb", text, length)
    }
    if let environment {
      FatalSignals.tell(environment.start, environment.length)
      _exit(1)
    }
  }
  let isOfMemory = signal == SIGBUS || signal == SIGSEGV || signal == SIGABRT
  if isOfMemory, let directory = pthread_getspecific(written) {
    FatalSignals.endForDamage(of: directory.assumingMemoryBound(to: CChar.self))
  }
  FatalSignals.say("ptwatch: it has come upon a fault of its own; the store holds all that was committed before\n")
  // The instruction, or abort(), comes again, and ends the process as it would have.
  if let previous { sigaction(signal, previous.advanced(by: Int(signal)), nil) }
}

private func readMaps(into text: UnsafeMutablePointer<UInt8>) -> Int {
  let file = open("/proc/self/maps", O_RDONLY | O_CLOEXEC)
  if file < 0 { return 0 }
  var length = 0
  // What is left over is room for a name behind a path.
  while length < FatalSignals.capacity - 64 {
    let count = read(file, text + length, FatalSignals.capacity - 64 - length)
    if count <= 0 { break }
    length += count
  }
  close(file)
  return length
}

/// Where the signal has come upon the thread; 0 where that is not known.
private func instruction(_ context: UnsafeMutableRawPointer?) -> UInt {
  guard let machine = context?.assumingMemoryBound(to: ucontext_t.self).pointee.uc_mcontext else { return 0 }
  #if arch(x86_64)
    return UInt(truncatingIfNeeded: machine.gregs.16)
  #elseif arch(arm64)
    return UInt(machine.pc)
  #else
    return 0
  #endif
}

/// The directory of the file of that name that is mapped at an address, or anywhere, by the kernel's list of what is mapped:
/// lines of `from-to flags offset device inode path`.
private func mapping(
  of address: UInt?, _ name: StaticString, _ text: UnsafeMutablePointer<UInt8>, _ length: Int
) -> (start: UnsafeMutablePointer<UInt8>, length: Int)? {
  var line = 0
  while line < length {
    var end = line
    while end < length, text[end] != UInt8(ascii: "\n") { end += 1 }
    var place = line
    let from = hexadecimal(text, &place)
    place += 1
    let to = hexadecimal(text, &place)
    if address.map({ from <= $0 && $0 < to }) ?? true {
      while place < end, text[place] != UInt8(ascii: "/") { place += 1 }
      let count = end - place - name.utf8CodeUnitCount
      if count > 0, memcmp(text + place + count, name.utf8Start, name.utf8CodeUnitCount) == 0 {
        return (text + place, count)
      }
    }
    line = end + 1
  }
  return nil
}

private func hexadecimal(_ text: UnsafeMutablePointer<UInt8>, _ place: inout Int) -> UInt {
  var number: UInt = 0
  while true {
    let byte = text[place]
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): number = number << 4 | UInt(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): number = number << 4 | UInt(byte - UInt8(ascii: "a") + 10)
    default: return number
    }
    place += 1
  }
}
