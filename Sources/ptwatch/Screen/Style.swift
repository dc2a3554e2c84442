import ArgumentParser
import Glibc

/// What a piece of text is. How it looks is said here and nowhere else.
enum Style {
  /// What one looks for.
  case name
  case kind
  /// What one reads when it is needed.
  case path, number, faint
  case added, changed, removed
  case good, notable

  fileprivate var code: String {
    switch self {
    case .name: "1"
    case .kind: "36"
    case .path, .number, .faint: "2"
    case .added, .good: "32"
    case .changed, .notable: "33"
    case .removed: "31"
    }
  }
}

/// Gives text its looks where these are wanted.
struct Paint: Sendable {
  let isOn: Bool

  /// `text` has to be printable.
  func callAsFunction(_ text: String, _ style: Style?) -> String {
    guard isOn, let style, !text.isEmpty else { return text }
    return "\u{1B}[\(style.code)m\(text)\u{1B}[0m"
  }
}

/// The value of `--color`.
enum ColorChoice: String, ExpressibleByArgument, CaseIterable {
  case auto, always, never

  /// For what is written to `stream`.
  func paint(for stream: StandardStream) -> Paint { Paint(isOn: applies(to: stream)) }

  /// What the user's environment asks for goes before what the stream is.
  private func applies(to stream: StandardStream) -> Bool {
    switch self {
    case .always: true
    case .never: false
    case .auto:
      if isSet("NO_COLOR") {
        false
      } else if isSet("CLICOLOR_FORCE", unless: "0") || isSet("FORCE_COLOR", unless: "0") {
        true
      } else {
        stream.isTerminal && !isSet("TERM", to: "dumb")
      }
    }
  }
}

/// True if an environment variable is there and not empty, nor the value that stands for no.
private func isSet(_ name: String, unless no: String = "") -> Bool {
  getenv(name).map { ![no, ""].contains(String(cString: $0)) } ?? false
}

private func isSet(_ name: String, to value: String) -> Bool {
  getenv(name).map { String(cString: $0) == value } ?? false
}
