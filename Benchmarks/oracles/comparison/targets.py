"""What calls mean: the entities that ptwatch ties them to, against the places that the oracle names."""

from .facts import by_key


class Places:
    """Finds the entities that a place of the oracle means."""

    def __init__(self, entities, unseen):
        self.unseen = {entity.id for entity in entities if (entity.path, entity.line) in unseen}
        self.parent = {entity.id: entity.parent for entity in entities}
        self.by_path = by_key(entities, lambda entity: entity.path)
        self.by_name = by_key(entities, lambda entity: (entity.path, entity.name))

    def entities(self, place):
        """Ids of the entities that a place means: of those of its name around its line the innermost, or that begin there."""
        path, line = place["path"], place["line"]
        around = [e for e in self.by_name.get((path, place.get("name")), []) if e.line <= line <= e.end]
        if not around:
            return {entity.id for entity in self.by_path.get(path, []) if entity.line == line}
        first = max(entity.line for entity in around)
        return {entity.id for entity in around if entity.line == first}


def compare_targets(oracle, pairs, entities, unseen, result):
    """oracle: all its calls; pairs: those of them that ptwatch sees too.

    unseen: lines of which the oracle says nothing. That a call means what stands there is neither right nor wrong.
    """
    places, targets = Places(entities, unseen), result.targets
    edges = {id(theirs): mine for theirs, mine in pairs}
    for call in oracle:
        edge = edges.get(id(call))
        if edge is None and call.is_unclear:
            continue
        if call.to:
            targets.in_tree += 1
            expected = set().union(*(places.entities(place) for place in call.to))
            judge_inside(call, edge, expected, places, result)
        elif call.is_external:
            targets.external += 1
            if edge is not None and edge.to and places.unseen.issuperset(edge.to):
                result.differences["target: what the oracle does not see"].append(describe(call, edge, set()))
            else:
                judge_outside(call, edge, result)


def judge_inside(call, edge, expected, places, result):
    targets = result.targets
    if edge is None:
        targets.no_edge += 1
        outcome = "no edge"
    elif not edge.to:
        targets.unresolved += 1
        outcome = "none found"
    elif edge.resolution == "ambiguous":
        targets.ambiguous += 1
        targets.candidates += len(edge.to)
        if expected.intersection(edge.to):
            targets.among += 1
            outcome = "ambiguous, the right one among them"
        else:
            outcome = "ambiguous, the right one missing"
    elif expected.intersection(edge.to):
        targets.steps[edge.resolution].right += 1
        if len(edge.to) == 1:
            targets.alone += 1
            return
        targets.among += 1
        outcome = f"{edge.resolution}, with others"
    else:
        targets.steps[edge.resolution].wrong += 1
        outcome = f"{edge.resolution}, wrong"
    if edge is not None and edge.resolution != "ambiguous" and any(places.parent[id] in edge.to for id in expected):
        outcome += ": names what is around the right one"
    elif not expected:
        outcome += " (no entity where the oracle says)"
    if edge is not None and edge.qualifier is not None:
        outcome += ", qualified"
    result.differences[f"target: {outcome}"].append(describe(call, edge, expected))


def judge_outside(call, edge, result):
    if edge is None or not edge.to:
        return
    if edge.resolution == "ambiguous":
        outcome = "ambiguous"
        result.targets.ambiguous += 1
        result.targets.candidates += len(edge.to)
    else:
        outcome = edge.resolution
        result.targets.steps[edge.resolution].outside += 1
    result.differences[f"target: outside of the tree, {outcome}"].append(describe(call, edge, set()))


def describe(call, edge, expected):
    qualifier = f"{edge.qualifier}." if edge is not None and edge.qualifier else ""
    there = ", ".join(f"{place['path']}:{place['line']}" for place in call.to[:3]) or "outside"
    named = ", ".join(edge.to[:3]) + (" ..." if len(edge.to) > 3 else "") if edge is not None else ""
    meant = ", ".join(sorted(expected)[:2])
    return f"{call.path}:{call.line}:{call.column or ''} {qualifier}{call.name} -> {there} [{meant}] ptwatch: [{named}]"
