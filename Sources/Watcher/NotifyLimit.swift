internal import Glibc

/// A limit of the kernel on inotify that was reached, with what to raise it to.
public struct NotifyLimit: Hashable, Sendable, CustomStringConvertible {
  public enum Kind: String, Sendable {
    case watches
    case instances
  }

  public let kind: Kind
  /// As it is set now; nil if that cannot be told.
  public let limit: Int?
  /// The setting that is the tighter one.
  public let sysctl: String
  public let advised: Int

  /// The kernel counts by user, against two settings: `fs.inotify.max_user_*`, and `user.max_inotify_*` of the user namespace.
  /// Outside of containers they are one and the same. What is advised is well above what is set, and worth the trouble.
  init(_ kind: Kind, system: Int?, namespace: Int?) {
    self.kind = kind
    let isOfNamespace = namespace.map { $0 < system ?? .max } ?? false
    sysctl = isOfNamespace ? "user.max_inotify_\(kind.rawValue)" : "fs.inotify.max_user_\(kind.rawValue)"
    let current = min(system ?? 0, namespace ?? .max)
    limit = system == nil && namespace == nil ? nil : min(system ?? .max, namespace ?? .max)
    let usual = kind == .watches ? 524_288 : 1024
    advised = max(usual, min(current, Int(Int32.max) / 4) * 4)
  }

  /// As it is set now.
  public static func current(_ kind: Kind) -> NotifyLimit {
    NotifyLimit(
      kind, system: number(in: "/proc/sys/fs/inotify/max_user_\(kind.rawValue)"),
      namespace: number(in: "/proc/sys/user/max_inotify_\(kind.rawValue)"))
  }

  private static func number(in path: String) -> Int? {
    guard let content = ProcessFile.read(path) else { return nil }
    return Int(String(decoding: content.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self))
  }

  public var description: String {
    "the limit of inotify \(kind.rawValue) is reached; raise it: sysctl \(sysctl)=\(advised)"
  }
}
