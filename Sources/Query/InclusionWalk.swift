import Store

/// Goes from a file to those whose text it takes in, and on to those that they take in, nearest first and only as far as somebody
/// asks: a header of a large tree may lead to a thousand others, and most of what is looked for is near.
struct InclusionWalk {
  /// By how many inclusions a file is reached, as far as was gone.
  private(set) var distances: [FileID: Int] = [:]
  /// What is reached by one more.
  private var level: [FileID]
  private var distance = 1

  init(from nearest: Set<FileID>) { level = Array(nearest) }

  /// Goes on until `isEnough` says so of what was reached, or nothing is left. `inclusions` are those of a file.
  mutating func goOn(
    until isEnough: ([FileID: Int]) -> Bool, _ inclusions: (FileID) throws(StoreError) -> [FileID]
  ) throws(StoreError) {
    while !level.isEmpty, !isEnough(distances) {
      var next: [FileID] = []
      for file in level where distances[file] == nil {
        distances[file] = distance
        next += try inclusions(file)
      }
      level = next
      distance += 1
    }
  }
}
