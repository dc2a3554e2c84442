import FoundationEssentials
import Graph
import Platform
import Syntax

let environment = ProcessInfo.processInfo.environment
let catalog = try LanguageCatalog(
  directories: [environment["PTWATCH_LANGUAGES"]!], grammars: environment["PTWATCH_GRAMMARS"]!)
for file in CommandLine.arguments.dropFirst() {
  let text = [UInt8](try Data(contentsOf: URL(fileURLWithPath: file)))
  let path = TreePath(file.split(separator: "/").last.map(String.init)!)
  guard let id = catalog.language(of: path, text) else { continue }
  let language = catalog[id]
  var parser = Parser(timeLimit: 0, stop: StopFlag())
  guard case .parsed(let tree, _) = parser.parse(text, language.grammar) else { continue }
  var extractor = Extractor(language)
  let facts = language.facts(extractor.extract(tree, text), path: path, text: text)
  var writer = DumpWriter()
  writer.write(
    path: path,
    record: FileRecord(
      stamp: FileStamp(size: UInt64(text.count), modified: 0, changed: 0, inode: 0, device: 0), hash: .zero,
      language: id, lines: facts.lines, errors: facts.errors), facts: facts, language: language.traits)
  print(String(decoding: writer.take(), as: UTF8.self), terminator: "")
}
