"""Reads what `ptwatch dump --facts` prints into lists, as rows for a database."""

import json


def read(path):
    """Files (path, language, lines), entities (id, kind, name, path, line, parent) and edges (source,
    kind, name, path, line, column)."""
    files, entities, edges = [], [], []
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            fact = json.loads(line)
            if fact["t"] == "file":
                files.append((fact["path"], fact["language"], fact["lines"]))
            elif fact["t"] == "entity":
                line_number = fact["span"][0]
                entities.append((fact["id"], fact["kind"], fact["name"], fact["path"], line_number, fact["parent"]))
            else:
                edges.append((fact["from"], fact["kind"], fact["name"], fact["path"], fact["line"], fact["column"]))
    return files, entities, edges
