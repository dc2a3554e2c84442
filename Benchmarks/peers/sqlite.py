"""Puts facts into a new SQLite database and prints what that took.

    sqlite.py FACTS DATABASE

No journal and one transaction, indexes when all rows are in, and the file synced at the end: the fastest way there is to a
database that is complete and durable.
"""

import json
import os
import sqlite3
import sys
import time

import facts

files, entities, edges = facts.read(sys.argv[1])
path = sys.argv[2]
if os.path.exists(path):
    os.remove(path)

begun = time.monotonic()
database = sqlite3.connect(path, isolation_level=None)
database.execute("PRAGMA journal_mode = OFF")
database.execute("PRAGMA synchronous = OFF")
database.execute("PRAGMA cache_size = -262144")
database.execute("CREATE TABLE file (path TEXT, language TEXT, lines INTEGER)")
database.execute("CREATE TABLE entity (id TEXT, kind TEXT, name TEXT, path TEXT, line INTEGER, parent TEXT)")
database.execute("CREATE TABLE edge (source TEXT, kind TEXT, name TEXT, path TEXT, line INTEGER, column INTEGER)")
database.execute("BEGIN")
for table, rows in (("file", files), ("entity", entities), ("edge", edges)):
    if rows:
        database.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows)
for index in ("entity (id)", "entity (name)", "edge (source)", "edge (name)"):
    name = index.replace(" (", "_").rstrip(")")
    database.execute(f"CREATE INDEX {name} ON {index}")
database.execute("COMMIT")
database.close()
descriptor = os.open(path, os.O_RDONLY)
os.fsync(descriptor)
seconds = time.monotonic() - begun

counts = {"entities": len(entities), "edges": len(edges), "files": len(files)}
print(json.dumps({"seconds": seconds, **counts, "bytes": os.path.getsize(path)}))
