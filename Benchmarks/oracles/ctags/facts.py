"""Prints the definitions that universal-ctags finds in a tree: the only oracle of a language without a better one.

    facts.py LANGUAGE DIR

LANGUAGE as ctags names it. ctags tells the line of the name. It reads without a grammar, and errs itself: what differs has to
be read.
"""

import json
import pathlib
import subprocess
import sys

# ctags' kinds that are called otherwise here.
KINDS = {"enumerator": "enum_member", "member": "field", "typedef": "delegate", "prototype": "function"}


def main():
    language, root = sys.argv[1:3]
    command = ["ctags", "-R", f"--languages={language}", "--output-format=json", "--fields=+neKSZ", "-f", "-", "."]
    tags = subprocess.run(command, cwd=root, check=True, capture_output=True, text=True, errors="replace").stdout
    files = set()
    for line in tags.splitlines():
        tag = json.loads(line)
        if tag["_type"] != "tag" or tag["name"].startswith("__anon"):
            continue
        path, kind = str(pathlib.PurePath(tag["path"])), tag["kind"]
        if path not in files:
            files.add(path)
            print(json.dumps({"t": "file", "path": path}))
        kind = KINDS.get(kind, kind)
        # What is qualified in its name is one entity of the last part's name.
        name = tag["name"].rpartition(".")[2] if kind != "namespace" else tag["name"]
        print(json.dumps({"t": "entity", "kind": kind, "name": name, "path": path, "line": tag["line"]}))


if __name__ == "__main__":
    main()
