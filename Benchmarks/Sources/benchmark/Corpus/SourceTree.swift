import Foundation

/// Trees to measure on.
enum SourceTree {
  /// Files of made-up source below `directory`; their number in a folder each.
  static func makeUp(in directory: String, files: Int, lines: Int) throws {
    for number in 0..<files {
      let language = SourceLanguage.allCases[number % SourceLanguage.allCases.count]
      let folder = "\(directory)/part\(number / 50)"
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      let text = MadeUpSource.text(language, lines: lines, seed: UInt64(number) + 100)
      try Data(text).write(to: URL(fileURLWithPath: "\(folder)/file\(number).\(language.suffixes[0])"))
    }
  }

  /// The tree given; by default a part of Debian's package linux-source, unpacked into `scratch`; where that is not
  /// installed, made-up source.
  static func given(_ tree: String?, _ scratch: Scratch) throws -> String {
    if let tree {
      guard let resolved = realpath(tree, nil) else { throw Failure("there is no directory \(tree)") }
      defer { free(resolved) }
      return String(cString: resolved)
    }
    let directory = try scratch.directory("source")
    let packages = (try? FileManager.default.contentsOfDirectory(atPath: "/usr/src")) ?? []
    let archive = packages.filter { $0.hasPrefix("linux-source-") && $0.contains(".tar") }.max()
    if let archive, let end = archive.range(of: ".tar") {
      let top = archive[..<end.lowerBound]
      let parts = ["kernel", "mm", "fs", "net"].map { "\(top)/\($0)" }
      try Child.run(["tar", "-x", "-C", directory, "-f", "/usr/src/\(archive)"] + parts)
      return "\(directory)/\(top)"
    }
    try makeUp(in: directory, files: 4000, lines: 500)
    return directory
  }

  /// The language that most files below `directory` are in, and its files, as paths relative to that, in order.
  static func files(below directory: String) -> (SourceLanguage, [String]) {
    var found: [SourceLanguage: [String]] = [:]
    let entries = FileManager.default.enumerator(atPath: directory)
    while let path = entries?.nextObject() as? String {
      if path.hasPrefix(".") { continue }
      for language in SourceLanguage.allCases where language.isLanguage(of: path) {
        found[language, default: []].append(path)
      }
    }
    let (language, files) = found.max { $0.value.count < $1.value.count } ?? (.c, [])
    return (language, files.sorted())
  }
}
