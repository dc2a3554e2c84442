#!/usr/bin/env python3
"""Facts of Lua files by the parser of the PyPI package luaparser, as NDJSON.

usage: facts.py DIRECTORY [MOST_BYTES_OF_A_FILE]
What luaparser cannot parse is {"t":"skipped","path":...}.
"""
import json, os, sys
from luaparser import ast, astnodes as n

SUFFIXES = (".lua", ".nse", ".wlua", ".rockspec")


class File:
    def __init__(self, path, text):
        self.path, self.text = path, text

    def emit(self, fact):
        print(json.dumps(fact))

    def dotted(self, node):
        """`a.b` of a name or of fields of names; None for anything else."""
        if isinstance(node, n.Name):
            return node.id
        if isinstance(node, n.Index) and isinstance(node.idx, n.Name) and node.notation == n.IndexNotation.DOT:
            before = self.dotted(node.value)
            return before and f"{before}.{node.idx.id}"
        if isinstance(node, n.Index) and isinstance(node.idx, n.String):
            before = self.dotted(node.value)
            text = node.idx.s.decode(errors="replace") if isinstance(node.idx.s, bytes) else node.idx.s
            return before and f"{before}.{text}"
        return None

    def function(self, name, node, extent):
        short = name.split(".")[-1]
        self.emit(
            {
                "t": "entity",
                "kind": "function",
                "name": short,
                "qualified": name,
                "path": self.path,
                "line": extent.first_token.line,
                "endLine": extent.last_token.line,
            }
        )

    def call(self, name, start):
        """`start`: where the name begins."""
        line = self.text.count("\n", 0, start) + 1
        begin = self.text.rfind("\n", 0, start) + 1
        column = len(self.text[begin:start].encode()) + 1
        self.emit({"t": "call", "path": self.path, "line": line, "column": column, "name": name})

    def bind(self, target, value, extent):
        """A function that is bound to a name."""
        name = self.dotted(target)
        if name:
            self.function(name, value, extent)

    def walk(self, node):
        if isinstance(node, list):
            for child in node:
                self.walk(child)
            return
        if not isinstance(node, n.Node):
            return
        if isinstance(node, (n.Function, n.LocalFunction)):
            self.bind(node.name, node, node)
        elif isinstance(node, n.Method):
            before = self.dotted(node.source)
            if before:
                self.function(f"{before}.{node.name.id}", node, node)
        elif isinstance(node, (n.Assign, n.LocalAssign)):
            if len(node.targets) == len(node.values) == 1 and isinstance(node.values[0], n.AnonymousFunction):
                self.bind(node.targets[0], node.values[0], node)
        elif isinstance(node, n.Field) and isinstance(node.value, n.AnonymousFunction):
            if isinstance(node.key, n.Name) and not node.between_brackets:
                self.function(node.key.id, node.value, node)
            elif isinstance(node.key, n.String):
                self.function(str(node.key.s if isinstance(node.key.s, str) else node.key.s.decode()), node.value, node)
        elif isinstance(node, n.Invoke):
            source = node.source.last_token
            after = source.stop + 1 if source else node.first_token.start + len(node.source.id)
            self.call(node.func.id, self.text.index(node.func.id, self.text.index(":", after)))
        elif isinstance(node, n.Call):
            f = node.func
            if isinstance(f, n.Name):
                if f.id != "require":
                    # The first token of such a call is the one after the name.
                    token = node.first_token
                    self.call(f.id, token.start if token.text == f.id else self.text.rindex(f.id, 0, token.start))
                else:
                    self.emit({"t": "import", "path": self.path, "line": node.first_token.line})
            elif isinstance(f, n.Index) and isinstance(f.idx, n.Name) and f.notation == n.IndexNotation.DOT:
                self.call(f.idx.id, f.last_token.start)
        for key, child in vars(node).items():
            if not key.startswith("_") and isinstance(child, (list, n.Node)):
                self.walk(child)


def main():
    root, most = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 1 << 20
    sys.setrecursionlimit(100000)
    for directory, subs, files in os.walk(root):
        subs.sort()
        for file in sorted(files):
            full = os.path.join(directory, file)
            if not file.endswith(SUFFIXES) or os.path.getsize(full) > most:
                continue
            path = os.path.relpath(full, root)
            text = open(full, encoding="utf-8", errors="replace").read()
            body = "--" + text if text.startswith("#") else text
            try:
                tree = ast.parse(body)
            except Exception:
                print(json.dumps({"t": "skipped", "path": path}))
                continue
            print(json.dumps({"t": "file", "path": path}))
            File(path, body).walk(tree)


if __name__ == "__main__":
    main()
