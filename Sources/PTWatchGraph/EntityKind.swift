import Graph

/// What an entity is. A text, not a closed list: later versions may know more kinds.
public struct EntityKind: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
  /// The kind's name as commands and dumps write it.
  public let rawValue: String

  /// A kind by its name, which need not be one of those here.
  public init(rawValue: String) { self.rawValue = rawValue }

  init(_ kind: Graph.EntityKind) { rawValue = kind.name }

  /// The kind's name.
  public var description: String { rawValue }

  /// True for kinds that code calls.
  public var isCallable: Bool { Graph.EntityKind(name: rawValue)?.isCallable ?? false }

  /// True for kinds that name a type, or something that stands where a type stands.
  public var isType: Bool { Graph.EntityKind(name: rawValue)?.isType ?? false }

  /// A function that belongs to no type.
  public static let function = EntityKind(rawValue: "function")
  /// A function that belongs to a type.
  public static let method = EntityKind(rawValue: "method")
  /// What makes an instance of a type.
  public static let constructor = EntityKind(rawValue: "constructor")
  /// A class.
  public static let `class` = EntityKind(rawValue: "class")
  /// A structure.
  public static let `struct` = EntityKind(rawValue: "struct")
  /// An enumeration.
  public static let `enum` = EntityKind(rawValue: "enum")
  /// A case of an enumeration.
  public static let enumMember = EntityKind(rawValue: "enum_member")
  /// A union.
  public static let union = EntityKind(rawValue: "union")
  /// An interface.
  public static let interface = EntityKind(rawValue: "interface")
  /// A trait.
  public static let trait = EntityKind(rawValue: "trait")
  /// A protocol.
  public static let `protocol` = EntityKind(rawValue: "protocol")
  /// Another name for a type.
  public static let typeAlias = EntityKind(rawValue: "type_alias")
  /// A module.
  public static let module = EntityKind(rawValue: "module")
  /// A namespace.
  public static let namespace = EntityKind(rawValue: "namespace")
  /// A macro.
  public static let macro = EntityKind(rawValue: "macro")
  /// A constant.
  public static let constant = EntityKind(rawValue: "constant")
  /// A variable outside of any function.
  public static let variable = EntityKind(rawValue: "variable")
  /// A field of a type.
  public static let field = EntityKind(rawValue: "field")
  /// A property of a type.
  public static let property = EntityKind(rawValue: "property")
  /// A further piece of a type that is defined elsewhere.
  public static let `extension` = EntityKind(rawValue: "extension")
  /// A block of a type's functions.
  public static let impl = EntityKind(rawValue: "impl")
  /// A package.
  public static let package = EntityKind(rawValue: "package")
  /// A type with its only instance.
  public static let object = EntityKind(rawValue: "object")
  /// What reads or writes a property.
  public static let accessor = EntityKind(rawValue: "accessor")
  /// What ends an instance of a type.
  public static let destructor = EntityKind(rawValue: "destructor")
  /// An operator.
  public static let `operator` = EntityKind(rawValue: "operator")
  /// An event.
  public static let event = EntityKind(rawValue: "event")
  /// A type of functions.
  public static let delegate = EntityKind(rawValue: "delegate")
  /// A type that a protocol or trait leaves open.
  public static let associatedType = EntityKind(rawValue: "associated_type")
  /// A mixin.
  public static let mixin = EntityKind(rawValue: "mixin")
  /// What reads a property.
  public static let getter = EntityKind(rawValue: "getter")
  /// What writes a property.
  public static let setter = EntityKind(rawValue: "setter")
  /// Access to an element by an index.
  public static let `subscript` = EntityKind(rawValue: "subscript")
  /// A type of which no more is known.
  public static let type = EntityKind(rawValue: "type")
  /// A test.
  public static let test = EntityKind(rawValue: "test")
}
