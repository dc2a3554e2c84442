"""Which entities and edges both sides have, and in what those differ that both have."""

from collections import defaultdict

from .facts import by_key
from .result import Score


def compare_entities(oracle, ptwatch, unseen, result, lines_are_names):
    """Entities are the same if path, name, group and first line are.

    unseen: lines of which the oracle says nothing.
    lines_are_names: the oracle tells the line of the name, which may stand below the first line.
    """
    pairs, missed, surplus = pair(oracle, ptwatch, lambda e: (e.path, e.group, e.name, e.line))
    if lines_are_names:
        more, missed, surplus = pair_by_extent(missed, surplus)
        pairs += more
    surplus = [entity for entity in surplus if (entity.path, entity.line) not in unseen]
    result.entities.update(scores(pairs, missed, surplus, lambda entity: entity.group))
    for theirs, mine in pairs:
        place = f"{mine.path}:{mine.line} {mine.kind} {mine.name}"
        if theirs.qualified is not None:
            same = theirs.qualified == mine.qualified
            case = f"{place}: {mine.qualified}, by the oracle {theirs.qualified}"
            result.agree("qualified names", same, case)
        if theirs.end is not None:
            case = f"{place}: ends in line {mine.end}, by the oracle {theirs.end}"
            result.agree("last lines", theirs.end == mine.end, case)
    list_differences(missed, surplus, result)


def pair_by_extent(missed, surplus):
    """Pairs an entity of the oracle with the innermost of that name and group around its line."""
    left = by_key(surplus, lambda e: (e.path, e.group, e.name))
    pairs, still_missed = [], []
    for theirs in missed:
        same_name = left.get((theirs.path, theirs.group, theirs.name), [])
        around = [mine for mine in same_name if mine.line <= theirs.line <= mine.end]
        if around:
            mine = max(around, key=lambda entity: entity.line)
            same_name.remove(mine)
            pairs.append((theirs, mine))
        else:
            still_missed.append(theirs)
    return pairs, still_missed, [entity for entities in left.values() for entity in entities]


def list_differences(missed, surplus, result):
    """Sorts what only one side has by why: another kind, another line, or nothing like it on the other side."""
    by_line = by_key(surplus, lambda e: (e.path, e.name, e.line))
    by_group = by_key(surplus, lambda e: (e.path, e.name, e.group))
    explained = set()
    for theirs in missed:
        place = f"{theirs.path}:{theirs.line} {theirs.name}"
        other_kind = by_line.get((theirs.path, theirs.name, theirs.line))
        other_line = by_group.get((theirs.path, theirs.name, theirs.group))
        if other_kind:
            mine = other_kind.pop()
            title = f"entity: {mine.kind} for the oracle's {theirs.kind}"
        elif other_line:
            mine = other_line.pop()
            title = f"entity: another first line: {theirs.group}"
            place += f" (line {mine.line})"
        else:
            mine = None
            title = f"entity: missed: {theirs.group}"
        if mine is not None:
            explained.add(id(mine))
        result.differences[title].append(place)
    for mine in surplus:
        if id(mine) not in explained:
            case = f"{mine.path}:{mine.line} {mine.qualified}"
            result.differences[f"entity: too much: {mine.kind}"].append(case)


def compare_edges(oracle, ptwatch, unseen, result):
    """Edges are the same if kind, place and name are. Kinds of which the oracle says nothing are left out.

    Returns the pairs of those that both have.
    """
    columns = {edge.kind: edge.column is not None for edge in oracle}
    unclear = {edge.key for edge in oracle if edge.is_unclear}
    pairs, missed, surplus = pair(
        oracle,
        [edge for edge in ptwatch if edge.kind in columns],
        lambda e: (e.kind, e.path, e.line, e.column if columns[e.kind] else None, e.name),
    )
    missed = [edge for edge in missed if not edge.is_unclear]
    surplus = [e for e in surplus if e.key not in unclear and (e.path, e.line) not in unseen]
    result.edges.update(scores(pairs, missed, surplus, lambda edge: edge.kind))
    for theirs, mine in pairs:
        place = f"{mine.path}:{mine.line}:{mine.column} {mine.name}"
        if theirs.origin is not None:
            case = f"{place}: in {mine.origin or 'the file'}, by the oracle in {theirs.origin or 'the file'}"
            result.agree("enclosing entities", theirs.origin == mine.origin, case)
        if theirs.qualifier is not None and theirs.kind == "imports":
            case = f"{place}: from {mine.qualifier}, by the oracle from {theirs.qualifier}"
            result.agree("import paths", theirs.qualifier == (mine.qualifier or ""), case)
    for side, edges in (("missed", missed), ("too much", surplus)):
        for edge in edges:
            case = f"{edge.path}:{edge.line}:{edge.column or ''} {edge.name}"
            result.differences[f"edge: {side}: {edge.kind}"].append(case)
    return pairs


def pair(oracle, ptwatch, key):
    """Pairs what has the same key. Returns the pairs and what is left of either side."""
    left = by_key(ptwatch, key)
    pairs, missed = [], []
    for theirs in oracle:
        same = left.get(key(theirs))
        if same:
            pairs.append((theirs, same.pop(0)))
        else:
            missed.append(theirs)
    return pairs, missed, [item for items in left.values() for item in items]


def scores(pairs, missed, surplus, group):
    table = defaultdict(Score)
    for theirs, _ in pairs:
        table[group(theirs)].add(Score(1, 1, 1))
    for theirs in missed:
        table[group(theirs)].oracle += 1
    for mine in surplus:
        table[group(mine)].ptwatch += 1
    return dict(sorted(table.items()))
