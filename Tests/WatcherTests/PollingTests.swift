import Discovery
import Glibc
import Testing

@testable import Watcher

extension WatcherTests {
  /// What events do not tell is listed.
  @Suite(.serialized) struct Polling {
    /// The number of the file system that lies at a path.
    private func fileSystem(of path: String) throws -> UInt32 {
      let file = open(path, O_RDONLY)
      defer { close(file) }
      return try #require(SharedFileSystem.number(ofFile: file))
    }

    @Test func theWholeTreeIfAskedFor() throws {
      let tree = try WatchedTree {
        $0.polls = true
        $0.pollInterval = 1
      }
      try tree.make("d")
      try tree.started()
      let taken = try tree.wait("poll") { if case .listed(.root, _, .poll, _) = $0 { true } else { false } }
      #expect(taken.summaries.allSatisfy { $0.hasPrefix("poll ") })
      #expect(tree.watcher.watchedDirectories == 2)
      #expect(tree.watcher.unwatchedDirectories == 0)
      try tree.write("d/a.c", "")
      try tree.agreed()
      try tree.remove("d")
      try tree.agreed()
      #expect(tree.watcher.watchedDirectories == 1)
    }

    @Test func aCookieWaitsForAListing() throws {
      let tree = try WatchedTree {
        $0.polls = true
        $0.pollInterval = 1000
      }
      try tree.started()
      #expect(try tree.synced().scans(.poll) == [""])
      #expect(try tree.synced().scans(.poll) == [""])
    }

    @Test func aRootOnASharedFileSystem() throws {
      let number = try fileSystem(of: "/tmp")
      let tree = try WatchedTree {
        $0.sharedFileSystems = [number: "testfs"]
        $0.pollInterval = 1
      }
      try tree.make("d")
      try tree.watcher.start()
      let taken = try tree.wait("ready") { if case .ready = $0 { true } else { false } }
      let problems = taken.summaries.filter { $0.hasPrefix("problem ") }
      #expect(problems.count == 1)
      #expect(problems.first?.hasPrefix("problem .: files on this file system (testfs) may be changed") == true)
      #expect(problems.first?.contains("listed every 1 s") == true)
      let later = try tree.wait("poll") { if case .listed(.root, _, .poll, _) = $0 { true } else { false } }
      #expect(later.summaries.allSatisfy { $0.hasPrefix("poll ") })
      // Watched all the same: what is done on this machine is told at once.
      try tree.write("d/a.c", "")
      try tree.wait("touch") { $0.summary == "= d/a.c" }
      #expect(try tree.agreed().scans(.poll) == [""])
    }

    /// `/proc` is on every machine, mounted in the tree `/`.
    @Test func aSharedFileSystemMountedInTheTree() throws {
      let number = try fileSystem(of: "/proc")
      let tree = try WatchedTree {
        $0.rootPath = "/"
        $0.ignore.excludes = ["/*", "!/proc/", "/proc/*"]
        $0.sharedFileSystems = [number: "procfs"]
      }
      try tree.watcher.start()
      let taken = try tree.wait("ready") { if case .ready = $0 { true } else { false } }
      let problems = taken.summaries.filter { $0.hasPrefix("problem ") }
      #expect(problems.count == 1)
      #expect(problems.first?.hasPrefix("problem proc: files on this file system (procfs)") == true)
      let synced = try tree.synced()
      #expect(synced.scans(.poll) == ["proc"])
      #expect(!synced.contains { $0.summary.hasPrefix("problem ") })
    }

    @Test(arguments: [0x6969: "NFS", 0xFF53_4D42: "CIFS", 0x0102_1997: "9p", 0x6573_5546: "FUSE", 0x00C3_6400: "Ceph"])
    func sharedFileSystemsAreKnown(_ number: UInt32, _ name: String) {
      #expect(SharedFileSystem.names[number] == name)
    }

    /// ext4, tmpfs, btrfs, XFS, overlay: no other machine writes them.
    @Test(arguments: [0xEF53, 0x0102_1994, 0x9123_683E, 0x5846_5342, 0x794C_7630] as [UInt32])
    func othersAreNot(_ number: UInt32) {
      #expect(SharedFileSystem.names[number] == nil)
    }
  }
}
