import Graph
import Testing

@testable import Watcher

/// What is advised where the kernel grants no more.
@Suite struct LimitTests {
  struct Case: Sendable {
    var kind = NotifyLimit.Kind.watches
    var system: Int?
    var namespace: Int?
    var sysctl: String
    var advised: Int
  }

  static let cases = [
    // As the kernel comes with them, the same twice.
    Case(system: 192_536, namespace: 192_536, sysctl: "fs.inotify.max_user_watches", advised: 770_144),
    Case(system: 8192, namespace: 8192, sysctl: "fs.inotify.max_user_watches", advised: 524_288),
    // In a user namespace without and with a limit of its own.
    Case(system: 8192, namespace: 2_147_483_647, sysctl: "fs.inotify.max_user_watches", advised: 524_288),
    Case(system: 8192, namespace: 20, sysctl: "user.max_inotify_watches", advised: 524_288),
    Case(system: 8_000_000, namespace: 1_000_000, sysctl: "user.max_inotify_watches", advised: 4_000_000),
    // Older kernels, and no /proc/sys at all.
    Case(system: 1_048_576, sysctl: "fs.inotify.max_user_watches", advised: 4_194_304),
    Case(sysctl: "fs.inotify.max_user_watches", advised: 524_288),
    // No more than the kernel takes.
    Case(system: 2_147_483_647, sysctl: "fs.inotify.max_user_watches", advised: 2_147_483_644),
    Case(kind: .instances, system: 128, namespace: 128, sysctl: "fs.inotify.max_user_instances", advised: 1024),
    Case(kind: .instances, system: 1024, namespace: 0, sysctl: "user.max_inotify_instances", advised: 1024),
  ]

  @Test(arguments: cases) func theTighterSettingIsNamed(_ test: Case) {
    let limit = NotifyLimit(test.kind, system: test.system, namespace: test.namespace)
    #expect(limit.sysctl == test.sysctl)
    #expect(limit.advised == test.advised)
  }
}

@Suite struct MountTableTests {
  @Test func mountsAreFoundByPlace() {
    let table = MountTable(
      content: Array(
        #"""
        21 1 8:1 / / rw,relatime - ext4 /dev/sda1 rw
        36 21 0:32 / /home/a\040b rw - nfs4 server:/export rw
        40 36 0:33 /x /home/a\040b/in\134side rw shared:7 - tmpfs none rw
        41 36 0:34 / /home/a\040b/in\134side rw - tmpfs none rw
        42 21 0:35 / /home/a\040bc rw - tmpfs none rw
        """#.utf8))
    #expect(table.isMountPoint("/") && table.isMountPoint("/home/a b") && !table.isMountPoint("/home"))
    let inside = table.mounts(below: "/home/a b")
    #expect(inside.keys.map(\.description) == [TreePath("in\\side").description])
    #expect(inside.values.first?.count == 2)
    #expect(table.mounts(below: "/").count == 3)
    #expect(table.mounts(below: "/home/a bc").isEmpty)
  }
}
