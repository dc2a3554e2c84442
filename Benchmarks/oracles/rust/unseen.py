"""Finds the lines of a Rust source of which the compiler's analysis says nothing.

These are items under `cfg` conditions that do not hold, and the bodies of macros.
"""

import re
import subprocess

# What no bracket and no name counts in, kept as long as it was: comments, strings, characters.
QUIET = re.compile(
    r"""//[^\n]*|/\*.*?\*/|b?r(?P<hashes>\#*)".*?"(?P=hashes)"""
    r"""|b?"(?:\\.|[^"\\])*"|b?'(?:\\[^\n]+?|[^'\\\n])'""",
    re.DOTALL,
)
ITEM = re.compile(
    r"(pub\s*(\([^)]*\))?\s*)?((unsafe|async|const|default|extern(\s*\"[^\"]*\")?)\s+)*"
    r"(fn|mod|struct|enum|impl|trait|use|static|const|type|union|extern|macro_rules)\b"
)


class Conditions:
    """The conditions that hold in a build with these flags of rustc."""

    def __init__(self, flags):
        command = ["/usr/bin/rustc", "--print", "cfg", *flags]
        printed = subprocess.run(command, capture_output=True, text=True, check=True)
        self.holding = {line.replace(" ", "") for line in printed.stdout.splitlines()}

    def hold(self, predicate):
        predicate = predicate.strip()
        group = re.fullmatch(r"(all|any|not)\s*\((.*)\)", predicate, re.DOTALL)
        if not group:
            return re.sub(r"\s", "", predicate) in self.holding
        parts = [self.hold(part) for part in split(group[2]) if part.strip()]
        return not any(parts) if group[1] == "not" else all(parts) if group[1] == "all" else any(parts)


def unseen_lines(text, conditions):
    """First and last lines of each piece."""
    quiet = blank(text)
    for start, end in pieces(text, quiet, conditions):
        yield text.count("\n", 0, start) + 1, text.count("\n", 0, end) + 1


def pieces(text, quiet, conditions):
    for attribute in re.finditer(r"#(!?)\[\s*cfg\s*(\()", quiet):
        close = closing(quiet, attribute.start(2))
        if conditions.hold(text[attribute.end(2) : close]):
            continue
        if attribute[1]:
            yield 0, len(text) - 1
        else:
            yield attribute.start(), item_end(quiet, quiet.index("]", close) + 1)
    for macro in re.finditer(r"\bmacro_rules\s*!\s*\w+\s*([({\[])", quiet):
        yield macro.start(1), closing(quiet, macro.start(1))


def item_end(quiet, position):
    """Where what stands behind an attribute ends: an item, statement, field, variant or arm."""
    while attribute := re.compile(r"\s*#\s*(\[)").match(quiet, position):
        position = closing(quiet, attribute.start(1)) + 1
    position = re.compile(r"\s*").match(quiet, position).end()
    is_item = ITEM.match(quiet, position)
    while position < len(quiet):
        sign = quiet[position]
        if sign in "([{":
            position = closing(quiet, position)
            if sign == "{":
                return position
        elif sign in ")]}":
            return position - 1
        elif sign == ";" or sign == "," and not is_item:
            return position
        position += 1
    return len(quiet) - 1


def closing(quiet, position):
    """The place of the bracket that closes the one at `position`."""
    depth = 0
    for place in range(position, len(quiet)):
        depth += (quiet[place] in "([{") - (quiet[place] in ")]}")
        if depth == 0:
            return place
    return len(quiet) - 1


def split(text):
    """The parts between commas that stand in no brackets."""
    part, depth = "", 0
    for sign in text:
        depth += (sign == "(") - (sign == ")")
        if sign == "," and depth == 0:
            yield part
            part = ""
        else:
            part += sign
    yield part


def blank(text):
    return QUIET.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)
