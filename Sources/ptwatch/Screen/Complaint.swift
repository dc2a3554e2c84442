import ArgumentParser
import Glibc
import Graph
import Platform
import Store

/// A failure that is one clear line: what, where, what to do.
struct Failure: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}

/// Says what goes wrong, on standard error.
enum Complaint {
  /// Runs a command: what it throws becomes one line and exit status 1. A reader of its output that goes away is no
  /// failure.
  static func reporting(_ body: () throws -> Void) throws {
    // A write to a closed pipe, or past the limit of a file's size, is to be an error, not the end.
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
    FatalSignals.explain()
    do {
      try body()
    } catch let exit as ExitCode {
      throw exit
    } catch let usage as ValidationError {
      throw usage
    } catch OutputFailure.closed {
      return
    } catch {
      (error as? StoreError)?.markDamage()
      report("\(error)")
      throw ExitCode.failure
    }
  }

  /// Something that goes wrong, or is worth knowing, in one line. Where nobody hears it, it is not said.
  static func report(_ line: String) { try? StandardStream.error.say("ptwatch: \(printable(line))") }
}

/// Text that may hold anything, made fit for a terminal.
func printable(_ text: String) -> String { Escaping.printable(text.utf8) }
