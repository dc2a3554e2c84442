/// Measured values in order.
struct Distribution {
  private let sorted: [Double]

  init(_ values: [Double]) { sorted = values.sorted() }

  /// The smallest value that at least `share` of all do not exceed (nearest rank); 0 if there are none.
  func percentile(_ share: Double) -> Double {
    if sorted.isEmpty { return 0 }
    let rank = Int((share * Double(sorted.count)).rounded(.up))
    return sorted[Swift.max(rank, 1) - 1]
  }

  var median: Double { percentile(0.5) }
  var min: Double { sorted.first ?? 0 }
  var max: Double { sorted.last ?? 0 }
}
