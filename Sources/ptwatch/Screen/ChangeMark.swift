import Graph
import Incremental

/// By which one sees what became of a thing.
enum ChangeMark: String {
  case added = "+"
  case changed = "~"
  case removed = "-"
  case renamed = ">"

  var style: Style {
    switch self {
    case .added: .added
    case .changed, .renamed: .changed
    case .removed: .removed
    }
  }

  func with(_ text: String) -> String { "\(rawValue) \(text)" }
}

extension BatchReport.Change {
  var mark: ChangeMark {
    switch self {
    case .added: .added
    case .modified: .changed
    case .removed: .removed
    }
  }
}

extension FileChange.Kind {
  var mark: ChangeMark {
    switch self {
    case .added: .added
    case .modified: .changed
    case .removed: .removed
    case .renamed: .renamed
    }
  }
}

extension ChangeDetails.Change {
  var mark: ChangeMark {
    switch self {
    case .added: .added
    case .changed: .changed
    case .removed: .removed
    }
  }
}
