public import Graph

/// The entities of a file that has very many, as headers of registers do: only the pages of those that are asked for are read. Belongs
/// to its snapshot's thread.
public final class EntityPages {
  private struct Page {
    let entities: [Entity]
    let names: NameTable
    let firstName: Int
  }

  /// Has the bytes of `value`.
  private let snapshot: Snapshot
  private let file: FileID
  private let value: FactsValue
  /// How many entities there are.
  public let count: Int
  private var known: [Page?]

  init(_ snapshot: Snapshot, _ file: FileID, _ value: FactsValue, count: Int) {
    self.snapshot = snapshot
    self.file = file
    self.value = value
    self.count = count
    known = [Page?](repeating: nil, count: value.pages.count + 1)
  }

  /// An entity by its place among those of the file. Names and parent are numbers among all of the file. O(page).
  public func entity(_ index: EntityIndex) throws(StoreError) -> Entity {
    guard index < count else { throw snapshot.damaged("file \(file.rawValue) lacks an entity") }
    return try page(Int(index) / EntityPage.size).entities[Int(index) % EntityPage.size]
  }

  /// A name that entities use. O(page).
  public func name(_ id: NameID) throws(StoreError) -> ArraySlice<UInt8> {
    let number = Int(id.rawValue)
    let after = value.pages.firstIndex { $0.firstName > number }
    let page = try page(after.map { $0 - 1 } ?? (value.lastName <= number ? value.pages.count : value.pages.count - 1))
    guard number - page.firstName < page.names.count else {
      throw snapshot.damaged("file \(file.rawValue) lacks a name")
    }
    return page.names[NameID(rawValue: UInt32(number - page.firstName))]
  }

  /// The entity with a local id, if it is near the place that it had at first; nil says nothing. O(page).
  public func index(near local: LocalID) throws(StoreError) -> EntityIndex? {
    guard local < count else { return nil }
    if try entity(local).local == local { return local }
    let guess = Int(local) / EntityPage.size
    for number in [guess, guess + 1, guess - 1] where known.indices.contains(number) {
      if let index = try page(number).entities.firstIndex(where: { $0.local == local }) {
        return EntityIndex(number * EntityPage.size + index)
      }
    }
    return nil
  }

  /// All edges of the file; the names' numbers are among all of the file, and not to be asked of ``name(_:)``. O(edges).
  public func edges() throws(StoreError) -> [Edge] {
    try snapshot.checkInterruption()
    return try decoding { () throws(MalformedBytes) in try value.edges(of: count) }
  }

  private func page(_ number: Int) throws(StoreError) -> Page {
    if let page = known[number] { return page }
    try snapshot.checkInterruption()
    let (entities, names) = try decoding { () throws(MalformedBytes) in try value.page(number, of: count) }
    let first = number < value.pages.count ? value.pages[number].firstName : value.lastName
    let page = Page(entities: entities, names: names, firstName: first)
    known[number] = page
    return page
  }

  private func decoding<R>(_ body: () throws(MalformedBytes) -> R) throws(StoreError) -> R {
    do throws(MalformedBytes) {
      return try body()
    } catch {
      throw snapshot.damaged("facts of file \(file.rawValue): \(error.detail)")
    }
  }
}

extension Snapshot {
  /// The entities of a file, of which its record says the number, a page at a time; nil where there is but one page. O(number / 512).
  public func entityPages(_ file: FileID, count: Int) throws(StoreError) -> EntityPages? {
    if EntityPage.count(entities: count) == 1 { return nil }
    guard let value = try factsValue(file), value.pages.count + 1 == EntityPage.count(entities: count) else {
      throw damaged("file \(file.rawValue) has another number of entities than its record says")
    }
    return EntityPages(self, file, value, count: count)
  }
}
