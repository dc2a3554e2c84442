import Foundation
import Testing

/// A language's `fixtures/resolution`: a small tree, and beside it what each of its edges means, a line for each.
struct ResolutionFixture: CustomTestStringConvertible {
  let language: String
  let tree: URL
  let expected: URL

  var testDescription: String { language }

  static let all: [ResolutionFixture] = {
    let languages = Program.checkout.appending(path: "Languages")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: languages.path)) ?? []
    return names.sorted().compactMap { name in
      let fixtures = languages.appending(path: "\(name)/fixtures")
      let tree = fixtures.appending(path: "resolution")
      guard FileManager.default.fileExists(atPath: tree.path) else { return nil }
      return ResolutionFixture(
        language: name, tree: tree, expected: fixtures.appending(path: "resolution.expected"))
    }
  }()
}

/// Names lead to what each language's own rules say.
struct ResolutionFixtureTests {
  private struct Row: Decodable {
    let t: String
    let kind: String?
    let name: String?
    let qualifier: String?
    let path: String
    let line: Int?
    let column: Int?
    let to: [String]?
    let resolution: String?
  }

  @Test(arguments: ResolutionFixture.all)
  func edgesMeanWhatTheyShould(_ fixture: ResolutionFixture) throws {
    let expected = try String(contentsOf: fixture.expected, encoding: .utf8).split(separator: "\n").map(String.init)
    let decoder = JSONDecoder()
    let found = try Program.fullDump(fixture.tree, "--no-ignore").compactMap { line -> String? in
      let row = try decoder.decode(Row.self, from: Data(line.utf8))
      guard row.t == "edge", let kind = row.kind, kind != "contains", let to = row.to else { return nil }
      let name = (row.qualifier.map { [$0] } ?? []) + [row.name ?? ""]
      let place = "\(row.path):\(row.line ?? 0):\(row.column ?? 0)"
      return
        "\(place) \(kind) \(name.joined(separator: " ")) -> \(([row.resolution ?? ""] + to).joined(separator: " "))"
    }
    let missing = Set(expected).subtracting(found).sorted()
    let unexpected = Set(found).subtracting(expected).sorted()
    #expect(
      missing.isEmpty && unexpected.isEmpty,
      "missing:\n\(missing.joined(separator: "\n"))\nfound instead:\n\(unexpected.joined(separator: "\n"))")
    #expect(found.count == expected.count)
  }

  @Test func thereAreSome() { #expect(!ResolutionFixture.all.isEmpty) }
}
