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
      var isDrawn = false
      while case .timedOut = ending.pop(until: MonotonicTime.now.adding(milliseconds: 100)) {
        if screen.isAttached {
          try? WatchOutput(screen).progress(progress)
        } else if !StandardStream.error.isInBackground {
          let columns = (StandardStream.error.columns ?? 80) - 1
          let seconds = MonotonicTime.now.milliseconds(since: begun) / 1000
          try? StandardStream.error.draw(Self.line(progress, seconds: seconds, columns: columns))
          isDrawn = true
        }
      }
      if isDrawn { try? StandardStream.error.wipe() }
    }
  }

  /// Wipes the line.
  consuming func end() {
    ending.close()
    thread.join()
  }

  /// The most that fits. Until the walk is done nobody knows how much there is.
  static func line(_ progress: IngestProgress, seconds: Double, columns: Int) -> String {
    let (files, bytes) = (progress.files, progress.bytes)
    let seconds = max(seconds, 0.001)
    let done = "\(Format.count(files.done)) files"
    let rate = "\(Format.count(Int(Double(files.done) / seconds))) files/s"
    let speed = "\(Format.fixed(Double(bytes.done) / 1e6 / seconds, 1)) MB/s"
    guard progress.isWalkDone, bytes.seen > 0 else {
      return longest([[done, rate, speed], [done, rate], [done]], columns)
    }
    let share = Double(bytes.done) / Double(bytes.seen)
    let percent = "\(Format.fixed(share * 100, 0))%"
    let left = share > 0.02 ? ["\(Format.duration(seconds / share - seconds)) left"] : []
    let all = "\(Format.count(files.done))/\(Format.count(files.seen)) files"
    let figures = longest(
      [
        [percent, all, rate, speed] + left, [percent, all, rate] + left, [percent, all] + left, [percent] + left,
        [percent],
      ],
      columns)
    // The bar takes what they leave.
    let width = min(40, columns - figures.columns - 1)
    if width < 8 { return figures }
    let filled = Int(share * Double(width))
    return String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled) + " " + figures
  }

  private static func longest(_ choices: [[String]], _ columns: Int) -> String {
    choices.lazy.map { $0.joined(separator: "  ") }.first { $0.columns <= columns } ?? ""
  }
}
