// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "ripple",
  dependencies: [
    .package(name: "ptwatch", path: "../..")
  ],
  targets: [
    .executableTarget(name: "ripple", dependencies: [.product(name: "PTWatchGraph", package: "ptwatch")])
  ],
  swiftLanguageModes: [.v6]
)
