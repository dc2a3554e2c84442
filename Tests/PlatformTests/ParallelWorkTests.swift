import Platform
import Testing

@Suite struct ParallelWorkTests {
  @Test(arguments: [1, 2, 7], [0, 1, 500])
  func resultsComeInTheOrderOfTheirItems(_ workers: Int, _ items: Int) throws {
    let used = Guarded<Set<Int>>([])
    var taken: [Int] = []
    try ParallelWork.stream(Array(0..<items), workers: Array(0..<workers), name: "work") { worker, item in
      used.withLock { _ = $0.insert(worker) }
      return item * 2
    } take: {
      taken.append($0)
    }
    #expect(taken == (0..<items).map { $0 * 2 })
    #expect(used.withLock { $0.isSubset(of: Set(0..<workers)) })
  }

  @Test(arguments: [1, 4])
  func whoeverTakesCanEndIt(_ workers: Int) {
    struct Enough: Error {}
    let begun = Guarded(0)
    var taken = 0
    #expect(throws: Enough.self) {
      try ParallelWork.stream(Array(0..<10_000), workers: Array(0..<workers), name: "work") { _, item in
        begun.withLock { $0 += 1 }
        return item
      } take: { _ in
        taken += 1
        if taken == 100 { throw Enough() }
      }
    }
    #expect(taken == 100)
    // What is begun by then, and what waits.
    #expect(begun.withLock { $0 } <= 100 + workers * 2)
  }
}
