// Prints what swift-syntax sees in the Swift files below a directory, one JSON object a line: definitions, calls, imports and bases.
//
//     facts DIR
import Foundation
import SwiftParser
import SwiftSyntax

struct Row: Encodable {
  var t: String
  var path: String
  var kind: String?
  var name: String?
  var qualified: String?
  var line: Int?
  var endLine: Int?
  var column: Int?
  /// A bare name that is a local somewhere in the file: the parser alone cannot tell whether it is one here.
  var unclear: Bool?
}

final class Reader: SyntaxVisitor {
  let path: String
  let places: SourceLocationConverter
  var scopes: [String] = []
  /// True where a `var` or `let` is a local.
  var isLocal: [Bool] = [false]
  var rows: [Row] = []
  /// Rows of calls by a bare name, and the names that are locals, parameters or type parameters somewhere in the file.
  var bare: Set<Int> = []
  var locals: Set<String> = []

  init(path: String, tree: SourceFileSyntax) {
    self.path = path
    places = SourceLocationConverter(fileName: path, tree: tree)
    super.init(viewMode: .sourceAccurate)
  }

  func add(_ t: String, _ name: TokenSyntax, isBare: Bool = false) {
    let at = name.startLocation(converter: places)
    let row = Row(t: t, path: path, name: plain(name.text), line: at.line, column: at.column)
    rows.append(row)
    if isBare { bare.insert(rows.count - 1) }
  }

  func define(_ kind: String, _ name: String, _ node: some SyntaxProtocol) {
    let qualified = (scopes + [name]).filter { !$0.isEmpty }.map(plain).joined(separator: ".")
    let first = node.startLocation(converter: places).line, last = node.endLocation(converter: places).line
    rows.append(Row(t: "entity", path: path, kind: kind, name: plain(name), qualified: qualified, line: first, endLine: last))
  }

  func plain(_ name: String) -> String { name.replacingOccurrences(of: "`", with: "") }

  func open(_ name: String, local: Bool) { scopes.append(name); isLocal.append(local) }
  func close() { scopes.removeLast(); isLocal.removeLast() }

  // MARK: Types

  override func visit(_ node: ClassDeclSyntax) -> SyntaxVisitorContinueKind {
    define("class", node.name.text, node); bases(node.inheritanceClause); open(node.name.text, local: false)
    return .visitChildren
  }
  override func visitPost(_ node: ClassDeclSyntax) { close() }
  override func visit(_ node: ActorDeclSyntax) -> SyntaxVisitorContinueKind {
    define("class", node.name.text, node); bases(node.inheritanceClause); open(node.name.text, local: false)
    return .visitChildren
  }
  override func visitPost(_ node: ActorDeclSyntax) { close() }
  override func visit(_ node: StructDeclSyntax) -> SyntaxVisitorContinueKind {
    define("struct", node.name.text, node); bases(node.inheritanceClause); open(node.name.text, local: false)
    return .visitChildren
  }
  override func visitPost(_ node: StructDeclSyntax) { close() }
  override func visit(_ node: EnumDeclSyntax) -> SyntaxVisitorContinueKind {
    define("enum", node.name.text, node); bases(node.inheritanceClause); open(node.name.text, local: false)
    return .visitChildren
  }
  override func visitPost(_ node: EnumDeclSyntax) { close() }
  override func visit(_ node: ProtocolDeclSyntax) -> SyntaxVisitorContinueKind {
    define("protocol", node.name.text, node); bases(node.inheritanceClause); open(node.name.text, local: false)
    return .visitChildren
  }
  override func visitPost(_ node: ProtocolDeclSyntax) { close() }
  override func visit(_ node: ExtensionDeclSyntax) -> SyntaxVisitorContinueKind {
    let names = segments(node.extendedType)
    for (place, name) in names.enumerated() {
      define("extension", name, node)
      if place == names.count - 1 { bases(node.inheritanceClause) }
      open(name, local: false)
    }
    return .visitChildren
  }
  override func visitPost(_ node: ExtensionDeclSyntax) { for _ in segments(node.extendedType) { close() } }

  /// An extension of `A.B` is one of B in one of A.
  func segments(_ type: TypeSyntax) -> [String] {
    guard let member = type.as(MemberTypeSyntax.self) else { return [lastName(type)] }
    return segments(member.baseType) + [member.name.text]
  }

  func lastName(_ type: TypeSyntax) -> String {
    if let type = type.as(IdentifierTypeSyntax.self) { return type.name.text }
    if let type = type.as(MemberTypeSyntax.self) { return type.name.text }
    return type.trimmedDescription
  }

  func bases(_ clause: InheritanceClauseSyntax?) {
    for base in clause?.inheritedTypes ?? [] {
      var type = base.type
      if let attributed = type.as(AttributedTypeSyntax.self) { type = attributed.baseType }
      let parts = type.as(CompositionTypeSyntax.self).map { $0.elements.map(\.type) } ?? [type]
      for part in parts {
        if part.is(SuppressedTypeSyntax.self) { continue }
        if let member = part.as(MemberTypeSyntax.self) { add("inherits", member.name) }
        if let type = part.as(IdentifierTypeSyntax.self) { add("inherits", type.name, isBare: true) }
      }
    }
  }

  // MARK: Functions

  override func visit(_ node: FunctionDeclSyntax) -> SyntaxVisitorContinueKind {
    if case .identifier = node.name.tokenKind {
      define("function", node.name.text, node)
    } else {
      define("operator", node.name.text, node)
    }
    open(node.name.text, local: true)
    return .visitChildren
  }
  override func visitPost(_ node: FunctionDeclSyntax) { close() }
  override func visit(_ node: InitializerDeclSyntax) -> SyntaxVisitorContinueKind {
    define("constructor", "init", node); open("init", local: true)
    return .visitChildren
  }
  override func visitPost(_ node: InitializerDeclSyntax) { close() }
  override func visit(_ node: DeinitializerDeclSyntax) -> SyntaxVisitorContinueKind {
    define("destructor", "deinit", node); open("deinit", local: true)
    return .visitChildren
  }
  override func visitPost(_ node: DeinitializerDeclSyntax) { close() }
  override func visit(_ node: SubscriptDeclSyntax) -> SyntaxVisitorContinueKind {
    define("subscript", "subscript", node); open("subscript", local: true)
    return .visitChildren
  }
  override func visitPost(_ node: SubscriptDeclSyntax) { close() }
  override func visit(_ node: AccessorDeclSyntax) -> SyntaxVisitorContinueKind {
    let name = node.accessorSpecifier.text
    if node.body != nil { define(name == "get" ? "getter" : name == "set" ? "setter" : "accessor", name, node) }
    open(name, local: true)
    return .visitChildren
  }
  override func visitPost(_ node: AccessorDeclSyntax) { close() }
  override func visit(_ node: MacroDeclSyntax) -> SyntaxVisitorContinueKind {
    define("macro", node.name.text, node); open(node.name.text, local: true)
    return .visitChildren
  }
  override func visitPost(_ node: MacroDeclSyntax) { close() }

  // MARK: Values

  override func visit(_ node: ClosureExprSyntax) -> SyntaxVisitorContinueKind { isLocal.append(true); return .visitChildren }
  override func visitPost(_ node: ClosureExprSyntax) { isLocal.removeLast() }
  override func visit(_ node: CodeBlockSyntax) -> SyntaxVisitorContinueKind { isLocal.append(true); return .visitChildren }
  override func visitPost(_ node: CodeBlockSyntax) { isLocal.removeLast() }
  override func visit(_ node: AccessorBlockSyntax) -> SyntaxVisitorContinueKind { isLocal.append(true); return .visitChildren }
  override func visitPost(_ node: AccessorBlockSyntax) { isLocal.removeLast() }
  override func visit(_ node: SwitchCaseSyntax) -> SyntaxVisitorContinueKind { isLocal.append(true); return .visitChildren }
  override func visitPost(_ node: SwitchCaseSyntax) { isLocal.removeLast() }

  override func visit(_ node: VariableDeclSyntax) -> SyntaxVisitorContinueKind {
    for binding in node.bindings {
      let names = bound(binding.pattern)
      let isLone = node.bindings.count == 1 && names.count == 1
      if !isLocal.last! { for name in names { define("variable", name.text, isLone ? Syntax(node) : Syntax(name)) } }
    }
    return .visitChildren
  }
  override func visit(_ node: PatternBindingSyntax) -> SyntaxVisitorContinueKind {
    let names = bound(node.pattern)
    let several = node.parent?.as(PatternBindingListSyntax.self).map { $0.count > 1 } ?? false
    if isLocal.last! || several || names.count != 1 { scopes.append("") } else { scopes.append(names[0].text) }
    return .visitChildren
  }
  override func visitPost(_ node: PatternBindingSyntax) { scopes.removeLast() }

  func bound(_ pattern: PatternSyntax) -> [TokenSyntax] {
    if let name = pattern.as(IdentifierPatternSyntax.self) { return [name.identifier] }
    if let tuple = pattern.as(TuplePatternSyntax.self) { return tuple.elements.flatMap { bound($0.pattern) } }
    return []
  }

  override func visit(_ node: EnumCaseElementSyntax) -> SyntaxVisitorContinueKind {
    define("enum_member", node.name.text, node.name)
    return .visitChildren
  }
  override func visit(_ node: TypeAliasDeclSyntax) -> SyntaxVisitorContinueKind {
    define("type_alias", node.name.text, node)
    return .visitChildren
  }
  override func visit(_ node: AssociatedTypeDeclSyntax) -> SyntaxVisitorContinueKind {
    define("associated_type", node.name.text, node)
    return .visitChildren
  }
  override func visit(_ node: OperatorDeclSyntax) -> SyntaxVisitorContinueKind {
    define("operator", node.name.text, node)
    return .visitChildren
  }
  override func visit(_ node: PrecedenceGroupDeclSyntax) -> SyntaxVisitorContinueKind {
    define("type", node.name.text, node)
    return .visitChildren
  }

  // MARK: Locals, which are no part of the graph

  func local(_ name: TokenSyntax?) { if let name { locals.insert(plain(name.text)) } }
  override func visit(_ node: FunctionParameterSyntax) -> SyntaxVisitorContinueKind {
    local(node.secondName ?? node.firstName)
    return .visitChildren
  }
  override func visit(_ node: ClosureParameterSyntax) -> SyntaxVisitorContinueKind {
    local(node.secondName ?? node.firstName)
    return .visitChildren
  }
  override func visit(_ node: ClosureShorthandParameterSyntax) -> SyntaxVisitorContinueKind { local(node.name); return .visitChildren }
  override func visit(_ node: ClosureCaptureSyntax) -> SyntaxVisitorContinueKind { local(node.name); return .visitChildren }
  override func visit(_ node: GenericParameterSyntax) -> SyntaxVisitorContinueKind { local(node.name); return .visitChildren }
  override func visit(_ node: IdentifierPatternSyntax) -> SyntaxVisitorContinueKind { local(node.identifier); return .visitChildren }
  /// In which what looks like a call is a case with its payload.
  var patterns = 0
  override func visit(_ node: ExpressionPatternSyntax) -> SyntaxVisitorContinueKind { patterns += 1; return .visitChildren }
  override func visitPost(_ node: ExpressionPatternSyntax) { patterns -= 1 }

  // MARK: Edges

  override func visit(_ node: ImportDeclSyntax) -> SyntaxVisitorContinueKind {
    let at = node.path.startLocation(converter: places)
    rows.append(Row(t: "import", path: path, name: node.path.last!.name.text, line: at.line))
    return .skipChildren
  }
  override func visit(_ node: FunctionCallExprSyntax) -> SyntaxVisitorContinueKind {
    if patterns > 0, node.calledExpression.is(MemberAccessExprSyntax.self) { return .visitChildren }
    var callee = node.calledExpression
    while true {
      if let inner = callee.as(GenericSpecializationExprSyntax.self) { callee = inner.expression } else
      if let inner = callee.as(ForceUnwrapExprSyntax.self) { callee = inner.expression } else
      if let inner = callee.as(OptionalChainingExprSyntax.self) { callee = inner.expression } else { break }
    }
    if let name = callee.as(DeclReferenceExprSyntax.self) { add("call", name.baseName, isBare: true) }
    if let member = callee.as(MemberAccessExprSyntax.self) {
      add("call", member.declName.baseName)
    }
    return .visitChildren
  }
  // The conditions of `#if` are no code.
  override func visit(_ node: IfConfigClauseSyntax) -> SyntaxVisitorContinueKind {
    if let elements = node.elements { walk(elements) }
    return .skipChildren
  }
  /// What looks like a macro but is the language's own.
  static let literals: Set = [
    "line", "file", "filePath", "fileID", "function", "column", "selector", "keyPath", "dsohandle", "colorLiteral",
    "imageLiteral", "fileLiteral", "externalMacro",
  ]
  override func visit(_ node: MacroExpansionExprSyntax) -> SyntaxVisitorContinueKind {
    if Self.literals.contains(node.macroName.text) { return .visitChildren }
    add("call", node.macroName)
    return .visitChildren
  }
  override func visit(_ node: MacroExpansionDeclSyntax) -> SyntaxVisitorContinueKind {
    add("call", node.macroName)
    return .visitChildren
  }
  // The language's own attributes begin with a small letter, as do some wrappers, which are not compared.
  override func visit(_ node: AttributeSyntax) -> SyntaxVisitorContinueKind {
    if node.attributeName.trimmedDescription.first?.isUppercase == true, node.attributeName.trimmedDescription != "Sendable" { return .visitChildren }
    return .skipChildren
  }
}

let root = URL(fileURLWithPath: CommandLine.arguments[1]).standardizedFileURL
let encoder = JSONEncoder()
func show(_ row: Row) throws { print(String(decoding: try encoder.encode(row), as: UTF8.self)) }

let files = FileManager.default.enumerator(at: root, includingPropertiesForKeys: [.isRegularFileKey])!
for case let file as URL in files where file.pathExtension == "swift" {
  guard try file.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true else { continue }
  let path = String(file.standardizedFileURL.path.dropFirst(root.path.count + 1))
  guard let text = try? String(contentsOf: file, encoding: .utf8) else { continue }
  let tree = Parser.parse(source: text)
  guard !tree.hasError else {
    try show(Row(t: "skipped", path: path))
    continue
  }
  let reader = Reader(path: path, tree: tree)
  reader.walk(tree)
  try show(Row(t: "file", path: path))
  for (index, row) in reader.rows.enumerated() {
    var row = row
    if reader.bare.contains(index), reader.locals.contains(row.name ?? "") { row.unclear = true }
    try show(row)
  }
}
