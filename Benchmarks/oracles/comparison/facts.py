"""Reads both sides: the facts that an oracle prints, and a dump of ptwatch. README.md beside this folder states the protocol."""

import json
from collections import defaultdict
from dataclasses import dataclass, field

EDGE_KINDS = {
    "call": "calls",
    "import": "imports",
    "inherits": "inherits",
    "implements": "implements",
}


@dataclass(slots=True)
class Entity:
    group: str
    kind: str
    name: str
    qualified: str | None
    path: str
    line: int
    end: int | None
    id: str | None = None
    parent: str | None = None


@dataclass(slots=True)
class Edge:
    kind: str
    path: str
    line: int
    column: int | None
    name: str
    qualifier: str | None = None
    # The qualified name of the enclosing entity, "" for the file; None if the oracle does not tell.
    origin: str | None = None
    # An oracle's: places, as {"path", "line", "name"?}. ptwatch's: entity ids.
    to: list = field(default_factory=list)
    resolution: str | None = None
    is_external: bool = False
    # The oracle cannot tell whether this is an edge at all: it is neither asked for nor an error.
    is_unclear: bool = False

    @property
    def key(self):
        return (self.path, self.line, self.column, self.name)


@dataclass
class Facts:
    entities: list[Entity] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)
    # Files that were read, with the number of their error nodes (ptwatch) or 0.
    files: dict[str, int] = field(default_factory=dict)
    # Files that the oracle could not read, with the reason.
    skipped: dict[str, str] = field(default_factory=dict)
    # Lines, as (path, line), that the oracle did not see: nothing is said of what is there.
    unseen: set[tuple[str, int]] = field(default_factory=set)


class Groups:
    """Which kinds count as one: what a language's tool does not tell apart is put into one group by its oracle.json."""

    def __init__(self, settings):
        self.group_of = {kind: group for group, kinds in settings.get("groups", {}).items() for kind in kinds}
        # Entities that the oracle does not know at all, and those that it does not name as what encloses an edge.
        self.ignored = set(settings.get("ignored", []))
        self.passed_over = set(settings.get("passedOver", []))

    def __getitem__(self, kind):
        return self.group_of.get(kind, kind)


def read_oracle(lines, groups):
    """The facts that an oracle printed, one JSON object a line."""
    facts, named, targets = Facts(), set(), {}
    for line in lines:
        row = json.loads(line)
        kind, path = row["t"], row["path"].removeprefix("./")
        if kind == "file":
            facts.files[path] = 0
        elif kind == "skipped":
            facts.skipped[path] = row.get("reason", "")
        elif kind == "entity":
            named.add(path)
            facts.entities.append(
                Entity(
                    group=groups[row["kind"]],
                    kind=row["kind"],
                    name=row["name"],
                    qualified=row.get("qualified"),
                    path=path,
                    line=row["line"],
                    end=row.get("endLine"),
                )
            )
        elif kind == "unseen":
            facts.unseen.update((path, number) for number in range(row["line"], row["endLine"] + 1))
        elif kind == "target":
            targets[path, row["line"], row["column"], row["name"]] = row
        elif kind in EDGE_KINDS and row.get("name") is not None:
            named.add(path)
            facts.edges.append(
                Edge(
                    kind=groups[EDGE_KINDS[kind]],
                    path=path,
                    line=row["line"],
                    column=row.get("column"),
                    name=row["name"],
                    qualifier=row.get("qualifier"),
                    origin=row.get("from"),
                    to=row.get("to", []),
                    is_external=row.get("external", False),
                    is_unclear=row.get("unclear", False),
                )
            )
    for edge in facts.edges:
        if edge.kind == groups["calls"] and edge.key in targets:
            target = targets[edge.key]
            edge.to, edge.is_external = target.get("to", []), target.get("external", False)
    # An oracle that does not name the files that it read is taken to have read those that it says something of.
    facts.files = facts.files or dict.fromkeys(named, 0)
    return facts


def read_dump(lines, groups, languages):
    """The facts of the files in these languages in a dump of ptwatch."""
    facts, qualified = Facts(), {None: ""}
    for line in lines:
        # Skipped before they are decoded: they are most of a dump.
        if line.startswith(('{"t":"edge","kind":"contains"', '{"t":"edge","kind":"references"')):
            continue
        row = json.loads(line)
        if row["t"] == "file":
            if row["language"] in languages:
                facts.files[row["path"]] = row["errors"]
        elif row["path"] not in facts.files:
            continue
        elif row["t"] == "entity":
            passed_over = row["kind"] in groups.passed_over
            qualified[row["id"]] = qualified.get(row["parent"], "") if passed_over else row["qualified"]
            facts.entities.append(
                Entity(
                    group=groups[row["kind"]],
                    kind=row["kind"],
                    name=row["name"],
                    qualified=row["qualified"],
                    path=row["path"],
                    line=row["span"][0],
                    end=row["span"][2],
                    id=row["id"],
                    parent=row["parent"],
                )
            )
        else:
            facts.edges.append(
                Edge(
                    kind=groups[row["kind"]],
                    path=row["path"],
                    line=row["line"],
                    column=row["column"],
                    name=row["name"],
                    qualifier=row["qualifier"],
                    origin=qualified.get(row["from"], ""),
                    to=row["to"],
                    resolution=row["resolution"],
                )
            )
    return facts


def by_key(items, key):
    """The items in lists by what `key` says of each."""
    lists = defaultdict(list)
    for item in items:
        lists[key(item)].append(item)
    return lists
