/// Number of a language in the store's list of languages.
public struct LanguageID: Hashable, Sendable {
  public let rawValue: UInt16
  public init(rawValue: UInt16) { self.rawValue = rawValue }
}

/// 128 bits that stand for a file's content.
public struct ContentHash: Hashable, Sendable {
  public let high: UInt64
  public let low: UInt64

  public init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  public static let zero = ContentHash(high: 0, low: 0)
}

extension ContentHash: CustomStringConvertible {
  /// 32 hexadecimal digits.
  public var description: String { hex(high) + hex(low) }

  private func hex(_ value: UInt64) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}

/// What the file system says of a file, by which an unchanged one is known without reading it. Times are nanoseconds
/// since 1970.
public struct FileStamp: Hashable, Sendable {
  public var size: UInt64
  public var modified: Int64
  public var changed: Int64
  public var inode: UInt64
  public var device: UInt64

  public init(size: UInt64, modified: Int64, changed: Int64, inode: UInt64, device: UInt64) {
    self.size = size
    self.modified = modified
    self.changed = changed
    self.inode = inode
    self.device = device
  }
}

/// Why a file's facts are missing or may be poor. The raw value is what the store holds.
public enum FileProblem: UInt8, CaseIterable, Sendable {
  /// Larger than the size limit: not read.
  case tooBig = 1
  /// Holds a NUL byte: not parsed.
  case binary = 2
  /// Could not be opened or read.
  case unreadable = 3
  /// The parser passed its time limit.
  case parseTimeLimit = 4
  /// Not UTF-8 throughout: parsed, but what stands around such bytes may be missed.
  case invalidUTF8 = 5
  /// The parser passed its limit of memory.
  case parseMemoryLimit = 6

  /// As it is written in dumps and summaries.
  public var name: String {
    switch self {
    case .tooBig: "too big"
    case .binary: "binary"
    case .unreadable: "unreadable"
    case .parseTimeLimit: "parse time limit"
    case .invalidUTF8: "invalid UTF-8"
    case .parseMemoryLimit: "parse memory limit"
    }
  }
}

/// What is known of a file beside its facts.
public struct FileRecord: Hashable, Sendable {
  public var stamp: FileStamp
  public var hash: ContentHash
  public var language: LanguageID
  public var lines: UInt32
  public var errors: UInt32
  public var entities: UInt32
  /// `contains` edges included.
  public var edges: UInt32
  public var problem: FileProblem?
  /// True if the file was written so shortly before it was read that a later write could bear the same times: its
  /// stamp alone then proves nothing, and the next scan reads it again.
  public var racy: Bool
  /// True if the file had several names when it was read: a change by one of them is a change of all.
  public var linked: Bool
  /// True while the facts may depend on the edits that led to them: they are those of an incremental parse of a text with
  /// syntax errors, or of one that followed such a text, and no fresh parse has confirmed them since.
  public var unconfirmed: Bool

  public init(
    stamp: FileStamp, hash: ContentHash, language: LanguageID, lines: UInt32 = 0, errors: UInt32 = 0,
    entities: UInt32 = 0, edges: UInt32 = 0, problem: FileProblem? = nil, racy: Bool = false,
    linked: Bool = false, unconfirmed: Bool = false
  ) {
    self.stamp = stamp
    self.hash = hash
    self.language = language
    self.lines = lines
    self.errors = errors
    self.entities = entities
    self.edges = edges
    self.problem = problem
    self.racy = racy
    self.linked = linked
    self.unconfirmed = unconfirmed
  }
}

extension FileRecord {
  /// Takes over what the record says of a file's facts.
  public mutating func describe(_ facts: FileFacts) {
    lines = facts.lines
    errors = facts.errors
    entities = UInt32(facts.entities.count)
    edges = UInt32(facts.edges.count + facts.entities.count)
  }

  /// Takes over what another record of the same content says of its facts.
  public mutating func describeAs(_ other: FileRecord) {
    lines = other.lines
    errors = other.errors
    entities = other.entities
    edges = other.edges
    unconfirmed = other.unconfirmed
  }
}
