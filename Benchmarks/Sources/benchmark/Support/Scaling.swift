/// What more cores would give, on paper, by Amdahl's law from one run's own trace.
struct Scaling {
  /// Seconds that stay as they are: those in which fewer than all workers ran.
  private let serial: Double
  /// Worker seconds that more workers share.
  private let shared: Double
  /// What one thread does meanwhile, in seconds: no number of workers ends before it.
  private let single: Double
  private let whole: Double

  init(_ run: Ingest.Result, workers: Int) {
    whole = run.cost.seconds
    serial = run.serial
    shared = max(0, whole - serial) * Double(workers)
    single = max(run.report.walkSeconds, run.report.writeSeconds)
  }

  /// In percent of the whole process's time.
  var serialPercent: Double { serial / whole * 100 }

  /// Times as fast as with one worker.
  func speedUp(cores: Int) -> Double { (serial + shared) / (serial + max(shared / Double(cores), single)) }
}
