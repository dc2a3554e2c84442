import Glibc
import Incremental
import Platform
import Store

/// `ptwatch --full <dir>`
struct FullRun {
  private let session: TreeSession
  private let screen: Screen

  init(_ session: TreeSession, _ screen: Screen) {
    self.session = session
    self.screen = screen
  }

  /// Returns the exit status.
  func run() throws -> CInt {
    try session.store.create()
    let lock = try WriterLock(session.store)
    return try withExtendedLifetime(lock) { try ingest() }
  }

  private func ingest() throws -> CInt {
    try Signals.onEnding { [stop = session.stop] _ in stop.set() }
    guard let summary = try Self.ingest(session, screen) else {
      Complaint.report("interrupted; the store is as it was")
      return 130
    }
    let report = SummaryReport(summary)
    if screen.isJSON {
      try StandardStream.output.write(report.json())
    } else if !screen.isQuiet {
      try screen.print(report.text(screen.paint, isVerbose: screen.isVerbose))
    }
    return 0
  }

  /// A full ingest with its progress shown; nil if it was interrupted.
  static func ingest(_ session: TreeSession, _ screen: Screen) throws -> IngestSummary? {
    let progress = IngestProgress()
    let ingest = FullIngest(session.settings, stop: session.stop, progress: progress)
    guard screen.showsProgress else { return try ingest.run(into: session.store, identity: session.identity) }
    let bar = try ProgressBar(progress, screen)
    let result = Result { try ingest.run(into: session.store, identity: session.identity) }
    bar.end()
    return try result.get()
  }
}
