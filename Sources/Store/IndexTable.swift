import CLMDB

/// The tables that lead from a name to rows of one form, ``IndexRow``.
enum IndexTable: Int, CaseIterable {
  case definitions
  case mentions
  case addresses

  var name: String { "\(self)" }

  var table: KeyPath<Tables, MDB_dbi> {
    switch self {
    case .definitions: \.definitions
    case .mentions: \.mentions
    case .addresses: \.addresses
    }
  }
}
