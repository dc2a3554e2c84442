import Incremental
import Platform

/// Says how far an ingest is, ten times a second: on a terminal's last line, or to the program that reads it.
struct ProgressBar: ~Copyable {
  private let thread: NamedThread
  private let ending: BoundedQueue<Void>

  /// Says it until `end()`.
  init(_ progress: IngestProgress, _ screen: Screen) throws(SystemError) {
    let ending = BoundedQueue<Void>(capacity: 1)
    self.ending = ending
    let begun = MonotonicTime.now
    thread = try NamedThread("progress") {
      while case .timedOut = ending.pop(until: MonotonicTime.now.adding(milliseconds: 100)) {
        if screen.isAttached {
          try? WatchOutput(screen).progress(progress)
        } else {
          Self.draw(progress, seconds: MonotonicTime.now.milliseconds(since: begun) / 1000)
        }
      }
      if !screen.isAttached { try? StandardStream.error.write("\r\u{1B}[K") }
    }
  }

  /// Wipes the line.
  consuming func end() {
    ending.close()
    thread.join()
  }

  private static func draw(_ progress: IngestProgress, seconds: Double) {
    let columns = StandardStream.error.columns ?? 80
    try? StandardStream.error.write("\r" + line(progress, seconds: seconds, columns: columns) + "\u{1B}[K")
  }

  /// Until the walk is done nobody knows how much there is; from then on the bar takes what the figures leave of the line.
  static func line(_ progress: IngestProgress, seconds: Double, columns: Int) -> String {
    let (files, bytes) = (progress.files, progress.bytes)
    let seconds = max(seconds, 0.001)
    let rate =
      "\(Format.count(Int(Double(files.done) / seconds))) files/s  "
      + "\(Format.fixed(Double(bytes.done) / 1e6 / seconds, 1)) MB/s"
    guard progress.isWalkDone, bytes.seen > 0 else {
      return String("\(Format.count(files.done)) files  \(rate)".prefix(max(0, columns - 1)))
    }
    let share = Double(bytes.done) / Double(bytes.seen)
    var figures = "\(Format.count(files.done))/\(Format.count(files.seen)) files  \(rate)"
    if share > 0.02 { figures += "  \(Format.fixed(seconds / share - seconds, 0)) s left" }
    let width = min(40, columns - figures.count - 10)
    guard width >= 8 else { return String(figures.prefix(max(0, columns - 1))) }
    let filled = Int(share * Double(width))
    let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
    return "\(bar) \(Format.fixed(share * 100, 0))%  \(figures)"
  }
}
