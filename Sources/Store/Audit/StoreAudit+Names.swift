import CLMDB
import Graph

extension StoreAudit {
  /// Faults that are told one by one.
  private static let mostFaults = 64

  /// The table `names` lists the keys of `definitions`, in order, with the number of their rows, each block under the first of its own;
  /// `signatures` has the signature of each, and no others.
  mutating func auditNames() throws(StoreError) {
    let view = view
    let definitions = try Cursor(view, view.tables.definitions)
    var (defined, row) = (MDB_val(), MDB_val())
    var more = try definitions.move(MDB_FIRST, &defined, &row)
    var faults: [String] = []
    var untold = 0
    var signed = 0
    func wrong(_ detail: String) {
      if faults.count < Self.mostFaults { faults.append(detail) } else { untold += 1 }
    }
    try forEach("names", view.tables.names) { (audit, key, value) throws(StoreError) in
      let listed = try audit.attempt("names") { () throws(StoreError) in try view.names(inList: value) }
      guard let names = listed else { return }
      let rebuilt = NameBlock.blocks(of: names[...])
      if rebuilt.first?.list.elementsEqual(value) != true || !key.elementsEqual(names.first?.key ?? []) {
        wrong("the block of '\(Escaping.printable(key))' is not what its names make")
      }
      let signature = try view.value(view.tables.signatures, key)
      if let signature, rebuilt.first?.signature.elementsEqual(signature) == true {
        signed += 1
      } else {
        wrong("the block of '\(Escaping.printable(key))' has not the signature that its names make")
      }
      for name in names {
        while more, defined.bytes.lexicographicallyPrecedes(name.key) {
          wrong("'\(Escaping.printable(defined.bytes))' is missing")
          more = try definitions.move(MDB_NEXT_NODUP, &defined, &row)
        }
        if more, defined.bytes.elementsEqual(name.key) {
          let rows = try definitions.count()
          if rows != name.rows {
            wrong("'\(Escaping.printable(name.key))' is said to have \(name.rows) bearers and has \(rows)")
          }
          more = try definitions.move(MDB_NEXT_NODUP, &defined, &row)
        } else {
          wrong("nothing bears '\(Escaping.printable(name.key))'")
        }
      }
    }
    while more {
      wrong("'\(Escaping.printable(defined.bytes))' is missing")
      more = try definitions.move(MDB_NEXT_NODUP, &defined, &row)
    }
    try forEach("signatures", view.tables.signatures) { _, _, _ in signed -= 1 }
    if signed < 0 { wrong("there are \(-signed) signatures too many") }
    for detail in faults { fault(StoreFault("names", detail)) }
    if untold > 0 { fault(StoreFault("names", "\(untold) more such faults")) }
  }
}
