public import Platform

/// Serves tools by the Model Context Protocol: revision 2026-07-28, and those with a handshake before it, each client in its own
/// way. Takes messages and gives them; knows nothing of how they travel.
public final class Server: Sendable {
  public struct Description: Sendable {
    let name: String
    let title: String
    let version: String
    /// For the model: what the server is good for.
    let instructions: String

    public init(name: String, title: String, version: String, instructions: String) {
      self.name = name
      self.title = title
      self.version = version
      self.instructions = instructions
    }
  }

  struct State {
    /// What a client with a handshake has agreed to.
    var revision: String?
    /// Requests without an answer yet.
    var active: [RequestID: ToolCall] = [:]
  }

  /// What becomes of a message; nil if it gets no answer. Called once.
  typealias Sink = @Sendable (JSONValue?) -> Void

  struct Job: Sendable {
    let id: RequestID
    let call: ToolCall
    let isModern: Bool
    let tool: Tool
    let arguments: JSONValue
    let sink: Sink
  }

  /// Most requests without an answer.
  public static let mostActive = 64

  let description: Description
  let tools: [Tool]
  let state = Guarded(State())
  private let jobs: BoundedQueue<Job>
  private let workers: Guarded<ThreadGroup?>
  private let send: @Sendable ([UInt8]) -> Void

  /// `send` gets each message, a line without its end, from one thread at a time. Ends with ``stop()`` or ``finish()``.
  public init(
    _ description: Description, tools: [Tool], threads: Int = 4, send: @escaping @Sendable ([UInt8]) -> Void
  ) throws(SystemError) {
    self.description = description
    self.tools = tools
    let sending = Guarded(())
    self.send = { line in sending.withLock { _ in send(line) } }
    let jobs = BoundedQueue<Job>(capacity: Self.mostActive)
    self.jobs = jobs
    workers = Guarded(
      try ThreadGroup("request", count: threads, cancel: jobs.close) {
        while let job = jobs.pop() { job.run() }
      })
  }

  /// Takes one line. Answers go out at once, or from another thread.
  public func receive(_ line: [UInt8]) {
    if line.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) { return }
    guard let value = JSONValue(parsing: line) else { return reply(nil, .notJSON) { self.write($0) } }
    if case .array(let messages) = value { return receive(batch: messages) }
    receive(value) { self.write($0) }
  }

  /// A line that was too long to be taken.
  public func refuseLine(longerThan bytes: Int) {
    reply(nil, .invalidRequest("a message of more than \(bytes) bytes")) { self.write($0) }
  }

  /// Ends all requests without answers, and the server.
  public func stop() {
    state.withLock { for call in $0.active.values { call.stop.set() } }
    finish()
  }

  /// Ends when all requests are answered.
  public func finish() {
    jobs.close()
    workers.withLock { group in
      group?.join()
      group = nil
    }
  }

  func write(_ message: JSONValue?) {
    if let message { send(message.text) }
  }

  func enqueue(_ job: Job) { jobs.push(job) }

  private func receive(batch messages: [JSONValue]) {
    guard state.withLock({ $0.revision == Revision.batching }), !messages.isEmpty else {
      return reply(nil, .invalidRequest("a line holds one message")) { self.write($0) }
    }
    let answers = BatchAnswers(messages.count) { self.write($0) }
    for message in messages { receive(message) { answers.add($0) } }
  }

  private func receive(_ value: JSONValue, _ sink: @escaping Sink) {
    switch Message(value) {
    case .request(let request):
      do throws(RPCError) { try answer(request, sink) } catch { reply(request.id, error, sink) }
    case .notification("notifications/cancelled", let params):
      if let id = RequestID(params["requestId"]) { cancel(id) }
      sink(nil)
    case .notification, .response: sink(nil)
    case .invalid(let id, let error): reply(id, error, sink)
    }
  }

  private func cancel(_ id: RequestID) {
    state.withLock { state in
      state.active[id]?.stop.set()
      state.active[id] = nil
    }
  }

  /// An error; without an id if the request's could not be read.
  private func reply(_ id: RequestID?, _ error: RPCError, _ sink: Sink) {
    var body: [JSONValue.Member] = [
      .init("code", .integer(error.code)), .init("message", .string(error.message)),
    ]
    if let data = error.data { body.append(.init("data", data)) }
    let head: [JSONValue.Member] = [.init("jsonrpc", "2.0")]
    sink(.object(head + (id.map { [.init("id", $0.json)] } ?? []) + [.init("error", .object(body))]))
  }
}

extension Server.Job {
  fileprivate func run() { if call.stop.isSet { sink(nil) } else { sink(result()) } }

  private func result() -> JSONValue? {
    do {
      let answer = try tool.body(try Arguments(arguments, for: tool), call)
      return [
        "content": [["type": "text", "text": .string(answer.text)]], "structuredContent": answer.structured,
        "isError": false,
      ]
    } catch {
      return ["content": [["type": "text", "text": .string("\(error)")]], "isError": true]
    }
  }
}

/// Gathers the answers to a batch, which go out together.
private final class BatchAnswers: Sendable {
  private let state: Guarded<(left: Int, answers: [JSONValue])>
  private let done: @Sendable (JSONValue?) -> Void

  init(_ count: Int, _ done: @escaping @Sendable (JSONValue?) -> Void) {
    state = Guarded((count, []))
    self.done = done
  }

  func add(_ answer: JSONValue?) {
    let all = state.withLock { state -> [JSONValue]? in
      if let answer { state.answers.append(answer) }
      state.left -= 1
      return state.left == 0 ? state.answers : nil
    }
    if let all, !all.isEmpty { done(.array(all)) }
  }
}
