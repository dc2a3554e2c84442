import Glibc
import Platform
import TOML

/// Defaults for options, from a file of the user's: for all trees, and for single ones.
struct Settings {
  fileprivate struct Setting {
    let option: String
    let arguments: [String]
  }

  fileprivate struct Section {
    /// Absolute, without links where it is there; nil for all trees.
    let tree: String?
    let settings: [Setting]
  }

  private let sections: [Section]

  /// Of a file of settings, in bytes. They are typed by hand.
  private static let longest = 1 << 20

  /// The file in the user's own directory; nil if there is none.
  static func standardFile() throws -> String? {
    guard let directory = try Installation.configDirectory() else { return nil }
    let path = directory + "/config.toml"
    return access(path, F_OK) != 0 && (errno == ENOENT || errno == ENOTDIR) ? nil : path
  }

  /// Throws ``SettingsError``.
  init(path: String) throws {
    let text: [UInt8]
    do { text = try StandardStream.read(path) } catch { throw SettingsError("\(error)") }
    if text.count > Self.longest { throw SettingsError("\(path): no file of settings: it has \(text.count) bytes") }
    do throws(TOMLError) {
      var sections: [Section] = []
      for table in try TOMLDocument(text).tables { sections.append(try Section(table)) }
      self.sections = sections
    } catch {
      throw SettingsError("\(path):\(error.line): \(error.reason)")
    }
  }

  /// What the file says for a tree, as arguments: first what is for all trees. Only options for which `takes` is true.
  func arguments(for directory: String, takes: (String) -> Bool) -> [String] {
    let tree = Self.resolved(directory)
    return sections.filter { $0.tree == nil || $0.tree == tree }.flatMap(\.settings).filter { takes($0.option) }
      .flatMap(\.arguments)
  }

  /// Without links if it is there.
  fileprivate static func resolved(_ path: String) -> String {
    guard let resolved = realpath(path, nil) else { return path }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  /// `~/` is the user's home; nil for what depends on the directory that one is in.
  static func absolute(_ path: String) -> String? {
    if path.hasPrefix("/") { return path }
    guard path == "~" || path.hasPrefix("~/"), let home = getenv("HOME"), home.pointee != 0 else { return nil }
    return String(cString: home) + path.dropFirst()
  }
}

/// What is wrong with a file of settings, in a line that names it: wrong usage.
struct SettingsError: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}

extension Settings.Section {
  fileprivate init(_ table: TOMLDocument.Table) throws(TOMLError) {
    if table.name.isEmpty {
      tree = nil
    } else {
      guard table.name.count == 2, table.name[0] == "tree" else {
        throw TOMLError(
          line: table.line,
          reason:
            "there is no table [\(table.name.joined(separator: "."))]; settings stand before the first table, for all "
            + "trees, or below [tree.\"/path/of/the/tree\"]")
      }
      guard let path = Settings.absolute(table.name[1]) else {
        throw TOMLError(
          line: table.line, reason: "[tree.\"\(table.name[1])\"]: the path has to be absolute, or to begin with ~/")
      }
      tree = Settings.resolved(path)
    }
    var settings: [Settings.Setting] = []
    for entry in table.entries {
      let option = try SettableOption(entry, ofTree: tree != nil)
      settings.append(Settings.Setting(option: option.name, arguments: try option.arguments(entry)))
    }
    self.settings = settings
  }
}
