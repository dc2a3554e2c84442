import Glibc
import Platform

/// A file in an environment's directory, made by whoever stumbles on damage, so that nobody trusts the environment again and
/// the next writer builds another. It holds the reason.
enum DamageMark {
  static let name = FatalSignals.markName

  /// Nil for an environment that is not marked.
  static func reason(_ environment: String) -> String? {
    let file = open(environment + "/" + name, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOFOLLOW)
    if file < 0 { return nil }
    defer { close(file) }
    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 1024) { buffer in
      let count = read(file, buffer.baseAddress!, buffer.count)
      let text = String(decoding: buffer[..<max(count, 0)].prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
      return text.isEmpty ? "it was found so before" : text
    }
  }
}

extension StoreError {
  /// Marks the environment that the error tells to be damaged; nothing if it tells of something else, or if the store cannot
  /// be written to.
  public func markDamage() {
    guard case .damaged(let path, let detail) = self, DamageMark.reason(path) == nil else { return }
    StoreDirectory.mark(environment: path, detail)
  }
}

extension StoreDirectory {
  /// Has the environment in use taken for damaged from now on, for an error that asks for a rebuild.
  public func markDamaged(by error: StoreError) {
    switch error {
    case .damaged(_, let detail), .inconsistent(let detail): markDamaged(detail)
    default: break
    }
  }

  /// Has the environment in use taken for damaged from now on.
  public func markDamaged(_ reason: String) {
    guard let environment = try? currentEnvironment() else { return }
    Self.mark(environment: environment, reason)
  }

  fileprivate static func mark(environment: String, _ reason: String) {
    guard isEnvironment(environment) else { return }
    let path = environment + "/" + DamageMark.name
    let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    if file < 0 { return }
    let text = Array("\(reason)\n".utf8)
    _ = write(file, text, text.count)
    close(file)
  }

  private static func isEnvironment(_ path: String) -> Bool {
    path.split(separator: "/").last.map { number(of: String($0)) != nil } ?? false
  }
}
