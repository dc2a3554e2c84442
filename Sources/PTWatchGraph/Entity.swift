import Graph
import Query

/// A named thing defined in source: a function, a type, a macro ...
///
/// A value, good for as long as one likes, and in any snapshot: there it stands for what has its ``id``. Names and texts are made fit
/// to be shown: control characters, and bytes that are not UTF-8, stand in them as `%XX`.
public struct Entity: Hashable, Sendable, Identifiable {
  /// `<language>:<kind>:<path>:<qualified name>`, the same for as long as these are, whatever is edited around the entity.
  public let id: String
  /// What it is.
  public let kind: EntityKind
  /// Its own name.
  public let name: String
  /// Its name with those of what it stands in, joined as its language does.
  public let qualifiedName: String
  /// Its declaration in one line, without the body.
  public let signature: String
  /// Of its file, from the root of the tree.
  public let path: String
  /// The path's bytes as the file system has them.
  public let pathBytes: [UInt8]
  /// Name of the language.
  public let language: String
  /// Its first character.
  public let start: SourcePosition
  /// Just after its last character.
  public let end: SourcePosition
  /// Id of the entity that it stands in; nil at the top of a file.
  public let parentID: String?
  /// True of test code, by attribute, naming convention or path.
  public let isTest: Bool
  /// True of code that a program wrote, by a mark at the top of the file or by its path.
  public let isGenerated: Bool
  /// True of what its own file alone can name.
  public let isFileLocal: Bool

  init(_ info: EntityInfo) {
    id = info.id
    kind = EntityKind(info.kind)
    name = Escaping.printable(info.name)
    qualifiedName = Escaping.printable(info.qualified)
    signature = Escaping.printable(info.signature)
    path = "\(info.path)"
    pathBytes = info.path.bytes
    language = info.language
    start = SourcePosition(info.span.start)
    end = SourcePosition(info.span.end)
    parentID = info.parent
    isTest = info.flags.contains(.test)
    isGenerated = info.flags.contains(.generated)
    isFileLocal = info.flags.contains(.fileLocal)
  }
}

/// A place in a file, as editors count.
public struct SourcePosition: Hashable, Comparable, Sendable {
  /// From 1.
  public let line: Int
  /// From 1, in bytes.
  public let column: Int

  init(_ position: Position) {
    line = Int(position.row) + 1
    column = Int(position.column) + 1
  }

  /// By line, then by column.
  public static func < (a: SourcePosition, b: SourcePosition) -> Bool { (a.line, a.column) < (b.line, b.column) }
}
