public import Platform

/// Something that a client may have done.
public struct Tool: Sendable {
  public let name: String
  public let title: String
  /// For the model that chooses.
  public let description: String
  public let parameters: [Parameter]
  let body: @Sendable (Arguments, ToolCall) throws -> ToolAnswer

  /// `body` runs on one of the server's threads; what it throws is told to the model, in the error's own words.
  public init(
    _ name: String, title: String, description: String, _ parameters: [Parameter],
    body: @escaping @Sendable (Arguments, ToolCall) throws -> ToolAnswer
  ) {
    self.name = name
    self.title = title
    self.description = description
    self.parameters = parameters
    self.body = body
  }

  /// What a tool is called with.
  public struct Parameter: Sendable {
    public enum Kind: Sendable {
      case string
      case strings
      case integer(ClosedRange<Int>)
      case boolean
      case choice([String])
    }

    let name: String
    let kind: Kind
    let description: String
    let isRequired: Bool

    public init(_ name: String, _ kind: Kind, _ description: String, isRequired: Bool = false) {
      self.name = name
      self.kind = kind
      self.description = description
      self.isRequired = isRequired
    }
  }

  /// As `tools/list` has it. All tools only read.
  var json: JSONValue {
    [
      "name": .string(name), "title": .string(title), "description": .string(description),
      "inputSchema": [
        "type": "object",
        "properties": .object(parameters.map { JSONValue.Member($0.name, $0.schema) }),
        "required": .array(parameters.filter(\.isRequired).map { .string($0.name) }),
        "additionalProperties": false,
      ],
      "annotations": ["readOnlyHint": true, "idempotentHint": true, "openWorldHint": false],
    ]
  }
}

/// What a tool answers: the same for a model to read, and for a program.
public struct ToolAnswer: Sendable {
  public let text: String
  /// An object.
  public let structured: JSONValue

  public init(text: String, structured: JSONValue) {
    self.text = text
    self.structured = structured
  }
}

/// A call that is under way.
public final class ToolCall: Sendable {
  /// Set when nobody wants the answer any more.
  public let stop = StopFlag()
  private let report: (@Sendable (_ progress: Double, _ total: Double?, _ message: String) -> Void)?
  private let last = Guarded(-Double.infinity)

  init(_ report: (@Sendable (Double, Double?, String) -> Void)?) { self.report = report }

  /// Says how far the call is, if the client asked to be told; only what is further than before.
  public func progress(_ progress: Double, of total: Double?, _ message: String) {
    guard let report, !stop.isSet else { return }
    let isFurther = last.withLock { last in
      defer { last = max(last, progress) }
      return progress > last
    }
    if isFurther { report(progress, total, message) }
  }
}

/// What is wrong with a call, for the model to mend.
struct WrongArgument: Error, CustomStringConvertible {
  let description: String
}

/// The arguments of a call, which fit the tool's parameters.
public struct Arguments: Sendable {
  private let object: JSONValue

  init(_ object: JSONValue, for tool: Tool) throws(WrongArgument) {
    self.object = object
    guard case .object(let members) = object else { return }
    for parameter in tool.parameters {
      guard let value = object[parameter.name], value != .null else {
        if parameter.isRequired { throw WrongArgument(description: "the argument \"\(parameter.name)\" is missing") }
        continue
      }
      if let expected = parameter.mismatch(value) {
        throw WrongArgument(description: "the argument \"\(parameter.name)\" has to be \(expected)")
      }
    }
    let known = tool.parameters.map(\.name)
    if let other = members.first(where: { !known.contains($0.key) }) {
      throw WrongArgument(
        description: "there is no argument \"\(other.key)\"; there are: \(known.joined(separator: ", "))")
    }
  }

  public func string(_ name: String) -> String? { object[name]?.string }

  public func strings(_ name: String) -> [String] {
    if case .array(let values) = object[name] { return values.compactMap(\.string) }
    return []
  }

  public func integer(_ name: String) -> Int? { if case .integer(let value) = object[name] { value } else { nil } }

  public func flag(_ name: String) -> Bool { object[name] == true }
}

extension Tool.Parameter {
  fileprivate var schema: JSONValue {
    var members: [JSONValue.Member] = []
    switch kind {
    case .string: members = [.init("type", "string")]
    case .strings: members = [.init("type", "array"), .init("items", ["type": "string"])]
    case .integer(let range):
      members = [.init("type", "integer"), .init("minimum", .integer(range.lowerBound))]
      if range.upperBound != .max { members.append(.init("maximum", .integer(range.upperBound))) }
    case .boolean: members = [.init("type", "boolean")]
    case .choice(let words): members = [.init("type", "string"), .init("enum", .array(words.map { .string($0) }))]
    }
    return .object(members + [.init("description", .string(description))])
  }

  /// What a value should be; nil if it is.
  fileprivate func mismatch(_ value: JSONValue) -> String? {
    switch (kind, value) {
    case (.string, .string), (.boolean, .bool): return nil
    case (.strings, .array(let values)) where values.allSatisfy({ $0.string != nil }): return nil
    case (.integer(let range), .integer(let number)) where range.contains(number): return nil
    case (.choice(let words), .string(let word)) where words.contains(word): return nil
    case (.string, _): return "a string"
    case (.strings, _): return "an array of strings"
    case (.boolean, _): return "true or false"
    case (.integer(let range), _):
      return range.upperBound == .max
        ? "an integer, \(range.lowerBound) or more" : "an integer from \(range.lowerBound) to \(range.upperBound)"
    case (.choice(let words), _): return "one of \(words.joined(separator: ", "))"
    }
  }
}
