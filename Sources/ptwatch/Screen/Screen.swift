/// What the options and the streams say about how to show things.
struct Screen: Sendable {
  let isJSON: Bool
  let isQuiet: Bool
  let isVerbose: Bool
  /// True where a program that started this one reads what it prints.
  let isAttached: Bool
  /// True where a line may be drawn over and over.
  let showsProgress: Bool
  /// For standard output.
  let paint: Paint
  /// For standard error.
  let notePaint: Paint

  init(_ options: OutputOptions, isAttached: Bool = false) {
    isJSON = options.json || isAttached
    self.isAttached = isAttached
    isQuiet = options.quiet
    isVerbose = options.verbose
    paint = options.color.paint(for: .output)
    notePaint = options.color.paint(for: .error)
    showsProgress = isAttached || !options.quiet && StandardStream.error.canMoveCursor
  }

  /// A line of the main job's output.
  func print(_ line: String) throws(OutputFailure) { try StandardStream.output.say(line) }

  /// Something on the side, which `--quiet` and programs do without.
  func note(_ line: String) {
    if !isQuiet && !isJSON { try? StandardStream.error.say(line) }
  }
}

/// Numbers for people.
enum Format {
  static func count(_ number: Int) -> String {
    var out = ""
    for (index, digit) in String(number).reversed().enumerated() {
      if index > 0 && index % 3 == 0 { out.append(",") }
      out.append(digit)
    }
    return String(out.reversed())
  }

  static func fixed(_ number: Double, _ decimals: Int) -> String {
    var scale = 1.0
    for _ in 0..<decimals { scale *= 10 }
    let scaled = Int((number * scale).rounded())
    if decimals == 0 { return String(scaled) }
    let rest = String(scaled % Int(scale))
    return "\(scaled / Int(scale)).\(String(repeating: "0", count: decimals - rest.count))\(rest)"
  }

  static func bytes(_ number: Int) -> String {
    let units = ["B", "kB", "MB", "GB", "TB"]
    var value = Double(number)
    var unit = 0
    while value >= 1000, unit < units.count - 1 {
      value /= 1000
      unit += 1
    }
    return "\(fixed(value, unit == 0 ? 0 : 1)) \(units[unit])"
  }

  /// As exact as a guess is.
  static func duration(_ seconds: Double) -> String {
    seconds < 100 ? "\(fixed(max(seconds, 0), 0)) s" : "\(fixed(seconds / 60, 0)) min"
  }

  static func plural(_ number: Int, _ noun: String, _ nouns: String? = nil) -> String {
    "\(count(number)) \(number == 1 ? noun : nouns ?? noun + "s")"
  }
}
