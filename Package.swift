// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

func room(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func tests(of name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = []) -> Target {
  .testTarget(
    name: "\(name)Tests", dependencies: [.target(name: name), "TestSupport"] + dependencies, exclude: exclude,
    swiftSettings: strict)
}

let package = Package(
  name: "ptwatch",
  products: [
    .executable(name: "ptwatch", targets: ["ptwatch"]),
    // For other packages: read a graph and follow it.
    .library(name: "PTWatchGraph", targets: ["PTWatchGraph"]),
    // What Benchmarks reads a store with.
    .library(name: "Store", targets: ["Graph", "Platform", "Store"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
  ],
  targets: [
    .systemLibrary(name: "CTreeSitter", pkgConfig: "tree-sitter"),
    .systemLibrary(name: "CLMDB", pkgConfig: "lmdb"),
    .systemLibrary(name: "CInotifyTools"),
    .systemLibrary(name: "CLZ4", pkgConfig: "liblz4"),
    .systemLibrary(name: "CXXHash", pkgConfig: "libxxhash"),
    .target(name: "CParseArena", dependencies: ["CTreeSitter"]),

    room("Graph"),
    room("Platform", ["CXXHash"]),
    room("Syntax", ["CParseArena", "CTreeSitter", "Graph", "Platform"]),
    room("Discovery", ["Graph", "Platform"]),
    room("Store", ["CLMDB", "CLZ4", "Graph", "Platform"]),
    room("Watcher", ["CInotifyTools", "Discovery", "Graph", "Platform"]),
    room("Incremental", ["Discovery", "Graph", "Platform", "Store", "Syntax"]),
    room("Query", ["Graph", "Platform", "Store"]),
    room("PTWatchGraph", ["Graph", "Platform", "Query", "Store"]),
    room("MCP", ["Platform"]),
    room("TOML"),
    .executableTarget(
      name: "ptwatch",
      dependencies: [
        "Discovery", "Graph", "Incremental", "MCP", "Platform", "Query", "Store", "Syntax", "TOML", "Watcher",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),

    tests(of: "Graph"),
    tests(of: "Platform"),
    tests(of: "Syntax", ["Graph", "Platform"]),
    tests(of: "Discovery", ["Graph", "Platform"]),
    tests(of: "Store", ["Graph", "Platform"]),
    tests(of: "Watcher", ["Discovery", "Graph", "Platform"], exclude: ["Cases"]),
    tests(of: "Incremental", ["Discovery", "Graph", "Platform", "Store", "Syntax"]),
    tests(of: "Query", ["Graph", "Platform", "Store"]),
    tests(of: "MCP", ["Platform"], exclude: ["Cases"]),
    tests(of: "TOML"),
    .testTarget(
      name: "EndToEndTests", dependencies: ["PTWatchGraph", "ptwatch", "TestSupport"],
      exclude: ["Cases", "mcp_client.py"],
      swiftSettings: strict),
    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: strict),
    // No part of the product: what scripts/torture mutates texts with.
    .executableTarget(
      name: "Fuzz",
      dependencies: [
        "Graph", "Platform", "Store", "Syntax", "TestSupport",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      path: "Tests/Fuzz", swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)
