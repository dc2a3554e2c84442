import ArgumentParser

struct DoctorCommand: GraphCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor", abstract: "Check what ptwatch needs, and say how to mend what is wrong.",
    discussion: """
      Limits of the kernel, languages and grammars, rights, the store. Exit status 1 if something has to be mended. Loads
      all grammars and reads the records of all files: about 0.3 s.

        ptwatch doctor ~/src/project
        ptwatch doctor --json . | jq -r '.mend // empty'
      """)

  @Argument(help: "The tree.", completion: .directory)
  var directory = "."

  @OptionGroup var options: ReadingOptions

  func run() throws {
    try Complaint.reporting {
      if options.sync { try synchronize(directory: directory, store: options.store(of: directory)) }
      let checkup = Checkup(directory: directory, store: options.store(of: directory))
      let findings = checkup.findings()
      var output = options.output()
      for finding in findings { if options.json { try output.json(finding) } else { try output.text(finding) } }
      try output.flush()
      if findings.contains(where: { $0.grade == .bad }) { throw ExitCode.failure }
    }
  }
}

/// What a check has shown.
struct Finding {
  enum Grade: String {
    case good, poor, bad
  }

  let grade: Grade
  let subject: String
  let detail: String
  /// A command.
  let mend: String?

  init(_ grade: Grade, _ subject: String, _ detail: String, mend: String? = nil) {
    self.grade = grade
    self.subject = subject
    self.detail = printable(detail)
    self.mend = mend
  }
}

extension Output {
  fileprivate mutating func json(_ finding: Finding) throws {
    try json { line in
      line.key("t")
      line.value("finding" as StaticString)
      line.key("grade")
      line.value(finding.grade.rawValue)
      line.key("subject")
      line.value(finding.subject)
      line.key("detail")
      line.value(finding.detail)
      line.key("mend")
      if let mend = finding.mend { line.value(mend) } else { line.null() }
    }
  }

  fileprivate mutating func text(_ finding: Finding) throws {
    let mark =
      switch finding.grade {
      case .good: styled("ok  ", .number)
      case .poor: styled("poor", .path)
      case .bad: styled("BAD ", .path)
      }
    try line("\(mark)  \(styled(padded(finding.subject, 10), .name))  \(finding.detail)")
    if let mend = finding.mend { try line("                  mend it: \(mend)") }
  }
}
