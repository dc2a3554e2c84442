#!/usr/bin/env python3
"""Facts of shell scripts by shfmt's parser (mvdan.cc/sh; Debian package shfmt), as NDJSON.

usage: facts.py DIRECTORY [SHFMT]
Files: those named like shell scripts, and those whose first line names a shell. What shfmt cannot parse is left out
and named on standard error, and as {"t":"skipped","path":...}.
"""
import json, os, re, subprocess, sys

SUFFIXES = {".sh": None, ".bash": "bash", ".bats": "bats", ".ksh": "mksh", ".ebuild": "bash", ".eclass": "bash"}
NAMES = {".bashrc", ".bash_profile", ".profile", "PKGBUILD", "APKBUILD", "bash.bashrc"}
SHELLS = {
    "sh": "posix",
    "dash": "posix",
    "ash": "posix",
    "bash": "bash",
    "ksh": "mksh",
    "mksh": "mksh",
    "bats": "bats",
    "openrc-run": "posix",
}
SPECIAL = set(
    ": . local declare typeset break continue eval exec exit export readonly return set shift source times trap unset".split()
)
ASSIGNING = {"export", "declare", "typeset", "readonly"}


def dialects(path):
    """The dialects to try, in order; None for a file that is no shell script."""
    name = os.path.basename(path)
    suffix = os.path.splitext(name)[1]
    with open(path, "rb") as f:
        line = f.readline(256).decode(errors="replace")
    shell = None
    if line.startswith("#!"):
        words = [os.path.basename(w) for w in line[2:].split() if not w.startswith("-")]
        if words and words[0] == "env":
            words = words[1:]
        shell = words[0].split(".")[0] if words else None
    if suffix in SUFFIXES or name in NAMES or ("." not in name and shell in SHELLS):
        return list(
            dict.fromkeys([d for d in (SUFFIXES.get(suffix), SHELLS.get(shell)) if d] + ["bash", "posix", "mksh"])
        )
    return None


def parse(path, shfmt):
    source = open(path, "rb").read()
    for dialect in dialects(path):
        run = subprocess.run([shfmt, "-ln", dialect, "-tojson"], input=source, capture_output=True)
        if run.returncode == 0:
            return json.loads(run.stdout)
    return None


def literal(word):
    """The text and position of a word that is nothing but text, quoted or not."""
    parts = word.get("Parts", [])
    if len(parts) != 1:
        return None
    part = parts[0]
    if part["Type"] == "Lit":
        return part["Value"], part["Pos"], False
    if part["Type"] == "DblQuoted" and len(part.get("Parts", [])) == 1 and part["Parts"][0]["Type"] == "Lit":
        return part["Parts"][0]["Value"], part["Parts"][0]["Pos"], True
    return None


class File:
    def __init__(self, path, emit):
        self.path, self.emit = path, emit

    def entity(self, group, name, node, **more):
        self.emit(
            {
                "t": "entity",
                "kind": group,
                "name": name,
                "qualified": name,
                "path": self.path,
                "line": node["Pos"]["Line"],
                "endLine": node["End"]["Line"],
                **more,
            }
        )

    def call(self, name, pos):
        self.emit({"t": "call", "path": self.path, "line": pos["Line"], "column": pos["Col"], "name": name})

    def walk(self, node, top):
        if isinstance(node, list):
            for n in node:
                self.walk(n, top)
            return
        if not isinstance(node, dict):
            return
        kind = node.get("Type")
        if kind == "FuncDecl":
            self.entity("function", node["Name"]["Value"], node)
            top = False
        elif kind == "CallExpr":
            self.command(node, top)
        elif kind == "DeclClause" and top and node["Variant"]["Value"] in ASSIGNING:
            flags = "".join(
                w[0]
                for a in node.get("Args", [])
                if a.get("Naked") and a.get("Value") and (w := literal(a["Value"])) and w[0].startswith("-")
            )
            for a in node.get("Args", []):
                if (
                    a.get("Name")
                    and not (a.get("Naked") and node["Variant"]["Value"] in ("export", "readonly"))
                    and not set(flags) & set("fFp")
                ):
                    self.entity("value", a["Name"]["Value"], a)
        elif kind == "WordIter" and top:
            self.entity("value", node["Name"]["Value"], node["Name"])
        elif kind == "ParamExp" and top and node.get("Exp", {}).get("Op") in (74, 75, ":=", "="):
            self.entity("value", node["Param"]["Value"], node)
        elif kind in ("CmdSubst", "ProcSubst"):
            top = False
        for key, value in node.items():
            if key not in ("Pos", "End"):
                self.walk(value, top)

    def command(self, node, top):
        args = node.get("Args", [])
        if not args and top:
            for a in node.get("Assigns", []):
                self.entity("value", a["Name"]["Value"], a)
        if not args or not (first := literal(args[0])):
            return
        name, pos, _ = first
        if name in ("export", "readonly") and top:  # in the dialect of POSIX a command like any other
            for word in args[1:]:
                text = word["Parts"][0].get("Value", "") if word.get("Parts") else ""
                if match := re.match(r"(\w+)=", text):
                    self.entity("value", match[1], word)
        if name in (".", "source") and len(args) > 1:
            self.emit(
                {"t": "import", "path": self.path, "line": args[1]["Pos"]["Line"], "name": None, "qualifier": None}
            )
        if name in SPECIAL or re.search(r"[/\\=*?$~{}()<>|;&\"'`\s\[\]]", name):
            return
        self.call(name, pos)


def main():
    root, shfmt = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else "shfmt"
    for directory, subs, files in os.walk(root):
        subs.sort()
        for file in sorted(files):
            full = os.path.join(directory, file)
            if os.path.islink(full) or dialects(full) is None:
                continue
            path = os.path.relpath(full, root)
            tree = parse(full, shfmt)
            if tree is None:
                print(json.dumps({"t": "skipped", "path": path}))
                continue
            print(json.dumps({"t": "file", "path": path}))
            File(path, lambda fact: print(json.dumps(fact))).walk(tree, True)


if __name__ == "__main__":
    main()
