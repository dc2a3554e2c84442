import Graph

/// The traits of a store's languages, in the order of their numbers: counts and lengths as varints, sets sorted.
enum LanguagesCodec {
  static func encode(_ languages: [LanguageTraits]) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(varint: UInt32(languages.count))
    for language in languages {
      append(language.name, to: &bytes)
      append(language.family, to: &bytes)
      append(language.separator, to: &bytes)
      bytes.append(varint: UInt32(language.transparent.count))
      bytes.append(contentsOf: language.transparent.map(\.rawValue).sorted())
      append(language.receivers, to: &bytes)
      append(language.bases, to: &bytes)
      append(language.wrappers, to: &bytes)
      append(language.commonMembers, to: &bytes)
      bytes.append(
        (language.extendsFromOutside ? 1 : 0) | (language.hasOpenTypes ? 2 : 0)
          | (language.callsMeanValues ? 4 : 0) | (language.trustsMembers ? 8 : 0))
      bytes.append(language.sharing.rawValue)
      append(language.imports.separator, to: &bytes)
      bytes.append((language.imports.keepsSuffix ? 1 : 0) | (language.imports.bringsAll ? 2 : 0))
      append(language.imports.indexNames, to: &bytes)
      append(language.imports.anchors, to: &bytes)
    }
    return bytes
  }

  static func decode(_ bytes: UnsafeRawBufferPointer) throws(MalformedBytes) -> [LanguageTraits] {
    var reader = ByteReader(bytes)
    var languages: [LanguageTraits] = []
    for _ in 0..<(try reader.varint()) {
      let name = try string(&reader)
      let family = try string(&reader)
      let separator = try string(&reader)
      var transparent: Set<EntityKind> = []
      for _ in 0..<(try reader.varint()) {
        guard let kind = EntityKind(rawValue: try reader.byte()) else {
          throw MalformedBytes(detail: "a language's kinds")
        }
        transparent.insert(kind)
      }
      let receivers = try strings(&reader)
      let bases = try strings(&reader)
      let wrappers = try strings(&reader)
      let commonMembers = try list(&reader)
      let kinds = try reader.byte()
      guard let sharing = Sharing(rawValue: try reader.byte()) else {
        throw MalformedBytes(detail: "a language's sharing")
      }
      let importSeparator = try string(&reader)
      let flags = try reader.byte()
      let rule = ImportRule(
        separator: importSeparator, keepsSuffix: flags & 1 != 0, indexNames: try strings(&reader),
        anchors: try strings(&reader), bringsAll: flags & 2 != 0)
      languages.append(
        LanguageTraits(
          name: name, family: family, separator: separator, transparent: transparent, receivers: receivers,
          bases: bases,
          wrappers: wrappers, trustsMembers: kinds & 8 != 0,
          commonMembers: commonMembers, extendsFromOutside: kinds & 1 != 0,
          hasOpenTypes: kinds & 2 != 0,
          callsMeanValues: kinds & 4 != 0, sharing: sharing,
          imports: rule))
    }
    try reader.requireEnd()
    return languages
  }

  private static func append(_ text: String, to bytes: inout [UInt8]) {
    bytes.append(varint: UInt32(text.utf8.count))
    bytes.append(contentsOf: text.utf8)
  }

  private static func append(_ texts: some Collection<String>, to bytes: inout [UInt8]) {
    bytes.append(varint: UInt32(texts.count))
    for text in texts.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) { append(text, to: &bytes) }
  }

  private static func string(_ reader: inout ByteReader) throws(MalformedBytes) -> String {
    let count = Int(try reader.varint())
    return String(decoding: try reader.take(count), as: UTF8.self)
  }

  private static func strings(_ reader: inout ByteReader) throws(MalformedBytes) -> Set<String> {
    Set(try list(&reader))
  }

  private static func list(_ reader: inout ByteReader) throws(MalformedBytes) -> [String] {
    let count = Int(try reader.varint())
    guard count <= reader.remaining else { throw MalformedBytes(detail: "a count is too large") }
    var texts: [String] = []
    texts.reserveCapacity(count)
    for _ in 0..<count { texts.append(try string(&reader)) }
    return texts
  }
}
