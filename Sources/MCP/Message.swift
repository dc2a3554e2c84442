/// What a request is known by until it is answered.
public enum RequestID: Hashable, Sendable {
  case integer(Int)
  case string(String)

  init?(_ value: JSONValue?) {
    switch value {
    case .integer(let integer): self = .integer(integer)
    case .string(let string): self = .string(string)
    default: return nil
    }
  }

  var json: JSONValue {
    switch self {
    case .integer(let integer): .integer(integer)
    case .string(let string): .string(string)
    }
  }
}

/// A failure that a request is answered with.
struct RPCError: Error {
  let code: Int
  let message: String
  var data: JSONValue?

  static let notJSON = RPCError(code: -32700, message: "Parse error: the line is no JSON text")
  static func invalidRequest(_ why: String) -> RPCError { RPCError(code: -32600, message: "Invalid request: \(why)") }
  static func unknownMethod(_ name: String) -> RPCError { RPCError(code: -32601, message: "Method not found: \(name)") }
  static func invalidParams(_ why: String) -> RPCError { RPCError(code: -32602, message: why) }
  static func overloaded(_ most: Int) -> RPCError {
    RPCError(code: -32603, message: "Too many requests at once; \(most) are under way")
  }
  static func unsupportedVersion(_ requested: String) -> RPCError {
    RPCError(
      code: -32022, message: "Unsupported protocol version",
      data: ["supported": .array(Revision.all.map { .string($0) }), "requested": .string(requested)])
  }
}

struct Request {
  let id: RequestID
  let method: String
  /// An object.
  let params: JSONValue
}

/// One JSON-RPC message, as it came.
enum Message {
  case request(Request)
  case notification(method: String, params: JSONValue)
  /// To a request; this server makes none.
  case response
  case invalid(RequestID?, RPCError)

  init(_ value: JSONValue) {
    guard value.isObject else {
      self = .invalid(nil, .invalidRequest("a message is an object"))
      return
    }
    let id = RequestID(value["id"])
    let params = value["params"] ?? .object([])
    if value["jsonrpc"] != "2.0" {
      self = .invalid(id, .invalidRequest("\"jsonrpc\" has to be \"2.0\""))
    } else if value["method"] == nil, value["result"] != nil || value["error"] != nil {
      self = .response
    } else if value["id"] != nil, id == nil {
      self = .invalid(nil, .invalidRequest("\"id\" has to be a string or an integer"))
    } else if let method = value["method"]?.string {
      if let id {
        self =
          params.isObject
          ? .request(Request(id: id, method: method, params: params))
          : .invalid(id, .invalidParams("\"params\" has to be an object"))
      } else {
        self = .notification(method: method, params: params)
      }
    } else {
      self = .invalid(id, .invalidRequest("\"method\" has to be a string"))
    }
  }
}

/// Revisions of the protocol.
enum Revision {
  /// Without a handshake: each request says which it is of.
  static let modern = ["2026-07-28"]
  /// Agreed on by `initialize`; newest first.
  static let legacy = ["2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05"]
  static let all = modern + legacy
  /// The one that has batches.
  static let batching = "2025-03-26"

  static let versionKey = "io.modelcontextprotocol/protocolVersion"
  static let capabilitiesKey = "io.modelcontextprotocol/clientCapabilities"
  static let serverKey = "io.modelcontextprotocol/serverInfo"
  static let subscriptionKey = "io.modelcontextprotocol/subscriptionId"
}
