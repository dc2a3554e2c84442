/// Which file of settings counts. It is said by options that every command has, and that are taken off before a command is
/// parsed: the parser would spend more on them at each start than all the rest of settings costs.
struct SettingsSource {
  /// `--config FILE`
  private var path: String?
  /// `--no-config`
  private var isNone = false

  /// Takes its options out of a command line. Throws ``SettingsError``.
  init(takenFrom arguments: inout [String]) throws {
    var index = 0
    while index < arguments.count, arguments[index] != "--" {
      let word = arguments[index]
      if word == "--no-config" {
        isNone = true
        arguments.remove(at: index)
      } else if word == "--config" {
        guard index + 1 < arguments.count else { throw SettingsError("--config wants a file") }
        path = arguments[index + 1]
        arguments.removeSubrange(index...index + 1)
      } else if word.hasPrefix("--config=") {
        path = String(word.dropFirst("--config=".count))
        arguments.remove(at: index)
      } else {
        index += 1
      }
    }
    if isNone && path != nil { throw SettingsError("--config and --no-config: leave one out") }
  }

  /// Nil if there is none. Throws ``Failure`` where the environment is wrong.
  func file() throws -> String? { isNone ? nil : try path ?? Settings.standardFile() }
}
