"""Source that nobody wrote, the same for ever: what it says depends on the seed alone, not on a library's generator.

A tree has files of four languages in turn, with the things that written code is made of: types, functions, calls of what
stands elsewhere, comments, strings, branches, and in C macros and declarations.
"""

WORDS = (
    "buffer cache channel client cursor device driver entry event filter frame group handle header index inode kernel "
    "layer limit link list lock mask message mode module node object offset owner packet page parser path pool port "
    "queue range record region request result root route rule sample scope segment server session signal slot socket "
    "source stack state stream table target task thread timer token trace tree unit value vector window worker"
).split()
VERBS = "add alloc check clear close copy count drop fetch find flush free init load map merge move open parse push".split()


class Choice:
    """Marsaglia's xorshift of 64 bits."""

    def __init__(self, seed):
        self.state = seed * 0x9E3779B97F4A7C15 & (1 << 64) - 1 or 1

    def below(self, limit):
        state = self.state
        state ^= state << 13 & (1 << 64) - 1
        state ^= state >> 7
        state ^= state << 17 & (1 << 64) - 1
        self.state = state
        return (state >> 20) % limit

    def of(self, values):
        return values[self.below(len(values))]

    def name(self):
        return f"{self.of(WORDS)}_{self.of(WORDS)}"

    def function(self):
        """Of a set small enough for names to be found in many files."""
        return f"{self.of(VERBS)}_{self.of(WORDS)}_{self.below(40)}"


def expression(choice, names, depth=0):
    kind = choice.below(6 if depth < 2 else 3)
    if kind == 0:
        return str(choice.below(4096))
    if kind <= 2:
        return choice.of(names)
    if kind == 3:
        return f"({expression(choice, names, depth + 1)} {choice.of('+-*&|')} {expression(choice, names, depth + 1)})"
    arguments = ", ".join(expression(choice, names, depth + 1) for _ in range(choice.below(4)))
    return f"{choice.function()}({arguments})"


def statements(choice, names, style, depth):
    """Lines of a body, in the form that `style` gives them."""
    lines = []
    for _ in range(2 + choice.below(5)):
        kind, value = choice.below(10), expression(choice, names)
        indent = style.indent * depth
        if kind == 0:
            lines.append(f"{indent}{style.comment} The {choice.of(WORDS)} has to {choice.of(VERBS)} its {choice.of(WORDS)} first.")
        elif kind <= 2:
            name = choice.name()
            lines.append(indent + style.local.format(name=name, value=value))
            names = [*names, name]
        elif kind <= 4:
            lines.append(f"{indent}{choice.of(names)} = {value}{style.end}")
        elif kind == 5:
            lines.append(f'{indent}{choice.function()}("{choice.of(WORDS)} %d of {choice.of(WORDS)}", {value}){style.end}')
        elif kind <= 7 or depth > 3:
            lines.append(f"{indent}{choice.function()}({value}){style.end}")
        else:
            opening = style.branch if kind == 8 else style.loop
            lines.append(indent + opening.format(value=value))
            lines += statements(choice, names, style, depth + 1)
            lines += [indent + style.close] if style.close else []
    return lines


class C:
    suffix, indent, comment, end, close = "c", "\t", "//", ";", "}"
    local, branch, loop = "int {name} = {value};", "if ({value}) {{", "while ({value}) {{"

    @staticmethod
    def head(choice):
        lines = ["/* What was made here is for measuring. */", "#include <linux/types.h>"]
        lines += [f'#include "{choice.of(WORDS)}.h"' for _ in range(4)]
        return lines + [f"#define {choice.name().upper()} {choice.below(4096)}" for _ in range(4)] + [""]

    @staticmethod
    def definition(choice, number):
        kind = choice.below(8)
        if kind == 0:
            fields = [f"\tstruct {choice.name()} *{choice.name()}_{place};" for place in range(2 + choice.below(6))]
            return [f"struct {choice.name()}_{number} {{", *fields, "\tunsigned long flags[4];", "};", ""]
        if kind == 1:
            return [f"static const struct {choice.name()} {choice.name()}_{number} = {{",
                    *(f"\t.{choice.name()} = {choice.function()}," for _ in range(4)), "};", ""]
        names = [choice.name() for _ in range(1 + choice.below(4))]
        parameters = ", ".join(f"int {name}" for name in names)
        body = statements(choice, names, C, 1)
        return [f"static int {choice.function()}_{number}({parameters})", "{", *body, f"\treturn {expression(choice, names)};", "}", ""]


class Python:
    suffix, indent, comment, end, close = "py", "    ", "#", "", ""
    local, branch, loop = "{name} = {value}", "if {value}:", "while {value}:"

    @staticmethod
    def head(choice):
        return ['"""What was made here is for measuring."""', "", "import os",
                *(f"from {choice.of(WORDS)} import {choice.function()}" for _ in range(4)), ""]

    @staticmethod
    def definition(choice, number):
        names = [choice.name() for _ in range(1 + choice.below(4))]
        if choice.below(3):
            head = f"def {choice.function()}_{number}({', '.join(names)}):"
            return [head, *statements(choice, names, Python, 1), f"    return {expression(choice, names)}", ""]
        lines = [f"class {choice.name().title().replace('_', '')}{number}({choice.of(WORDS).title()}):"]
        for place in range(2):
            lines.append(f"    def {choice.of(VERBS)}_{place}(self, {', '.join(names)}):")
            lines += statements(choice, ["self", *names], Python, 2)
        return [*lines, ""]


class Rust:
    suffix, indent, comment, end, close = "rs", "    ", "//", ";", "}"
    local, branch, loop = "let mut {name} = {value};", "if {value} > 0 {{", "while {value} > 0 {{"

    @staticmethod
    def head(choice):
        return ["//! What was made here is for measuring.", *(f"use crate::{choice.of(WORDS)}::{choice.function()};" for _ in range(4)), ""]

    @staticmethod
    def definition(choice, number):
        names = [choice.name() for _ in range(1 + choice.below(4))]
        title = choice.name().title().replace("_", "")
        if not choice.below(4):
            fields = [f"    pub {choice.name()}_{place}: Option<{choice.of(WORDS).title()}>," for place in range(3)]
            return ["#[derive(Debug, Clone)]", f"pub struct {title}{number} {{", *fields, "}", ""]
        parameters = ", ".join(f"{name}: i64" for name in names)
        head = f"pub fn {choice.function()}_{number}({parameters}) -> i64 {{"
        return [head, *statements(choice, names, Rust, 1), f"    {expression(choice, names)}", "}", ""]


class JavaScript:
    suffix, indent, comment, end, close = "js", "  ", "//", ";", "}"
    local, branch, loop = "let {name} = {value};", "if ({value}) {{", "while ({value}) {{"

    @staticmethod
    def head(choice):
        return ["// What was made here is for measuring.",
                *(f'import {{ {choice.function()} }} from "./{choice.of(WORDS)}.js";' for _ in range(4)), ""]

    @staticmethod
    def definition(choice, number):
        names = [choice.name() for _ in range(1 + choice.below(4))]
        if choice.below(3):
            head = f"export function {choice.function()}_{number}({', '.join(names)}) {{"
            return [head, *statements(choice, names, JavaScript, 1), f"  return {expression(choice, names)};", "}", ""]
        lines = [f"class {choice.name().title().replace('_', '')}{number} extends {choice.of(WORDS).title()} {{"]
        for place in range(2):
            lines.append(f"  {choice.of(VERBS)}{place}({', '.join(names)}) {{")
            lines += [*statements(choice, names, JavaScript, 2), "  }"]
        return [*lines, "}", ""]


def make(tree, files, lines=400):
    """Writes `files` files of about `lines` lines into a directory; their bytes."""
    size = 0
    tree.mkdir(parents=True)
    for number in range(files):
        language, choice = (C, Python, Rust, JavaScript)[number % 4], Choice(number + 1)
        text = language.head(choice)
        while len(text) < lines:
            text += language.definition(choice, len(text))
        data = ("\n".join(text) + "\n").encode()
        (tree / f"file{number:03}.{language.suffix}").write_bytes(data)
        size += len(data)
    return size
