"""Makes what benchmarks need beside Debian packages, in the cache folder, and prints its path.

    prepare.py tree NAME            a source tree of trees.json, downloaded and unpacked
    prepare.py python REQUIREMENTS  a virtual environment with just the packages of that file

Of an entry in trees.json, `deb`, `source` and `path` are as in the oracles' corpora; `archive` is a file of that package
(or of this machine, where the package is installed) to unpack, of which `parts` are folders, by default all.
"""

import json
import pathlib
import subprocess
import sys
import tempfile
import zipfile
from hashlib import sha256

here = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(here.parent / "oracles"))

import corpora  # noqa: E402
import oracle  # noqa: E402


def main():
    what, name = sys.argv[1:3]
    if what == "tree":
        print(tree(name))
    else:
        requirements = pathlib.Path(name)
        key = sha256(requirements.read_bytes() + sys.version.encode()).hexdigest()[:16]
        print(oracle.python_environment(requirements, key))


def tree(name):
    entries = {entry["name"]: entry for entry in json.loads((here / "trees.json").read_text())}
    if name not in entries:
        sys.exit(f"benchmark: there is no tree {name}; there are {', '.join(entries)}")
    entry, cache = entries[name], oracle.cache / "corpora"
    if "archive" not in entry:
        return corpora.fetch(entry, cache, {})
    place = cache / f"tree-{name}"
    if not place.exists():
        archive = pathlib.Path("/") / entry["archive"]
        if not archive.exists():
            archive = corpora.fetch(entry, cache, {}) / entry["archive"]
        print(f"benchmark: unpacking {archive.name} for {name}", file=sys.stderr)
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cache) as work:
            unpack(archive, pathlib.Path(work) / "tree", entry.get("parts", []))
            (pathlib.Path(work) / "tree").rename(place)
    return place


def unpack(archive, place, parts):
    place.mkdir()
    if archive.suffix == ".zip":
        zipfile.ZipFile(archive).extractall(place)
    else:
        top = archive.name.partition(".tar")[0]
        tar = ["tar", "-x", "-f", archive, "-C", place, "--strip-components=1"]
        subprocess.run([*tar, *(f"{top}/{part}" for part in parts)], check=True)


if __name__ == "__main__":
    try:
        main()
    except subprocess.CalledProcessError as error:
        sys.exit(f"benchmark: {error}")
