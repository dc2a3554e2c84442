"""Counts the instructions of a full ingest by one worker and compares them with those recorded; `scripts/instructions` is
its command line.

callgrind counts two ingests of made-up source, one of five times as many files as the other. Their difference is what a MB
costs; what is left of the smaller one is the start. Times are noisy, these are not: they repeat within a few thousandths.

Both are recorded for the whole process and for what is ptwatch's own: all but the parser's work. More than the room above a
recorded figure fails, and so does more than that below it: then the record is to be renewed. A figure of the whole process counts
only with the versions of libraries and compilers that it was recorded with.
"""

import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile

import source

here = pathlib.Path(__file__).resolve().parent
record = here / "recorded.json"
ROOM = 0.03
FILES = (8, 40)
LIBRARIES = ["libtree-sitter0", "liblmdb0", "libxxhash0", "liblz4-1", "libinotifytools0", "libc6", "gcc", "valgrind"]


def main():
    arguments = argparse.ArgumentParser(prog="scripts/instructions", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--record", action="store_true", help="write what is measured as what is expected")
    options = arguments.parse_args()
    found = {"versions": versions(), **figures()}
    if options.record:
        record.write_text(json.dumps(found, indent=2) + "\n")
    sys.exit(compare(found, json.loads(record.read_text())))


def figures():
    """Millions of instructions per MB of source and for the start, of the whole process and of what is its own."""
    with tempfile.TemporaryDirectory(prefix="instructions-") as work:
        work = pathlib.Path(work)
        sizes = [source.make(work / f"tree{files}", files) for files in FILES]
        runs = [start(work, files) for files in FILES]
        for run in runs:
            if run.wait() != 0:
                sys.exit(f"instructions: ptwatch under callgrind ended with status {run.returncode}")
        small, large = (count(work / f"counts{files}") for files in FILES)
    result = {"bytes": sizes[1]}
    for part in ("process", "own"):
        slope = (large[part] - small[part]) / (sizes[1] - sizes[0])
        result[f"{part}, per MB"] = round(slope, 2)
        result[f"{part}, start"] = round(small[part] / 1e6 - slope * sizes[0] / 1e6, 2)
    return result


def start(work, files):
    """Where addresses lie and how hashes are seeded must not count."""
    command = ["setarch", "-R", "valgrind", "--quiet", "--tool=callgrind", f"--callgrind-out-file={work / f'counts{files}'}"]
    ptwatch = [os.environ["PTWATCH"], "--full", "--quiet", "--no-ignore", "--jobs", "1", "--db", work / f"store{files}", work / f"tree{files}"]
    return subprocess.Popen([*command, *ptwatch], env={**os.environ, "SWIFT_DETERMINISTIC_HASHING": "1"})


def count(path):
    """Instructions in a callgrind file: all, and those that are not within a parse."""
    functions, callee, of_callee, total, parsing = {}, "", False, 0, 0
    for line in path.read_text().splitlines():
        if line.startswith(("fn=", "cfn=")):
            number, _, name = line.partition("=")[2].partition(" ")
            callee = functions.setdefault(number, name)
        elif line.startswith("calls="):
            of_callee = True
        elif line and line[0] in "0123456789+-*":
            # A cost of none may be left out.
            cost = int((line.split() + ["0"])[1])
            # The line after `calls=` repeats what is counted in the function that is called.
            if not of_callee:
                total += cost
            elif callee == "ts_parser_parse":
                parsing += cost
            of_callee = False
    return {"process": total, "own": total - parsing}


def versions():
    command = ["dpkg-query", "-W", "-f", "${Package} ${Version}\n", *LIBRARIES]
    found = subprocess.run(command, capture_output=True, text=True).stdout.splitlines()
    swift = subprocess.run(["swift", "--version"], capture_output=True, text=True).stdout.splitlines()[0]
    return [*sorted(found), swift, os.uname().machine]


def compare(found, recorded):
    """Prints the figures; 1 if one is further from the recorded one than there is room."""
    if found["bytes"] != recorded["bytes"]:
        sys.exit("instructions: the source that is made is another than recorded; record anew with --record")
    others = sorted(set(found["versions"]) ^ set(recorded["versions"]))
    status = 0
    print(f"millions of instructions of a full ingest, one worker, {found['bytes'] / 1e6:.2f} MB")
    for name in recorded:
        if name in ("bytes", "versions"):
            continue
        change = found[name] / recorded[name] - 1
        is_held = not others or name.startswith("own")
        verdict = "" if abs(change) <= ROOM else "too many" if change > 0 else "fewer: record them"
        if verdict and not is_held:
            verdict += ", but of other versions: not counted"
        elif verdict:
            status = 1
        print(f"  {name:16} {found[name]:10.2f}   recorded {recorded[name]:10.2f}   {change:+7.2%}  {verdict}".rstrip())
    if others:
        print("  other versions than recorded: " + "; ".join(others))
    if status:
        print(f"instructions: more than {ROOM:.0%} from what is recorded in {record.relative_to(here.parent.parent)}; "
              "if that is meant, run scripts/instructions --record and commit it")
    return status


if __name__ == "__main__":
    main()
