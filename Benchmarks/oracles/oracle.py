"""Compares ptwatch with a language's own tools over real source trees; `scripts/oracle` is its command line.

A language has a folder here: oracle.json says how its oracle, a program that prints facts, is run. README.md tells more.
"""

import argparse
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import venv
from hashlib import sha256

import corpora
from comparison import compare, report

here = pathlib.Path(__file__).resolve().parent
cache = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache") / "ptwatch"


def main():
    languages = sorted(path.parent.name for path in here.glob("*/oracle.json"))
    arguments = argparse.ArgumentParser(prog="oracle", description=__doc__.splitlines()[0])
    arguments.add_argument("language", choices=languages, metavar="language", help=", ".join(languages))
    arguments.add_argument(
        "--corpus", action="append", metavar="DIR", help="a source tree; by default those that oracle.json names"
    )
    arguments.add_argument("--differences", metavar="FILE", help="write all differing cases to a file")
    arguments.add_argument("--examples", type=int, default=5, metavar="N", help="cases shown of each class (5)")
    form = arguments.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print the figures as JSON, a line for each corpus")
    form.add_argument("--markdown", action="store_true", help="print the figures as rows for docs/ACCURACY.md")
    options = arguments.parse_args()

    folder = here / options.language
    settings = json.loads((folder / "oracle.json").read_text())
    environment = prepare(folder, settings)
    if options.corpus:
        trees = [({"name": pathlib.Path(path).resolve().name}, pathlib.Path(path).resolve()) for path in options.corpus]
    else:
        trees = [(corpus, corpora.fetch(corpus, cache / "corpora", environment)) for corpus in settings["corpora"]]

    if options.differences:
        pathlib.Path(options.differences).write_text("")
    if options.markdown:
        print(report.MARKDOWN_HEAD)
    for corpus, tree in trees:
        own = environment | corpus.get("environment", {})
        result = measure(corpus["name"], tree, folder, settings, own)
        show(options, result)


def prepare(folder, settings):
    """Makes what the oracle needs beside Debian packages. Returns the environment to run it in."""
    environment = {**os.environ, "ORACLE": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
    requirements = folder / settings.get("requirements", "requirements.txt")
    if requirements.exists():
        key = sha256(requirements.read_bytes() + sys.version.encode()).hexdigest()[:16]
        environment["PATH"] = f"{python_environment(requirements, key) / 'bin'}:{environment['PATH']}"
    if (folder / "build").exists():
        environment["ORACLE_BUILD"] = str(built(folder, environment))
    return environment


def built(folder, environment):
    """A folder with what the oracle's `build` makes, made once for each version of its sources."""
    sources = b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())
    path = cache / "oracles" / f"{folder.name}-{sha256(sources).hexdigest()[:16]}"
    done = path / "done"
    if not done.exists():
        print(f"oracle: building that of {folder.name}", file=sys.stderr)
        shutil.rmtree(path, ignore_errors=True)
        run([folder / "build", path], environment, stdout=sys.stderr)
        done.touch()
    return path


def python_environment(requirements, key):
    """A virtual environment with just these packages, made once."""
    path = cache / "oracles" / f"python-{key}"
    done = path / "done"
    if not done.exists():
        print(f"oracle: installing {requirements}", file=sys.stderr)
        venv.create(path, clear=True, with_pip=True)
        pip = [path / "bin" / "python3", "-m", "pip", "--quiet", "--disable-pip-version-check", "install"]
        run([*pip, "--no-deps", "--require-hashes", "--only-binary=:all:", "-r", requirements], stdout=sys.stderr)
        done.touch()
    return path


def measure(name, tree, folder, settings, environment):
    """Runs ptwatch and the oracle over one tree and compares them."""
    ptwatch = os.environ["PTWATCH"]
    with tempfile.TemporaryDirectory(prefix="oracle-") as work:
        facts, dump, store = (pathlib.Path(work) / part for part in ("facts", "dump", "store"))
        ingest = [ptwatch, "--full", "--quiet", "--no-ignore", "--db", store, tree]
        run(ingest, stdout=sys.stderr)
        with dump.open("wb") as out:
            run([ptwatch, "dump", "--db", store, tree], stdout=out)
        with facts.open("wb") as out:
            for command in settings["commands"]:
                words = [word.replace("$ORACLE_BUILD", environment.get("ORACLE_BUILD", "")) for word in command]
                run([*words, tree], environment, stdout=out, cwd=folder)
        with facts.open(encoding="utf-8") as oracle_lines, dump.open(encoding="utf-8") as dump_lines:
            return compare(name, oracle_lines, dump_lines, settings)


def run(command, environment=None, **options):
    try:
        subprocess.run([str(word) for word in command], env=environment, check=True, **options)
    except (OSError, subprocess.CalledProcessError) as error:
        sys.exit(f"oracle: {error}")


def show(options, result):
    if options.json:
        print(json.dumps(report.as_json(options.language, result)))
    elif options.markdown:
        print(report.markdown(options.language, result))
    else:
        print(*report.text(result), sep="\n")
        print(*report.differences(result, options.examples), sep="\n")
    if options.differences:
        with open(options.differences, "a", encoding="utf-8") as out:
            print(f"== {result.corpus}", *report.differences(result), sep="\n", file=out)
    sys.stdout.flush()


if __name__ == "__main__":
    main()
