import Glibc
import Graph
import Incremental
import Platform

/// The end of a full ingest, for people or programs.
struct SummaryReport {
  let summary: IngestSummary
  /// Seconds of processor time of the whole process.
  private let cpuSeconds = Double(Clock.processTime) / 1e9
  /// Bytes; the kernel counts mapped files in.
  private let peakMemory: Int

  init(_ summary: IngestSummary) {
    self.summary = summary
    var usage = rusage()
    getrusage(RUSAGE_SELF.rawValue, &usage)
    peakMemory = usage.ru_maxrss * 1024
  }

  private var megabytesPerSecond: Double { Double(summary.bytes) / 1e6 / max(summary.seconds, 1e-6) }
  private var entitiesPerSecond: Int { Int(Double(summary.entities) / max(summary.seconds, 1e-6)) }
  private var cpuUse: Int { Int((cpuSeconds / max(summary.seconds, 1e-6) * 100).rounded()) }
  private var skipped: [(reason: FileProblem, count: Int)] {
    FileProblem.allCases.compactMap { reason in
      let count = summary.problems.count { $0.problem == reason }
      return count == 0 ? nil : (reason, count)
    }
  }

  /// Bad files that are listed unless all are asked for.
  private static let listed = 10

  func text(_ paint: Paint, isVerbose: Bool) -> String {
    var lines = [
      paint("ingested", .good) + " \(Format.plural(summary.filesParsed, "file")) in "
        + paint("\(Format.fixed(summary.seconds, 2)) s", .name)
        + " (\(Format.fixed(megabytesPerSecond, 1)) MB/s, \(Format.count(entitiesPerSecond)) entities/s)",
      row(
        "files",
        "\(Format.count(summary.filesSeen)) seen, \(Format.count(summary.filesParsed)) parsed, "
          + "\(Format.count(summary.filesWithErrors)) with syntax errors"),
      row("source", "\(Format.bytes(summary.bytes)), \(Format.plural(summary.lines, "line"))"),
      row("graph", "\(Format.plural(summary.entities, "entity", "entities")), \(Format.plural(summary.edges, "edge"))"),
      row(
        "store",
        "\(Format.bytes(summary.storeBytes)), generation \(summary.generation), "
          + "merged and synced in \(Format.fixed(summary.storeSeconds, 2)) s"),
      row(
        "process",
        "\(Format.plural(summary.threads, "thread")), CPU \(cpuUse)%, peak memory \(Format.bytes(peakMemory))"),
    ]
    if isVerbose { lines.append(row("stages", stages)) }
    for (reason, count) in skipped { lines.append(row(reason.name, Format.plural(count, "file"))) }
    let shown = isVerbose ? summary.problems[...] : summary.problems.prefix(Self.listed)
    for (path, problem) in shown { lines.append("    \(path): \(problem.name)") }
    if shown.count < summary.problems.count {
      lines.append("    and \(Format.count(summary.problems.count - shown.count)) more; --verbose lists all")
    }
    for line in summary.unreadable { lines.append("    \(line)") }
    return lines.joined(separator: "\n")
  }

  private var stages: String {
    func seconds(_ value: Double) -> String { "\(Format.fixed(value, 2)) s" }
    let stages = summary.stages
    return "walk \(seconds(stages.walk)), parse \(seconds(stages.parse)), write \(seconds(stages.write)) meanwhile; "
      + "fewer than all workers for \(seconds(stages.serial)), idle \(seconds(stages.idle)) in sum"
  }

  private func row(_ name: String, _ text: String) -> String {
    "  \(padded(name, 17)) \(text)"
  }

  func json() -> [UInt8] {
    var line = JSONLine()
    line.begin()
    line.key("t")
    line.value("summary" as StaticString)
    line.key("seconds")
    line.value(summary.seconds)
    line.key("filesSeen")
    line.value(summary.filesSeen)
    line.key("filesParsed")
    line.value(summary.filesParsed)
    line.key("filesWithErrors")
    line.value(summary.filesWithErrors)
    line.key("bytes")
    line.value(summary.bytes)
    line.key("lines")
    line.value(summary.lines)
    line.key("entities")
    line.value(summary.entities)
    line.key("edges")
    line.value(summary.edges)
    line.key("entitiesPerSecond")
    line.value(entitiesPerSecond)
    line.key("megabytesPerSecond")
    line.value(megabytesPerSecond)
    line.key("threads")
    line.value(summary.threads)
    line.key("cpuSeconds")
    line.value(cpuSeconds)
    line.key("peakMemoryBytes")
    line.value(peakMemory)
    line.key("storeBytes")
    line.value(summary.storeBytes)
    line.key("storeSeconds")
    line.value(summary.storeSeconds)
    let stages = summary.stages
    line.key("walkSeconds")
    line.value(stages.walk)
    line.key("parseSeconds")
    line.value(stages.parse)
    line.key("writeSeconds")
    line.value(stages.write)
    line.key("serialSeconds")
    line.value(stages.serial)
    line.key("idleSeconds")
    line.value(stages.idle)
    line.key("generation")
    line.value(summary.generation)
    line.key("problems")
    line.beginArray()
    for (path, problem) in summary.problems {
      line.begin()
      line.key("path")
      line.value(path.bytes)
      line.key("problem")
      line.value(problem.name)
      line.end()
    }
    line.endArray()
    line.end()
    line.endLine()
    return line.bytes
  }
}
