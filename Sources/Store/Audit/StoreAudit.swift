import CLMDB
import Graph

/// Compares all that a store says in one place with what it says in others. O(store), and apart from what it takes to tell
/// of faults about 100 bytes of memory a file.
///
/// Rows of the index are compared by sums of their hashes, file by file, so that no table has to be searched by another's
/// order; only where sums differ are the rows themselves looked at.
public struct StoreAudit {
  /// What was gone through.
  public struct Report: Sendable {
    public var generation: UInt64 = 0
    public var files = 0
    /// Of all tables.
    public var rows = 0
  }

  let view: View
  let fault: (StoreFault) -> Void
  var files: [FileID: AuditedFile] = [:]
  var report = Report()
  var nextFile: UInt32 = .max
  var languages: [LanguageTraits] = []

  struct AuditedFile {
    var path: TreePath
    let address: [UInt8]
    /// By the index: sums over the rows that it wants, less those that are there.
    var sums = [UInt64](repeating: 0, count: IndexTable.allCases.count)
    /// True if it is known what rows it wants.
    var isSound = false
  }

  /// Calls `fault` with each fault that is found. Throws `StoreError` where there is no store to go through. This process
  /// must not have the store open.
  public static func run(
    _ directory: StoreDirectory, fault: (StoreFault) -> Void
  ) throws(StoreError) -> Report {
    guard let environment = try directory.currentEnvironment() else { throw .noStore(path: directory.path) }
    let pages = try PageAudit.faults(of: environment)
    for detail in pages { fault(StoreFault("pages", detail)) }
    // LMDB must not be led over damaged pages.
    if !pages.isEmpty { return Report() }
    let transaction = try ReadTransaction(try EnvironmentLease(environment, .read))
    return try withoutActuallyEscaping(fault) { (fault) throws(StoreError) -> Report in
      try transaction.read { (view) throws(StoreError) -> Report in
        var audit = StoreAudit(view: view, fault: fault)
        try audit.auditMeta()
        try audit.auditFiles()
        try audit.auditOwners("paths", view.tables.paths)
        try audit.auditOwners("facts", view.tables.facts)
        try audit.auditOwners("inclusions", view.tables.inclusions)
        for index in IndexTable.allCases { try audit.auditIndex(index) }
        try audit.auditNames()
        try audit.auditHistory()
        return audit.report
      }
    }
  }

  private init(view: View, fault: @escaping (StoreFault) -> Void) {
    self.view = view
    self.fault = fault
  }

  /// Calls `body` with each key and value of a table, which has to be in order.
  mutating func forEach(
    _ name: String, _ table: MDB_dbi,
    _ body: (inout StoreAudit, UnsafeRawBufferPointer, UnsafeRawBufferPointer) throws(StoreError) -> Void
  ) throws(StoreError) {
    let cursor = try Cursor(view, table)
    var (key, value) = (MDB_val(), MDB_val())
    var last: [UInt8] = []
    var more = try cursor.move(MDB_FIRST, &key, &value)
    while more {
      if !last.isEmpty, !last.lexicographicallyPrecedes(key.bytes) {
        fault(StoreFault(name, "its keys are out of order at \(Escaping.printable(key.bytes))"))
      }
      last = [UInt8](key.bytes)
      report.rows += 1
      try body(&self, key.bytes, value.bytes)
      more = try cursor.move(MDB_NEXT, &key, &value)
    }
  }

  /// What `body` yields; nil, and a fault, where the bytes are malformed.
  func attempt<R>(_ table: String, _ path: TreePath? = nil, _ body: () throws(StoreError) -> R) throws(StoreError) -> R?
  {
    do throws(StoreError) {
      return try body()
    } catch {
      guard case .damaged(_, let detail) = error else { throw error }
      fault(StoreFault(table, path, detail))
      return nil
    }
  }

  // MARK: Meta

  private mutating func auditMeta() throws(StoreError) {
    let known = [
      Meta.schema, Meta.generation, Meta.nextFile, Meta.root, Meta.fingerprint, Meta.languages, Meta.options,
    ]
    try forEach("meta", view.tables.meta) { audit, key, _ in
      let name = String(decoding: key, as: UTF8.self)
      if !known.contains(name) {
        audit.fault(StoreFault("meta", "a row '\(Escaping.printable(key))' that nobody wrote"))
      }
    }
    let view = view
    report.generation = try attempt("meta") { () throws(StoreError) in try view.generation() } ?? 0
    nextFile =
      try attempt("meta") { () throws(StoreError) in try view.metaNumber(Meta.nextFile, UInt32.self) } ?? .max
    languages = try attempt("meta") { () throws(StoreError) in try view.languages() } ?? []
    _ = try attempt("meta") { () throws(StoreError) in try view.metaNumber(Meta.fingerprint, UInt64.self) }
    _ = try attempt("meta") { () throws(StoreError) in try view.options() }
    let root = try attempt("meta") { () throws(StoreError) in [UInt8](try view.meta(Meta.root)) }
    if let root, root.first != UInt8(ascii: "/") { fault(StoreFault("meta", "its root is no absolute path")) }
  }

  // MARK: Files

  private mutating func auditFiles() throws(StoreError) {
    try forEach("files", view.tables.files) { (audit, key, value) throws(StoreError) in
      let view = audit.view
      let stored = try audit.attempt("files") { () throws(StoreError) in
        Key.isLong(key.count) ? try view.path(ofLongKey: key) : key
      }
      guard let stored else { return }
      let path = TreePath(bytes: [UInt8](stored))
      let row = try audit.attempt("files", path) { () throws(StoreError) in try view.record(value, of: stored) }
      guard let (file, record) = row else { return }
      try audit.auditFile(file, path, record, key)
    }
    report.files = files.count
  }

  private mutating func auditFile(
    _ file: FileID, _ path: TreePath, _ record: FileRecord, _ key: UnsafeRawBufferPointer
  ) throws(StoreError) {
    func wrong(_ detail: String) { fault(StoreFault("files", path, detail)) }
    if let other = files[file] { return wrong("it has the number of \(other.path), \(file.rawValue)") }
    let language = Int(record.language.rawValue)
    let address = languages.indices.contains(language) ? Address.key(path, languages[language]) : []
    var audited = AuditedFile(path: path, address: address)
    defer { files[file] = audited }
    if !key.elementsEqual(Key.path(path.bytes, file)) { wrong("its key is not that of its path and number") }
    if file.rawValue >= nextFile { wrong("its number \(file.rawValue) was never given") }
    if address.isEmpty { wrong("its language \(language) is unknown") }
    let view = view
    if let stored = try attempt("files", path, { () throws(StoreError) in try view.place(file) }) {
      if stored?.path.elementsEqual(path.bytes) == false {
        wrong("the table of paths has file \(file.rawValue) elsewhere")
      }
      if let other = stored?.language, other != record.language {
        wrong("the table of paths has language \(other.rawValue), its record \(language)")
      }
      if stored == nil { wrong("file \(file.rawValue) has no path") }
    }
    let facts = try attempt("facts", path) { () throws(StoreError) in try view.requireFacts(file) }
    guard let facts else { return }
    if !address.isEmpty {
      let wanted = Inclusion.value(facts, languages[language])
      let stored = try view.value(view.tables.inclusions, file)
      if stored.map({ Array($0) }) != wanted {
        fault(StoreFault("inclusions", path, "they are not those of its facts"))
      }
    }
    audited.isSound = !address.isEmpty
    var described = record
    described.describe(facts)
    let isParsed = record.problem == nil || record.problem == .invalidUTF8
    if !isParsed, !facts.entities.isEmpty || !facts.edges.isEmpty { wrong("it has facts, but was not parsed") }
    if isParsed, described != record { wrong("its record counts other than what its facts hold") }
    let locals = Set(facts.entities.map(\.local))
    if locals.count != facts.entities.count || locals.contains(FactsDelta.fileScope) {
      fault(StoreFault("facts", path, "entities share a local id"))
    }
    IndexSums.forEachDefinition(of: facts, file) { hash, _, _ in
      audited.sums[IndexTable.definitions.rawValue] &+= hash
    }
    IndexSums.forEachMention(of: facts, file) { hash, _, _ in audited.sums[IndexTable.mentions.rawValue] &+= hash }
    audited.sums[IndexTable.addresses.rawValue] &+= IndexSums.address(of: file, address).hash
  }

  /// A table by file id: each of its files has a record.
  private mutating func auditOwners(_ name: String, _ table: MDB_dbi) throws(StoreError) {
    try forEach(name, table) { audit, key, _ in
      guard key.count == Key.idSize else {
        return audit.fault(StoreFault(name, "a key of \(key.count) bytes"))
      }
      let file = FileID(rawValue: UInt32(bigEndian: key.loadUnaligned(as: UInt32.self)))
      if audit.files[file] == nil { audit.fault(StoreFault(name, "file \(file.rawValue) has no record")) }
    }
  }
}
