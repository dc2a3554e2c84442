import ArgumentParser

@main
struct Benchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scripts/benchmark",
    abstract: "Measures ptwatch against the goals of its design.",
    usage: "scripts/benchmark [<name> ...] [<options>]",
    discussion: """
      Without a name, all run that need nothing but this machine; full, peers, store, read and table download trees \
      and tools. Options go to every benchmark named.

        scripts/benchmark
        scripts/benchmark latency edits --json
        scripts/benchmark latency --saves 200 --lines 1000
        scripts/benchmark latency --file ~/src/redis/src/server.c
        scripts/benchmark start idle --tree ~/src/linux
        scripts/benchmark full --tree rust --tree ~/src/redis
        scripts/benchmark store read
        scripts/benchmark peers --tree python
        scripts/benchmark table
        scripts/benchmark replay --repository ~/src/redis --commits 500
        scripts/benchmark help replay
      """,
    subcommands: [
      Performance.self, Full.self, Peers.self, StoreRate.self, Read.self, Latency.self, Checkout.self, Start.self,
      Idle.self,
      Memory.self, Edits.self, Replay.self,
    ])
}

/// What every benchmark takes.
struct CommonOptions: ParsableArguments {
  @Flag(help: "Print JSON, one object a line.")
  var json = false

  @Option(help: ArgumentHelp("Where temporary trees and stores are made.", valueName: "dir"))
  var scratch = "/tmp"

  @Option(help: ArgumentHelp("The program to measure (default: as scripts/benchmark built it).", valueName: "path"))
  var ptwatch: String?
}

/// What a benchmark on a given tree takes.
struct TreeOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A source tree, which is only read (default: a part of Debian's linux-source if installed, else made up).",
      valueName: "dir"))
  var tree: String?

  @Flag(help: "Watch what is ignored too.")
  var noIgnore = false

  var watchOptions: [String] { noIgnore ? ["--no-ignore"] : [] }
}
