internal import CTreeSitter

/// What a grammar says of the nodes of its trees, laid out for reading them one by one. Immutable.
// SAFETY: written by `init` only; freed when nothing refers to it any more.
final class NodeTables: @unchecked Sendable {
  /// What the rule by which a node was built says of one of its children.
  struct Role {
    /// The type under which the child appears; 0 for its own.
    var alias: UInt16
    /// 0 for none.
    var field: UInt16
  }

  let symbolCount: Int
  /// Types by which a node shows itself, by its own.
  let publicSymbols: UnsafePointer<UInt16>
  /// The roles of the children of each production, `width` for each.
  private let roles: UnsafeMutablePointer<Role>
  private let width: Int
  private let productions: Int
  /// By symbol; of use for aliases.
  private let named: UnsafeMutablePointer<Bool>

  /// `language` must be of ABI 13 or 14, whose tables `tree_sitter/parser.h` describes.
  init(_ language: OpaquePointer) {
    let header = UnsafeRawPointer(language)
    // SAFETY: all loads are of fields of `TSLanguage`, and of tables of the sizes that it gives.
    func count(_ offset: Int) -> Int { Int(header.load(fromByteOffset: offset, as: UInt32.self)) }
    func table<T>(_ offset: Int, _ type: T.Type) -> UnsafePointer<T>? {
      header.load(fromByteOffset: offset, as: UnsafePointer<T>?.self)
    }
    symbolCount = Int(ts_language_symbol_count(language))
    productions = max(count(28), 1)
    let aliasWidth = Int(header.load(fromByteOffset: 36, as: UInt16.self))
    publicSymbols = table(112, UInt16.self)!
    let slices = count(32) > 0 ? table(88, (start: UInt16, count: UInt16).self) : nil
    let entries = table(96, (field: UInt16, child: UInt8, isInherited: Bool).self)

    // A field's child lies within its production, and no production is longer than the longest.
    width = max(aliasWidth, 1)
    roles = .allocate(capacity: productions * width)
    roles.initialize(repeating: Role(alias: 0, field: 0), count: productions * width)
    let aliases = table(128, UInt16.self)
    // The first production has neither aliases nor fields.
    for production in 0..<productions {
      let row = roles + production * width
      if production > 0, let aliases {
        for child in 0..<aliasWidth { row[child].alias = aliases[production * aliasWidth + child] }
      }
      guard let slice = slices?[production], let entries else { continue }
      for entry in 0..<Int(slice.count) {
        let (field, child, isInherited) = entries[Int(slice.start) + entry]
        if !isInherited, Int(child) < width, row[Int(child)].field == 0 { row[Int(child)].field = field }
      }
    }
    named = .allocate(capacity: symbolCount)
    for symbol in 0..<symbolCount {
      let isNamed = ts_language_symbol_type(language, UInt16(symbol)) == TSSymbolTypeRegular
      (named + symbol).initialize(to: isNamed)
    }
  }

  deinit {
    roles.deallocate()
    named.deallocate()
  }

  /// The roles of the children of nodes built by `production`.
  @inline(__always)
  func roles(of production: UInt16) -> (start: UnsafePointer<Role>, end: UnsafePointer<Role>) {
    if production == 0 || Int(production) >= productions { return (UnsafePointer(roles), UnsafePointer(roles)) }
    let start = UnsafePointer(roles + Int(production) * width)
    return (start, start + width)
  }

  @inline(__always)
  func isNamed(_ symbol: UInt16) -> Bool { Int(symbol) < symbolCount && named[Int(symbol)] }

  /// The type by which a node shows itself. Errors have none of their own.
  @inline(__always)
  func shown(_ symbol: UInt16) -> UInt16 { Int(symbol) < symbolCount ? publicSymbols[Int(symbol)] : symbol }
}
