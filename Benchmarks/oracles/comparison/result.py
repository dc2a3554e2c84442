"""What a comparison finds: scores by kind, and the differing cases by class."""

from collections import defaultdict
from dataclasses import dataclass, field


@dataclass
class Score:
    """How many facts of one kind the oracle has, ptwatch has, and both have."""

    oracle: int = 0
    ptwatch: int = 0
    both: int = 0

    @property
    def recall(self):
        return self.both / self.oracle if self.oracle else None

    @property
    def precision(self):
        return self.both / self.ptwatch if self.ptwatch else None

    def add(self, other):
        self.oracle += other.oracle
        self.ptwatch += other.ptwatch
        self.both += other.both


@dataclass
class Step:
    """How the edges fared that one step of resolution decided."""

    right: int = 0
    # Resolved to something else than the oracle names; `outside` where that lies out of the tree.
    wrong: int = 0
    outside: int = 0

    @property
    def precision(self):
        decided = self.right + self.wrong + self.outside
        return self.right / decided if decided else None


@dataclass
class Targets:
    """How the targets of calls fared: those that the oracle finds in the tree, and those that it knows to be outside."""

    in_tree: int = 0
    alone: int = 0
    among: int = 0
    no_edge: int = 0
    unresolved: int = 0
    external: int = 0
    # Calls that ptwatch calls ambiguous, and how many entities they name together.
    ambiguous: int = 0
    candidates: int = 0
    steps: dict[str, Step] = field(default_factory=lambda: defaultdict(Step))

    @property
    def recall(self):
        return (self.alone + self.among) / self.in_tree if self.in_tree else None

    @property
    def recall_alone(self):
        return self.alone / self.in_tree if self.in_tree else None

    @property
    def all_steps(self):
        total = Step()
        for step in self.steps.values():
            total.right += step.right
            total.wrong += step.wrong
            total.outside += step.outside
        return total


@dataclass
class Result:
    corpus: str
    files: int = 0
    skipped: int = 0
    with_errors: int = 0
    entities: dict[str, Score] = field(default_factory=dict)
    edges: dict[str, Score] = field(default_factory=dict)
    # Of the entities and edges that both have: how many agree in a property, of how many.
    agreement: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))
    targets: Targets = field(default_factory=Targets)
    differences: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    @property
    def all_entities(self):
        total = Score()
        for score in self.entities.values():
            total.add(score)
        return total

    def agree(self, title, is_same, case):
        """Counts a property that both sides tell of one thing; `case` says what differs."""
        self.agreement[title][1] += 1
        if is_same:
            self.agreement[title][0] += 1
        else:
            self.differences[f"{title} differ"].append(case)
