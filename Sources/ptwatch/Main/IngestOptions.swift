import ArgumentParser
import Platform

/// What is ingested, and with what means.
struct IngestOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("Where the store lies, PATH or lmdb:PATH (default: <dir>/.ptwatch).", valueName: "path"),
    completion: .directory,
    transform: StoreArgument.parsing)
  var db: StoreArgument?

  @Option(help: ArgumentHelp("Threads that parse (default: all cores).", valueName: "n"))
  var jobs: Int?

  @Option(
    help: ArgumentHelp("Files larger than this are listed, not parsed: bytes, or with k, M or G.", valueName: "size"))
  var maxFileSize = ByteCount.standard

  @Option(help: ArgumentHelp("Leave out what matches, in .gitignore syntax; may be repeated.", valueName: "glob"))
  var exclude: [String] = []

  @Flag(inversion: .prefixedNo, help: "Obey .gitignore, .ignore and git's own excludes.")
  var ignore = true

  @Option(
    defaultAsFlag: PollInterval.standard, parsing: .next,
    help: ArgumentHelp(
      "List the whole tree every so many seconds, for file systems that do not tell of changes.", valueName: "seconds"))
  var poll: PollInterval?

  mutating func validate() throws {
    try PollInterval.validate(poll, CommandLine.arguments)
    if let jobs, !(1...256).contains(jobs) { throw ValidationError("--jobs takes a number from 1 to 256, not \(jobs)") }
  }

  /// Those that decide which files are in the graph and what is extracted from them, as they would be given; none for
  /// what is the default.
  var arguments: [String] {
    var arguments = exclude.flatMap { ["--exclude=\($0)"] }
    if !ignore { arguments.append("--no-ignore") }
    if maxFileSize != ByteCount.standard { arguments.append("--max-file-size=\(maxFileSize.bytes)") }
    return arguments
  }

  var threads: Int { jobs ?? ParallelWork.processors }
}

/// A number of bytes, as people write it: `500k`, `10M`, `1G`.
struct ByteCount: ExpressibleByArgument, Equatable {
  let bytes: Int

  static let standard = ByteCount(bytes: 10 << 20)

  /// The parser holds positions in 32 bits, and facts may take twice as much.
  static let most = 1 << 30

  init(bytes: Int) { self.bytes = bytes }

  init?(argument: String) {
    let units: [Character: Int] = ["k": 1 << 10, "m": 1 << 20, "g": 1 << 30]
    var digits = argument[...]
    var unit = 1
    if let last = argument.lowercased().last, let factor = units[last] {
      unit = factor
      digits = digits.dropLast()
    }
    guard let number = Int(digits), number > 0 else { return nil }
    let (bytes, overflow) = number.multipliedReportingOverflow(by: unit)
    guard !overflow else { return nil }
    self.bytes = min(bytes, Self.most)
  }

  var defaultValueDescription: String { "\(bytes >> 20)M" }
}

/// What is shown, and how.
struct OutputOptions: ParsableArguments {
  @Flag(help: "Print JSON, one object a line, for programs.")
  var json = false

  @Flag(help: "Print nothing but what goes wrong.")
  var quiet = false

  @Flag(help: "List every bad file and every name that changed.")
  var verbose = false

  @Option(help: "Colours: auto, always or never (auto obeys NO_COLOR).")
  var color = ColorChoice.auto
}
