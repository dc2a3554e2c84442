import ArgumentParser

/// Ends commands that fail: one line on standard error, exit status 1.
enum Complaint {
  static func reporting(_ body: () throws -> Void) throws {
    do {
      try body()
    } catch let exit as ExitCode {
      throw exit
    } catch let usage as ValidationError {
      throw usage
    } catch {
      report("\(error)")
      throw ExitCode(1)
    }
  }

  /// Something that goes wrong, or is worth knowing, in one line.
  static func report(_ line: String) { StandardStream.error.write("ptwatch: \(line)\n") }
}
