"""Puts facts into a new CozoDB on RocksDB, in batches of 1,000, and prints what that took.

    cozo.py FACTS DATABASE

Edges are found from their source only: a second relation by name, for the other direction, would double their time.
"""

import json
import pathlib
import shutil
import sys
import time

import facts
from pycozo.client import Client

BATCH = 1000

files, entities, edges = facts.read(sys.argv[1])
path = pathlib.Path(sys.argv[2])
shutil.rmtree(path, ignore_errors=True)

begun = time.monotonic()
database = Client("rocksdb", str(path), dataframe=False)
for relation, columns, rows in (
    ("file", "path => language, lines", files),
    ("entity", "id => kind, name, path, line, parent", entities),
    ("edge", "source, kind, name, path, line, column", edges),
):
    database.run(f":create {relation} {{{columns}}}")
    names = columns.replace(" =>", ",")
    for start in range(0, len(rows), BATCH):
        batch = [list(row) for row in rows[start : start + BATCH]]
        database.run(f"?[{names}] <- $rows :put {relation} {{{columns}}}", {"rows": batch})
database.close()
seconds = time.monotonic() - begun

size = sum(file.stat().st_size for file in path.rglob("*") if file.is_file())
counts = {"entities": len(entities), "edges": len(edges), "files": len(files)}
print(json.dumps({"seconds": seconds, **counts, "bytes": size}))
