import ArgumentParser

/// A command that is about a tree, and for which settings count.
protocol GraphCommand: ParsableCommand {
  var directory: String { get }
  /// False where an option's default makes no sense beside what is given.
  func takes(_ option: String) -> Bool
}

extension GraphCommand {
  func takes(_ option: String) -> Bool { true }

  /// The command as it would be if `arguments`, which it was parsed from, began with what the settings say. So what is
  /// given counts for more, and what both give of a list is taken together.
  func with(_ settings: Settings, _ arguments: [String]) throws -> any ParsableCommand {
    let options = optionNames(of: self)
    let defaults = settings.arguments(for: directory) { options.contains($0) && takes($0) }
    if defaults.isEmpty { return self }
    let name = Self.configuration.commandName!
    let given = arguments.first == name ? arguments.dropFirst() : arguments[...]
    return try PTWatch.parseAsRoot([name] + defaults + given)
  }
}

// Names are found the way the argument parser finds them: those of the properties.

private protocol OptionHolder {
  var held: any ParsableArguments { get }
}

extension OptionGroup: OptionHolder {
  fileprivate var held: any ParsableArguments { wrappedValue }
}

/// The long names of all options of a parsed command, without dashes in front.
private func optionNames(of arguments: any ParsableArguments) -> Set<String> {
  var names: Set<String> = []
  for child in Mirror(reflecting: arguments).children {
    if let group = child.value as? any OptionHolder {
      names.formUnion(optionNames(of: group.held))
    } else if let label = child.label, label.hasPrefix("_") {
      names.insert(label.dropFirst().reduce(into: "") { $0 += $1.isUppercase ? "-\($1.lowercased())" : "\($1)" })
    }
  }
  return names
}
