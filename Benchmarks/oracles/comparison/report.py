"""Prints what a comparison found: as text, as a row of docs/ACCURACY.md, as JSON, and the differing cases."""

from dataclasses import asdict, replace

MARKDOWN_HEAD = (
    "| language | corpus | files | entities | recall | precision | calls | recall | precision "
    "| targets | recall | alone | precision |\n|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|"
)


def percent(share):
    return "-" if share is None else f"{100 * share:.2f} %"


def text(result):
    """The tables of one corpus."""
    yield (
        f"{result.corpus}: {result.files:,} files compared, {result.with_errors:,} of them with error nodes in ptwatch; "
        f"{result.skipped:,} skipped by the oracle"
    )
    yield f"  {'':24}{'oracle':>10}{'ptwatch':>10}{'both':>10}{'recall':>11}{'precision':>11}"
    for group, score in result.entities.items():
        yield score_line(group, score)
    yield score_line("all entities", result.all_entities)
    for kind, score in result.edges.items():
        yield score_line(kind, score)
    for title, (same, total) in result.agreement.items():
        yield f"  {title:24}{total:>20,}{same:>10,}{percent(same / total):>11}"
    if result.targets.in_tree or result.targets.external:
        yield from targets_text(result.targets)


def score_line(title, score):
    counts = f"{score.oracle:>10,}{score.ptwatch:>10,}{score.both:>10,}"
    return f"  {title:24}{counts}{percent(score.recall):>11}{percent(score.precision):>11}"


def targets_text(targets):
    yield (
        f"  targets: of {targets.in_tree:,} calls of something in the tree {percent(targets.recall)} name it, "
        f"{percent(targets.recall_alone)} it alone"
    )
    yield (
        f"    ambiguous {targets.ambiguous:,} ({targets.candidates / max(1, targets.ambiguous):.1f} candidates each), "
        f"unresolved {targets.unresolved:,}, no edge {targets.no_edge:,}; calls of something outside {targets.external:,}"
    )
    yield f"    {'resolved by':22}{'right':>10}{'wrong':>10}{'is outside':>11}{'precision':>21}"
    for name, step in [*sorted(targets.steps.items()), ("all steps", targets.all_steps)]:
        yield f"    {name:22}{step.right:>10,}{step.wrong:>10,}{step.outside:>11,}{percent(step.precision):>21}"


def markdown(language, result):
    """One row of the table in docs/ACCURACY.md."""
    entities, targets = result.all_entities, result.targets
    cells = [language, result.corpus, f"{result.files:,}"]
    for score in (entities, result.edges.get("calls")):
        cells += [f"{score.oracle:,}", percent(score.recall), percent(score.precision)] if score else ["-"] * 3
    cells += [f"{targets.in_tree:,}", percent(targets.recall), percent(targets.recall_alone)]
    cells.append(percent(targets.all_steps.precision))
    return "| " + " | ".join(cells) + " |"


def as_json(language, result):
    """The figures of one corpus, for programs. Differences are counts; the cases are in --differences."""
    # asdict() cannot copy a defaultdict.
    targets = replace(result.targets, steps=dict(result.targets.steps))
    figures = asdict(replace(result, agreement=dict(result.agreement), differences={}, targets=targets))
    figures["differences"] = {title: len(cases) for title, cases in sorted(result.differences.items())}
    for name, score in [("all", result.all_entities), *result.entities.items()]:
        figures["entities"].setdefault(name, asdict(score)).update(recall=score.recall, precision=score.precision)
    for name, score in result.edges.items():
        figures["edges"][name].update(recall=score.recall, precision=score.precision)
    figures["targets"].update(recall=targets.recall, recallAlone=targets.recall_alone)
    figures["targets"]["precision"] = targets.all_steps.precision
    return {"language": language, **figures}


def differences(result, examples=None):
    """The classes of differences, most frequent first, with their cases: all, or so many picked evenly."""
    classes = sorted(result.differences.items(), key=lambda item: (-len(item[1]), item[0]))
    for title, cases in classes:
        yield f"{title}: {len(cases):,}"
        step = max(1, len(cases) // examples) if examples else 1
        for case in cases[::step][:examples]:
            yield f"    {case}"
