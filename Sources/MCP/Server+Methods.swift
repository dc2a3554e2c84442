import Platform

extension Server {
  /// Answers by `sink`, now or later, or throws what is wrong.
  func answer(_ request: Request, _ sink: @escaping Sink) throws(RPCError) {
    let isModern = try isModern(request)
    switch request.method {
    case "initialize" where !isModern: sink(response(request.id, try initialize(request.params), isModern))
    case "ping" where !isModern: sink(response(request.id, .object([]), isModern))
    case "server/discover" where isModern: sink(response(request.id, discovery, isModern))
    case "tools/list": sink(response(request.id, try list(request.params, isModern), isModern))
    case "tools/call": try call(request, isModern, sink)
    case "subscriptions/listen" where isModern: try listen(request, sink)
    default: throw .unknownMethod(request.method)
    }
  }

  /// True for a request that says itself of which revision it is, false for one after a handshake, or that begins one.
  private func isModern(_ request: Request) throws(RPCError) -> Bool {
    let meta = request.params["_meta"]
    guard let version = meta?[Revision.versionKey] else {
      if ["initialize", "ping"].contains(request.method) { return false }
      if state.withLock({ $0.revision != nil }) { return false }
      throw .invalidParams(
        "params._meta has to have \"\(Revision.versionKey)\" (one of \(Revision.modern.joined(separator: ", "))), "
          + "or the client has to begin with initialize (\(Revision.legacy.joined(separator: ", ")))")
    }
    guard let version = version.string else { throw .invalidParams("\"\(Revision.versionKey)\" has to be a string") }
    guard Revision.modern.contains(version) else { throw .unsupportedVersion(version) }
    guard meta?[Revision.capabilitiesKey]?.isObject == true else {
      throw .invalidParams("params._meta has to have \"\(Revision.capabilitiesKey)\", an object")
    }
    return true
  }

  // MARK: What the server is

  private var identity: JSONValue {
    [
      "name": .string(description.name), "title": .string(description.title), "version": .string(description.version),
    ]
  }

  private var capabilities: JSONValue { ["tools": .object([])] }

  /// Lists of this server stay as they are while it lives.
  private static let cached: [JSONValue.Member] = [.init("ttlMs", 3_600_000), .init("cacheScope", "public")]

  private func initialize(_ params: JSONValue) throws(RPCError) -> JSONValue {
    guard let asked = params["protocolVersion"]?.string else {
      throw .invalidParams("\"protocolVersion\" has to be a string")
    }
    let revision = Revision.legacy.contains(asked) ? asked : Revision.legacy[0]
    state.withLock { $0.revision = revision }
    return [
      "protocolVersion": .string(revision), "capabilities": capabilities, "serverInfo": identity,
      "instructions": .string(description.instructions),
    ]
  }

  private var discovery: JSONValue {
    let result: JSONValue = [
      "supportedVersions": .array(Revision.all.map { .string($0) }), "capabilities": capabilities,
      "instructions": .string(description.instructions),
    ]
    return result.adding(Self.cached)
  }

  // MARK: Tools

  private func list(_ params: JSONValue, _ isModern: Bool) throws(RPCError) -> JSONValue {
    // There is one page only.
    if let cursor = params["cursor"], cursor != .null { throw .invalidParams("no list of tools has this cursor") }
    let result: JSONValue = ["tools": .array(tools.map(\.json))]
    return isModern ? result.adding(Self.cached) : result
  }

  private func call(_ request: Request, _ isModern: Bool, _ sink: @escaping Sink) throws(RPCError) {
    guard let name = request.params["name"]?.string else { throw .invalidParams("\"name\" has to be a string") }
    guard let tool = tools.first(where: { $0.name == name }) else { throw .invalidParams("Unknown tool: \(name)") }
    let arguments = request.params["arguments"] ?? .object([])
    guard arguments.isObject else { throw .invalidParams("\"arguments\" has to be an object") }
    let call = ToolCall(reporter(request.params["_meta"]?["progressToken"]))
    try begin(request.id, call)
    enqueue(
      Job(id: request.id, call: call, isModern: isModern, tool: tool, arguments: arguments) { [self] result in
        end(request.id, call)
        sink(call.stop.isSet ? nil : result.map { response(request.id, $0, isModern) })
      })
  }

  private func reporter(_ token: JSONValue?) -> (@Sendable (Double, Double?, String) -> Void)? {
    guard let token, RequestID(token) != nil else { return nil }
    return { [weak self] progress, total, message in
      var params: [JSONValue.Member] = [.init("progressToken", token), .init("progress", .number(progress))]
      if let total { params.append(.init("total", .number(total))) }
      params.append(.init("message", .string(message)))
      self?.write(["jsonrpc": "2.0", "method": "notifications/progress", "params": .object(params)])
    }
  }

  private func begin(_ id: RequestID, _ call: ToolCall) throws(RPCError) {
    try state.withLock { (state) throws(RPCError) in
      if state.active[id] != nil { throw .invalidRequest("a request with this id is under way") }
      if state.active.count >= Self.mostActive { throw .overloaded(Self.mostActive) }
      state.active[id] = call
    }
  }

  private func end(_ id: RequestID, _ call: ToolCall) {
    state.withLock { if $0.active[id] === call { $0.active[id] = nil } }
  }

  // MARK: Subscriptions

  /// Of what can be subscribed to nothing ever happens here: the stream is acknowledged as empty, and lasts until it is cancelled.
  private func listen(_ request: Request, _ sink: Sink) throws(RPCError) {
    guard request.params["notifications"]?.isObject == true else {
      throw .invalidParams("\"notifications\" has to be an object")
    }
    try begin(request.id, ToolCall(nil))
    write([
      "jsonrpc": "2.0", "method": "notifications/subscriptions/acknowledged",
      "params": ["_meta": .object([.init(Revision.subscriptionKey, request.id.json)]), "notifications": .object([])],
    ])
    sink(nil)
  }

  // MARK: Answers

  private func response(_ id: RequestID, _ result: JSONValue, _ isModern: Bool) -> JSONValue {
    var result = result
    if isModern {
      result = .object([.init("resultType", "complete")])
        .adding(result.members)
        .adding([.init("_meta", .object([.init(Revision.serverKey, identity)]))])
    }
    return ["jsonrpc": "2.0", "id": id.json, "result": result]
  }
}

extension JSONValue {
  fileprivate var members: [Member] { if case .object(let members) = self { members } else { [] } }
}
