import ArgumentParser
import Incremental
import Platform
import Store

struct VerifyCommand: GraphCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Check the store against itself, and against the tree.",
    discussion: """
      Goes through all pages and tables, and lists what does not agree, a fault a line; with --deep every file is parsed anew
      and compared. A store that is damaged is not used again: the next "ptwatch <dir>" rebuilds it. With --sync the tree's
      last changes are taken in first. Exit status: 0 if nothing was found, else 1.

        ptwatch verify ~/src/project
        ptwatch verify --deep --sync .
      """)

  @Argument(help: "The tree.", completion: .directory)
  var directory = "."

  @Flag(help: "Parse every file of the tree anew, and compare.")
  var deep = false

  @OptionGroup var options: ReadingOptions
  @OptionGroup var limit: LimitOption

  func run() throws {
    try Complaint.reporting {
      let begun = MonotonicTime.now
      let store = options.store(of: directory)
      if options.sync { try synchronize(directory: directory, store: store) }
      var faults = Faults(output: options.output(), json: options.json, limit: limit.most)
      let report: StoreAudit.Report
      do {
        report = try StoreAudit.run(store) { faults.add($0) }
      } catch StoreError.noStore {
        throw Failure.noGraph(of: directory, store)
      }
      let isDamaged = faults.count > 0
      if isDamaged { store.markDamaged("ptwatch verify found faults in it") }
      if deep, !isDamaged {
        let reader = try GraphReader(store)
        let snapshot = try reader.snapshot()
        let session = try TreeSession(
          directory: directory, IngestOptions.parse(["--db", store.path] + snapshot.options()), stop: StopFlag())
        try DeepAudit(session.settings).run(snapshot) { faults.add($0) }
      }
      let count = faults.count
      try faults.end(report, ms: MonotonicTime.now.milliseconds(since: begun))
      if count == 0 { return }
      Complaint.report(
        isDamaged
          ? "\(store.path): \(Format.plural(count, "fault")); the next run of ptwatch on the tree rebuilds the store"
          : "\(store.path): \(Format.plural(count, "difference")) from the tree; with --sync its last changes are taken in first"
      )
      throw ExitCode.failure
    }
  }
}

/// Prints faults as they come.
private struct Faults: ~Copyable {
  private var output: Output
  private let json: Bool
  private let limit: Int
  private(set) var count = 0
  private var failure: (any Error)?

  init(output: consuming Output, json: Bool, limit: Int) {
    self.output = output
    self.json = json
    self.limit = limit
  }

  mutating func add(_ fault: StoreFault) {
    count += 1
    if count > limit { return }
    do {
      if json {
        try output.json { line in
          line.key("t")
          line.value("fault" as StaticString)
          line.key("table")
          line.value(fault.table)
          line.key("path")
          if let path = fault.path { line.value(path.bytes) } else { line.null() }
          line.key("detail")
          line.value(fault.detail)
        }
      } else {
        try output.line(fault.description)
      }
    } catch {
      failure = failure ?? error
    }
  }

  consuming func end(_ report: StoreAudit.Report, ms: Double) throws {
    if let failure { throw failure }
    if json {
      try output.json { line in
        line.key("t")
        line.value("verified" as StaticString)
        line.key("generation")
        line.value(report.generation)
        line.key("files")
        line.value(report.files)
        line.key("rows")
        line.value(report.rows)
        line.key("faults")
        line.value(count)
        line.key("ms")
        line.value(ms)
      }
    } else if count == 0 {
      try output.line(
        "sound: \(Format.plural(report.files, "file")), \(Format.plural(report.rows, "row")), generation \(report.generation)"
      )
    } else if count > limit {
      try output.line("and \(Format.count(count - limit)) more; --limit 0 for all")
    }
    try output.flush()
  }
}
