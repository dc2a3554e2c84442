import ArgumentParser
import TOML

/// An option that may be set in a file.
struct SettableOption {
  private enum Form {
    /// `--name VALUE`
    case text, number, textOrNumber, path
    /// `--name VALUE`, each
    case list
    /// `--name` or `--no-name`
    case flag
  }

  let name: String
  private let form: Form

  private static let forms: [(name: String, form: Form)] = [
    ("color", .text), ("db", .path), ("exclude", .list), ("ignore", .flag), ("jobs", .number), ("limit", .number),
    ("max-file-size", .textOrNumber), ("poll", .number), ("sync", .flag), ("wait", .flag),
  ]

  init(_ entry: TOMLDocument.Entry, ofTree: Bool) throws(TOMLError) {
    guard let known = Self.forms.first(where: { $0.name == entry.key }) else {
      let names = Self.forms.map(\.name).joined(separator: ", ")
      throw TOMLError(line: entry.line, reason: "there is no setting \"\(entry.key)\"; there are \(names)")
    }
    (name, form) = known
    if form == .path, !ofTree {
      throw TOMLError(
        line: entry.line, reason: "\(name) is for one tree; write it below [tree.\"/path/of/the/tree\"]")
    }
  }

  /// The value as it would be typed. Throws for one that the option would not take either.
  func arguments(_ entry: TOMLDocument.Entry) throws(TOMLError) -> [String] {
    let arguments: [String]
    switch (form, entry.value) {
    case (.text, .string(let text)), (.textOrNumber, .string(let text)): arguments = ["--\(name)=\(text)"]
    case (.number, .integer(let number)), (.textOrNumber, .integer(let number)): arguments = ["--\(name)=\(number)"]
    case (.flag, .boolean(let isOn)): arguments = [isOn ? "--\(name)" : "--no-\(name)"]
    case (.path, .string(let text)):
      let scheme = text.hasPrefix("lmdb:") ? "lmdb:" : ""
      if let path = Settings.absolute(String(text.dropFirst(scheme.count))) {
        arguments = ["--\(name)=\(scheme)\(path)"]
      } else if case .refused(let reason) = StoreArgument.parse(text) {
        throw TOMLError(line: entry.line, reason: reason)
      } else {
        throw wrong(entry, "an absolute path, or one that begins with ~/")
      }
    case (.list, .array(let values)):
      var texts: [String] = []
      for value in values {
        guard case .string(let text) = value else { throw wrong(entry, wanted) }
        texts.append("--\(name)=\(text)")
      }
      arguments = texts
    default: throw wrong(entry, wanted)
    }
    do {
      // Whichever command has the option.
      if name == "limit" || name == "sync" {
        _ = try CallersCommand.parse(arguments + ["name"])
      } else {
        _ = try WatchCommand.parse(arguments + ["."])
      }
    } catch {
      throw TOMLError(line: entry.line, reason: WatchCommand.message(for: error))
    }
    return arguments
  }

  private var wanted: String {
    switch form {
    case .text, .path: "a string: \"...\""
    case .number: "a whole number"
    case .textOrNumber: "a number, or a string: \"20M\""
    case .list: "a list of strings: [\"...\", \"...\"]"
    case .flag: "true or false"
    }
  }

  private func wrong(_ entry: TOMLDocument.Entry, _ wanted: String) -> TOMLError {
    TOMLError(line: entry.line, reason: "\(name) wants \(wanted)")
  }
}
