"""Prints what Debian's rustc sees in a crate: definitions, and calls with what they mean, from its analysis for editors.

    facts.py DIR

DIR holds the Cargo.toml of a crate that needs no other. The crate is compiled with all its features, with its tests if it
compiles with them. What other conditions leave out, and the bodies of macros, are lines of which it says nothing:
unseen.py finds them.
"""

import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import tomllib

from unseen import Conditions, unseen_lines

# What stands before the name of a definition that is written, and not made by a macro.
KEYWORDS = {"function": "fn", "method": "fn", "type_alias": "type"}
KINDS = {
    "Function": "function",
    "Method": "method",
    "Struct": "struct",
    "Enum": "enum",
    "Union": "union",
    "Trait": "trait",
    "Type": "type_alias",
    "Const": "constant",
    "Static": "variable",
    "Field": "field",
    "TupleVariant": "enum_member",
    "StructVariant": "enum_member",
}


def main():
    root = pathlib.Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as work:
        analysis, flags = compile_crate(root, pathlib.Path(work))
    Printer(root, analysis, Conditions(flags)).print()


def compile_crate(root, work):
    cargo = tomllib.loads((root / "Cargo.toml").read_text())
    source = root / cargo.get("lib", {}).get("path", "src/lib.rs")
    features = [f'--cfg=feature="{name}"' for name in cargo.get("features", {})]
    command = [
        "/usr/bin/rustc",
        "--edition",
        cargo["package"].get("edition", "2015"),
        "-Zsave-analysis",
        "--cap-lints=allow",
    ]
    command += ["--emit=metadata", "--crate-name=oracle", "--out-dir", str(work), *features, str(source)]
    for mode in (["--test"], ["--crate-type=lib"]):
        # The variable lets a stable compiler take -Z.
        made = subprocess.run(
            [*command, *mode], env=os.environ | {"RUSTC_BOOTSTRAP": "1"}, capture_output=True, text=True
        )
        if made.returncode == 0:
            return json.loads(next(work.rglob("*.json")).read_text()), [*features, *mode]
    sys.exit(f"rust oracle: {source} does not compile:\n{made.stderr[-2000:]}")


class Printer:
    def __init__(self, root, analysis, conditions):
        self.root = root
        self.analysis = analysis
        self.conditions = conditions
        self.text = {}
        # By place and name, since what a macro is given is compiled as often as it uses it.
        self.calls = {}
        # The type of each impl, and what methods it has for those of traits.
        types = {row["kind"]["Impl"]["id"]: row["from"] for row in analysis["relations"] if "Impl" in row["kind"]}
        declared = {self.key(row["id"]): row["decl_id"] for row in analysis["defs"] if row["decl_id"]}
        self.impls, self.methods = [], {}
        for impl in analysis["impls"]:
            type = self.key(types[impl["id"]]) if impl["id"] in types else None
            self.impls.append((impl["span"], type))
            for child in map(self.key, impl["children"]):
                if child in declared:
                    self.methods[type, self.key(declared[child])] = child
        # Where a mention of a type ends.
        self.types = {
            (row["span"]["file_name"], row["span"]["byte_end"]): self.key(row["ref_id"])
            for row in analysis["refs"]
            if row["kind"] == "Type"
        }

    def print(self):
        definitions = {}
        for row in self.analysis["defs"]:
            place = self.place(row["span"])
            kind = KINDS.get(row["kind"])
            if place and kind and self.written(row["span"]) == row["name"]:
                keyword = KEYWORDS.get(kind)
                before = self.line(row["span"])[: row["span"]["column_start"] - 1]
                if keyword is None or re.search(rf"\b{keyword}\s+$", before):
                    path, line, _ = place
                    definitions[self.key(row["id"])] = {"path": path, "line": line, "name": row["name"]}
                    emit(t="entity", kind=kind, name=row["name"], path=path, line=line)
        for row in self.analysis["refs"]:
            self.call(row, definitions)
        for path in sorted(self.text):
            emit(t="file", path=path)
            for first, last in unseen_lines("\n".join(self.lines(path)), self.conditions):
                emit(t="unseen", path=path, line=first, endLine=last)
            self.macros(path)
        for (path, line, column, name), call in self.calls.items():
            emit(t="call", path=path, line=line, column=column, name=name, **call)

    def macros(self, path):
        """Uses of macros, of which the analysis says nothing."""
        for number, line in enumerate(self.lines(path), 1):
            for use in re.finditer(r"(\w+)!\s*[(\[{]", line):
                column = len(line[: use.start()].encode()) + 1
                emit(t="call", path=path, line=number, column=column, name=use[1], unclear=True)

    def call(self, row, definitions):
        """A use of a function or type that stands before parentheses. That of a type may be a pattern."""
        place, name = self.place(row["span"]), self.written(row["span"])
        if not place or not re.match(r"(::<[^()]*>)?\(", self.after(row["span"])) or not re.fullmatch(r"\w+", name):
            return
        path, line, column = place
        target = definitions.get(self.key(row["ref_id"]))
        is_function = row["kind"] == "Function"
        if not is_function and target is None and row["ref_id"]["krate"] == 0:
            # A local.
            return
        meant = [target] if target else []
        dispatched = definitions.get(self.dispatched(row))
        if dispatched and dispatched["name"] == name:
            meant.append(dispatched)
        new = {"unclear": not is_function, "to": [], "external": False}
        call = self.calls.setdefault((path, line, column, name), new)
        call["to"] += [place for place in meant if place not in call["to"]]
        call["external"] |= not meant and row["ref_id"]["krate"] != 0

    def dispatched(self, row):
        """The type's own method, where the analysis names the trait's: of `Type::f`, `Self::f` and `self.f`."""
        span = row["span"]
        before = self.line(span)[: span["column_start"] - 1]
        if re.search(r"\b(Self::|self\.)$", before):
            around = [
                impl
                for impl in self.impls
                if impl[0]["file_name"] == span["file_name"] and impl[0]["byte_start"] < span["byte_start"]
            ]
            type = max(around, key=lambda impl: impl[0]["byte_start"])[1] if around else None
        elif before.endswith("::"):
            type = self.types.get((span["file_name"], span["byte_start"] - 2))
        else:
            return None
        return self.methods.get((type, self.key(row["ref_id"])))

    def key(self, id):
        return id["krate"], id["index"]

    def lines(self, path):
        if path not in self.text:
            self.text[path] = (self.root / path).read_text().split("\n")
        return self.text[path]

    def place(self, span):
        """Path in the tree, line, and column in bytes; None for what is outside of it."""
        path = pathlib.Path(span["file_name"])
        if not path.is_relative_to(self.root) or span["line_start"] != span["line_end"]:
            return None
        path, line = str(path.relative_to(self.root)), span["line_start"]
        before = self.lines(path)[line - 1][: span["column_start"] - 1]
        return path, line, len(before.encode()) + 1

    def written(self, span):
        if not self.place(span):
            return ""
        return self.line(span)[span["column_start"] - 1 : span["column_end"] - 1]

    def after(self, span):
        return self.line(span)[span["column_end"] - 1 :]

    def line(self, span):
        return self.lines(str(pathlib.Path(span["file_name"]).relative_to(self.root)))[span["line_start"] - 1]


def emit(**fact):
    print(json.dumps(fact))


if __name__ == "__main__":
    main()
