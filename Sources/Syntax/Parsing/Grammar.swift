internal import CTreeSitter
internal import Glibc
internal import Platform

/// A compiled tree-sitter parser, loaded from a shared library. Immutable, shared by all threads, never unloaded.
public final class Grammar: Sendable {
  public let name: String
  // SAFETY: points to constant data of a library that stays loaded.
  nonisolated(unsafe) let language: OpaquePointer
  let tables: NodeTables

  /// Loads `tree_sitter_<symbol>` from `libtree-sitter-<name>.so` in `directory`.
  public init(name: String, symbol: String, directory: String) throws(LanguageError) {
    self.name = name
    let path = try Self.path(name, in: directory)
    guard let library = dlopen(path, RTLD_NOW | RTLD_LOCAL) else {
      throw LanguageError("grammar \(name): \(Self.loaderMessage(path)); run the set-up again, or set PTWATCH_GRAMMARS")
    }
    guard let address = dlsym(library, "tree_sitter_\(symbol)") else {
      throw LanguageError("grammar \(name): \(path) holds no tree_sitter_\(symbol)")
    }
    typealias Make = @convention(c) () -> OpaquePointer
    let language = unsafeBitCast(address, to: Make.self)()
    let version = Int32(bitPattern: ts_language_version(language))
    let known = TREE_SITTER_MIN_COMPATIBLE_LANGUAGE_VERSION...TREE_SITTER_LANGUAGE_VERSION
    guard known.contains(version) else {
      throw LanguageError(
        "grammar \(name): \(path) has ABI \(version), this tree-sitter loads \(known.lowerBound) to \(known.upperBound)"
      )
    }
    self.language = language
    tables = NodeTables(language)
  }

  /// The path of a grammar's library, which can be read.
  static func path(_ name: String, in directory: String) throws(LanguageError) -> String {
    let path = "\(directory)/\(fileName(name))"
    if access(path, R_OK) == 0 { return path }
    throw LanguageError("grammar \(name): cannot read \(path); run the set-up again, or set PTWATCH_GRAMMARS")
  }

  /// Hash of what a library's file holds. Libraries are megabytes: mapped, not copied.
  static func hash(ofLibrary path: String) throws(LanguageError) -> UInt64 {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    if descriptor < 0 { throw LanguageError("\(SystemError("open", path))") }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_size > 0 else { throw LanguageError("\(path): no library") }
    let count = Int(status.st_size)
    guard let start = mmap(nil, count, PROT_READ, MAP_PRIVATE | MAP_POPULATE, descriptor, 0), start != MAP_FAILED else {
      throw LanguageError("\(SystemError("map", path))")
    }
    defer { munmap(start, count) }
    return ContentHashing.hash128(UnsafeRawBufferPointer(start: start, count: count)).low
  }

  static func fileName(_ name: String) -> String { "libtree-sitter-\(name).so" }

  var abi: Int { Int(ts_language_version(language)) }

  /// ABIs that this tree-sitter loads.
  public static var knownABIs: ClosedRange<Int> {
    Int(TREE_SITTER_MIN_COMPATIBLE_LANGUAGE_VERSION)...Int(TREE_SITTER_LANGUAGE_VERSION)
  }

  var symbolCount: Int { Int(ts_language_symbol_count(language)) }
  var fieldCount: Int { Int(ts_language_field_count(language)) }

  /// The id of a visible node type; nil if the grammar has none of that name.
  func symbol(_ name: String, named: Bool) -> UInt16? {
    let name = Array(name.utf8)
    let id = name.withUnsafeBytes {
      ts_language_symbol_for_name(
        language, $0.baseAddress?.assumingMemoryBound(to: CChar.self), UInt32($0.count), named)
    }
    return id == 0 ? nil : id
  }

  func field(_ name: String) -> UInt16? {
    let name = Array(name.utf8)
    let id = name.withUnsafeBytes {
      ts_language_field_id_for_name(language, $0.baseAddress?.assumingMemoryBound(to: CChar.self), UInt32($0.count))
    }
    return id == 0 ? nil : id
  }

  private static func loaderMessage(_ path: String) -> String {
    guard let message = dlerror() else { return "cannot load \(path)" }
    return String(cString: message)
  }
}

/// A language that cannot be used: what is wrong and where, in one line.
public struct LanguageError: Error, Sendable, CustomStringConvertible {
  public let description: String

  init(_ description: String) { self.description = description }
}
