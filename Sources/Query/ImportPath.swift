import Graph

/// The path that an import names, ready to be compared with the addresses of files and entities.
struct ImportPath {
  /// Without leading anchors.
  var segments: [[UInt8]]
  /// True if it began with an anchor: it leads from where it stands, and not from any root.
  var isAnchored = false
  /// Directories to go up from that of the importing file; nil if the path does not say.
  var up: Int?
  /// True if its segments are those of file paths.
  private var isFilePath: Bool
  /// True if its last may bear a suffix that the file's address lacks.
  private var dropsSuffix: Bool
  /// True if it begins with the name of a host, so that only its end is in the tree.
  private var namesHost: Bool
  private var indexNames: Set<String>

  init(_ segments: [[UInt8]], _ rule: ImportRule) {
    isFilePath = rule.separator == "/"
    dropsSuffix = isFilePath && !rule.keepsSuffix
    indexNames = rule.indexNames
    var rest = segments[...]
    var empty = 0
    var dots = 0
    while let first = rest.first, rest.count > 0, rule.anchors.contains(String(decoding: first, as: UTF8.self)) {
      isAnchored = true
      if first.isEmpty { empty += 1 }
      if first == Array("..".utf8) { dots += 1 }
      if first.isEmpty || first.first == UInt8(ascii: ".") { up = max(dots, empty - 1) } else { up = nil }
      rest = rest.dropFirst()
    }
    self.segments = Array(rest)
    namesHost = isFilePath && !isAnchored && rest.count > 1 && rest[rest.startIndex].contains(UInt8(ascii: "."))
  }

  init(_ edge: Edge, _ names: NameTable, _ rule: ImportRule) {
    self.init(
      qualifier: edge.qualifier == .none ? nil : Array(names[edge.qualifier]), name: Array(names[edge.name]), rule)
  }

  init(qualifier: [UInt8]?, name: [UInt8], _ rule: ImportRule) {
    var segments = qualifier.map { Segments.split($0, rule.separator) } ?? []
    // A separator at the end says nothing more.
    if segments.count > 1, segments.last == [] { segments.removeLast() }
    segments.append(name)
    self.init(segments, rule)
  }

  /// The path on to something within what it names.
  func appending(_ more: some Sequence<[UInt8]>) -> ImportPath {
    var path = self
    path.segments += more
    return path
  }

  /// What it is that holds the last segment.
  var dropLast: ImportPath {
    var path = self
    path.segments = Array(segments.dropLast())
    return path
  }
}

/// How well an address fits a path; the least is the best.
struct Fit: Comparable {
  enum Way: Int {
    /// Just the place that a path names that says from where: a relative one from the importing file, one of a directory
    /// or package from the root.
    case exact
    /// Ends in the path.
    case suffix
    /// The path names more than there is: its beginning lies outside the tree.
    case partial
    /// Lies deeper: whatever the path names may hand on what it holds.
    case through
  }

  let way: Way
  /// Directories in common with the importing file: of several the nearest is meant.
  let common: Int
  let depth: Int

  init(_ way: Way, _ address: [UInt8], of file: TreePath, from importer: TreePath) {
    self.way = way
    common = Segments.commonDirectories(importer.bytes, file.bytes)
    depth = Segments.count(address)
  }

  static func < (a: Fit, b: Fit) -> Bool {
    if a.way != b.way { return a.way.rawValue < b.way.rawValue }
    return a.common != b.common ? a.common > b.common : a.depth < b.depth
  }
}

/// An ``ImportPath`` as a file uses it.
struct WantedAddress {
  private let importer: TreePath
  private let path: [UInt8]
  private let shorter: [UInt8]?
  /// Without the segments that say a version, which directories need not bear; nil if there are none.
  private let versionless: [UInt8]?
  private let exact: [UInt8]?
  private let isFromRoot: Bool
  private let leastPartial: Int
  /// True of an anchor that no name follows.
  let isNearby: Bool

  init(_ path: ImportPath, from importer: TreePath) {
    self.importer = importer
    let wanted = path.withoutIndex
    self.path = Segments.join(wanted.segments)
    shorter = wanted.withoutSuffix.map(Segments.join)
    versionless = wanted.withoutVersions.map(Segments.join)
    exact = wanted.up.map { up in
      var directory = importer.parent
      for _ in 0..<up { directory = directory.parent }
      return Segments.join([directory.bytes, Segments.join(wanted.segments)])
    }
    isFromRoot = path.mayLeadFromRoot
    // Fewer segments would fit by accident.
    leastPartial = wanted.hostLike ? 1 : 2
    isNearby = self.path.isEmpty
  }

  /// The last segment of the one place that a relative path names; nil for a path of another kind.
  var exactName: [UInt8]? {
    exact.map { exact in Array(exact[(exact.lastIndex(of: Segments.slash).map { $0 + 1 } ?? 0)...]) }
  }

  /// `address` of what holds the entity looked for; nil if that is not what is meant. `deeper` allows for what a
  /// package hands on from the files below it.
  func fit(_ address: [UInt8], of file: TreePath, deeper: Bool) -> Fit? {
    way(address, of: file, deeper: deeper).map { fit($0, address, file) }
  }

  /// The same but for how near that is.
  func way(_ address: [UInt8], of file: TreePath, deeper: Bool = false) -> Fit.Way? {
    if isFromRoot, !isNearby, address == path { return .exact }
    return wayToEnd(address, of: file, deeper: deeper)
  }

  /// The same of the package that a file says it is in, which is no place in the tree.
  func fit(declared package: [UInt8], of file: TreePath) -> Fit? {
    wayToEnd(package, of: file, deeper: false).map { fit($0, package, file) }
  }

  private func fit(_ way: Fit.Way, _ address: [UInt8], _ file: TreePath) -> Fit {
    Fit(way, address, of: file, from: importer)
  }

  private func wayToEnd(_ address: [UInt8], of file: TreePath, deeper: Bool) -> Fit.Way? {
    if let exact, address == exact { return .exact }
    // An anchor alone that says no more: somewhere from here to the root.
    if isNearby { return exact == nil && importer.isWithin(file.parent) ? .suffix : nil }
    if Segments.ends(address, in: path) { return .suffix }
    if let shorter, Segments.ends(address, in: shorter) { return .suffix }
    if Segments.count(address) >= leastPartial {
      if Segments.ends(path, in: address) { return .partial }
      if let versionless, Segments.ends(versionless, in: address) { return .partial }
    }
    if let versionless, Segments.ends(address, in: versionless) { return .partial }
    return deeper && Segments.leadsThrough(address, path) ? .through : nil
  }
}

extension ImportPath {
  /// Adds what tells it from others in files of one language.
  func appendKey(to key: inout [UInt8]) {
    withUnsafeBytes(of: Int32(up ?? -1)) { key.append(contentsOf: $0) }
    key.append(isAnchored ? 1 : 0)
    for segment in segments {
      withUnsafeBytes(of: UInt32(segment.count)) { key.append(contentsOf: $0) }
      key.append(contentsOf: segment)
    }
  }

  fileprivate var hostLike: Bool { namesHost }

  /// True where directories or packages are imported, and those by their full names.
  fileprivate var mayLeadFromRoot: Bool { !isAnchored && indexNames.contains(ImportRule.anyName) }

  /// What the last segment of an address can be that the path means.
  var lastSegments: [[UInt8]] {
    // An anchor alone may mean any file around; which one is for entities to tell.
    guard let last = withoutIndex.segments.last else { return [] }
    if last != segments.last { return [last] }
    return [last] + (withoutSuffix?.suffix(1) ?? []) + (withoutVersions?.suffix(1) ?? [])
  }

  /// A file that stands for its directory is found by that.
  fileprivate var withoutIndex: ImportPath {
    guard isFilePath, !indexNames.isEmpty, let last = segments.last else { return self }
    let stem = last.lastIndex(of: UInt8(ascii: ".")).map { last[..<$0] } ?? last[...]
    return indexNames.contains(String(decoding: stem, as: UTF8.self)) ? dropLast : self
  }

  /// Of the path of a host's module, without `v2` and the like.
  var withoutVersions: [[UInt8]]? {
    // A file that is named with its suffix is no version.
    guard namesHost, dropsSuffix else { return nil }
    let rest = segments.filter {
      $0.first != UInt8(ascii: "v") || $0.count < 2 || !$0.dropFirst().allSatisfy(Self.isDigit)
    }
    return rest.count < segments.count && rest.count > 1 ? rest : nil
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

  fileprivate var withoutSuffix: [[UInt8]]? {
    guard dropsSuffix, let last = segments.last, let dot = last.lastIndex(of: UInt8(ascii: ".")), dot > 0 else {
      return nil
    }
    return segments.dropLast() + [Array(last[..<dot])]
  }
}
