import Platform

/// A share in the one `Environment` that a process has of a directory; the last one to go closes it.
final class EnvironmentLease: Sendable {
  let environment: Environment

  private struct Shared {
    let environment: Environment
    var holders: Int
  }

  /// Also locked while environments are opened and closed, so that no two are ever open on one file.
  private static let open = Guarded<[FileIdentity: Shared]>([:])

  /// `path` is the environment's own directory, not a link to it.
  init(_ path: String, _ purpose: Environment.Purpose) throws(StoreError) {
    environment = try Self.open.withLock { (open) throws(StoreError) -> Environment in
      if case .build = purpose {
        let environment = try Environment(path, nil, purpose)
        open[environment.identity] = Shared(environment: environment, holders: 1)
        return environment
      }
      let identity = try FileIdentity(ofEnvironment: path)
      if let shared = open[identity] {
        if case .write(let mapSize) = purpose { try shared.environment.makeWritable(mapSize: mapSize) }
        open[identity]!.holders += 1
        return shared.environment
      }
      let environment = try Environment(path, identity, purpose)
      open[identity] = Shared(environment: environment, holders: 1)
      return environment
    }
  }

  deinit {
    let identity = environment.identity
    Self.open.withLock { open in
      open[identity]!.holders -= 1
      // Under the lock, so not left to the environment's own end.
      if open[identity]!.holders == 0 {
        open[identity] = nil
        environment.close()
      }
    }
  }

  static func isOpen(_ path: String) -> Bool {
    guard let identity = try? FileIdentity(ofEnvironment: path) else { return false }
    return open.withLock { $0[identity] != nil }
  }
}

extension Environment {
  /// True if this process has the environment in this directory open.
  static func isOpen(_ path: String) -> Bool { EnvironmentLease.isOpen(path) }
}
