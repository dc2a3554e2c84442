"""Holds what ptwatch says of a tree and what a language's own tools say of it against each other."""

from .facts import Groups, read_dump, read_oracle
from .presence import compare_edges, compare_entities
from .result import Result
from .targets import compare_targets


def compare(corpus, oracle_lines, dump_lines, settings):
    """Compares the facts that an oracle printed with a dump, by a language's oracle.json. Returns a Result."""
    groups = Groups(settings)
    oracle = read_oracle(oracle_lines, groups)
    ptwatch = read_dump(dump_lines, groups, set(settings["languages"]))

    # A file that only one of them read tells nothing of how well it was read.
    paths = oracle.files.keys() & ptwatch.files.keys()
    result = Result(corpus, files=len(paths), skipped=len(oracle.skipped))
    result.with_errors = sum(1 for path in paths if ptwatch.files[path])
    for path in sorted(oracle.files.keys() - paths):
        result.differences["file: the oracle alone reads it"].append(path)
    for path in sorted(ptwatch.files.keys() - paths):
        result.differences["file: ptwatch alone reads it"].append(
            path + (f": {oracle.skipped[path]}" if path in oracle.skipped else "")
        )

    compare_entities(
        [entity for entity in oracle.entities if entity.path in paths],
        [e for e in ptwatch.entities if e.path in paths and e.kind not in groups.ignored],
        oracle.unseen,
        result,
        lines_are_names=settings.get("lines") == "name",
    )
    theirs = [edge for edge in oracle.edges if edge.path in paths]
    mine = [edge for edge in ptwatch.edges if edge.path in paths]
    pairs = compare_edges(theirs, mine, oracle.unseen, result)
    calls = [edge for edge in theirs if edge.to or edge.is_external]
    compare_targets(calls, pairs, ptwatch.entities, oracle.unseen, result)
    return result
