import Glibc
import Graph
import Query
import Store
import Syntax
import Watcher

/// Looks at all that ptwatch needs for a tree. Changes nothing.
struct Checkup {
  let directory: String
  let store: StoreDirectory

  func findings() -> [Finding] {
    let languages = checkLanguages()
    let (stored, folders) = checkStore()
    return [checkTree()] + checkFileSystem() + checkLimits(folders: folders) + languages + stored + checkRights()
  }

  private func checkTree() -> Finding {
    if access(directory, R_OK | X_OK) == 0 { return Finding(.good, "tree", "\(directory) can be read") }
    let reason = String(cString: strerror(errno))
    return Finding(.bad, "tree", "\(directory) cannot be read: \(reason)", mend: "ls -ld \(shellQuoted(directory))")
  }

  private func checkFileSystem() -> [Finding] {
    let descriptor = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return [] }
    defer { close(descriptor) }
    guard let number = SharedFileSystem.number(ofFile: descriptor), let name = SharedFileSystem.names[number] else {
      return [Finding(.good, "events", "the kernel tells of changes on this file system")]
    }
    return [
      Finding(
        .poor, "events",
        "changes that others make on this file system (\(name)) come without events; it is listed every 2 s",
        mend: "ptwatch --poll 30 \(shellQuoted(directory))")
    ]
  }

  /// `folders`: directories that hold files of the graph, if there is one.
  private func checkLimits(folders: Int?) -> [Finding] {
    var findings: [Finding] = []
    let watches = NotifyLimit.current(.watches)
    if let limit = watches.limit {
      let need = folders.map { "; the graph's files lie in \($0) directories, each takes one" } ?? ""
      let isEnough = limit > (folders ?? 8192) * 2
      let grade: Finding.Grade = isEnough ? .good : limit > folders ?? 0 ? .poor : .bad
      findings.append(
        Finding(
          grade, "watches", "\(watches.sysctl) is \(limit)\(need)",
          mend: isEnough ? nil : "sudo sysctl \(watches.sysctl)=\(watches.advised)"))
    }
    let instances = NotifyLimit.current(.instances)
    if let limit = instances.limit {
      let isEnough = limit >= 64
      findings.append(
        Finding(
          isEnough ? .good : .poor, "instances", "\(instances.sysctl) is \(limit); each watcher takes one",
          mend: isEnough ? nil : "sudo sysctl \(instances.sysctl)=\(instances.advised)"))
    }
    return findings
  }

  private func checkLanguages() -> [Finding] {
    let languages: [Language]
    do {
      languages = try Installation.catalog().languages
    } catch {
      return [Finding(.bad, "languages", "\(error)", mend: Installation.mend)]
    }
    var findings: [Finding] = []
    var abis: Set<Int> = []
    for language in languages {
      do {
        // Patterns as well as the library.
        _ = try language.grammar
        abis.insert(try language.grammarABI)
      } catch {
        findings.append(Finding(.bad, "grammar", "\(language.name): \(error)", mend: Installation.mend))
      }
    }
    let known = Grammar.knownABIs
    let list = abis.sorted().map(String.init).joined(separator: ", ")
    findings.append(
      Finding(
        .good, "languages",
        "\(languages.count - findings.count) of \(languages.count) languages work; ABIs \(list), this tree-sitter loads \(known.lowerBound) to \(known.upperBound)"
      ))
    return findings
  }

  /// Also how many directories hold the files of the graph.
  private func checkStore() -> ([Finding], Int?) {
    let snapshot: Snapshot
    do {
      snapshot = try GraphReader(store).snapshot()
    } catch StoreError.noStore {
      return (
        [Finding(.poor, "store", "there is no graph of this tree yet", mend: "ptwatch \(shellQuoted(directory))")], nil
      )
    } catch {
      return ([Finding(.bad, "store", "\(error)", mend: "ptwatch --full \(arguments)")], nil)
    }
    var findings: [Finding] = []
    var folders: Set<TreePath> = []
    do {
      let counts = try snapshot.counts()
      findings.append(
        Finding(
          .good, "store",
          "\(counts.files) files, \(counts.definitions) entities, generation \(snapshot.generation), "
            + "\(Format.count(snapshot.storeBytes)) bytes"))
      try snapshot.forEachFile(below: .root) { path, _, _ in
        var folder = path.parent
        while folders.insert(folder).inserted, !folder.isRoot { folder = folder.parent }
      }
      if let resolved = realpath(directory, nil) {
        defer { free(resolved) }
        if Array(String(cString: resolved).utf8) != snapshot.root {
          findings.append(
            Finding(
              .bad, "store", "it is of another tree, \(Escaping.printable(snapshot.root))",
              mend: "ptwatch --full \(arguments)"))
        }
      }
    } catch {
      findings.append(Finding(.bad, "store", "\(error)", mend: "ptwatch --full \(arguments)"))
    }
    findings.append(checkWatcher())
    return (findings, folders.count)
  }

  private func checkWatcher() -> Finding {
    guard let pid = WriterLock.holder(of: store) else {
      return Finding(
        .poor, "watcher", "none runs: the graph is as of the last run, but for commands with --sync",
        mend: "ptwatch \(arguments)")
    }
    return Finding(.good, "watcher", "process \(pid) keeps the graph true")
  }

  private func checkRights() -> [Finding] {
    guard access(store.path, F_OK) == 0 else { return [] }
    if access(store.path, W_OK | X_OK) != 0 {
      return [
        Finding(
          .poor, "rights", "\(store.path) cannot be written by this user: reading only",
          mend: "ls -ld \(shellQuoted(store.path))")
      ]
    }
    var status = statvfs()
    guard statvfs(store.path, &status) == 0 else { return [] }
    let free = Int(status.f_bavail) * Int(status.f_frsize)
    let text = "\(store.path) can be written; \(Format.count(free >> 20)) MiB are free"
    return free < 1 << 30
      ? [Finding(.poor, "room", text, mend: "df -h \(shellQuoted(store.path))")] : [Finding(.good, "room", text)]
  }

  private var arguments: String {
    let place = store == StoreArgument.standard(for: directory) ? "" : "--db \(shellQuoted(store.path)) "
    return place + shellQuoted(directory)
  }
}
