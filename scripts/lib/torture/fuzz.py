"""Texts of all languages mutated in memory (Tests/Fuzz): what is extracted incrementally equals what is extracted as a whole.

One process a round, so that what a crash leaves is its seed: `Fuzz --chains 1 --seed S` does it again."""
import os, signal, subprocess, tempfile
from ground import Broken

PROGRAM = os.environ["PTWATCH_FUZZ"]
HANG = 120  # seconds beyond its own; the longest parse takes two
MOST_MEMORY = 700 << 20  # at the end, when all trees are dropped
KINDS = ["versions", "parsed incrementally", "of these to be confirmed", "corrected by a fresh parse", "parses cut off",
         "texts of one piece"]
seconds = 60


def configure(options):
    global seconds
    seconds = 6 if options.minutes == 0 else 300


def round(seed, count):
    with tempfile.TemporaryDirectory(prefix="ptwatch-fuzz-") as place:
        state = os.path.join(place, "state")
        faults = os.path.join(os.environ.get("TMPDIR", "/tmp"), "ptwatch-fuzz-faults")
        # Chains are numbered from the seed on; rounds must not do each other's.
        command = [PROGRAM, "--seed", str(seed << 20), "--seconds", str(seconds), "--state", state, "--faults", faults]
        for folder in filter(None, os.environ.get("PTWATCH_FUZZ_CORPORA", "").split(":")):
            command += ["--corpus", folder]
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        try:
            output, error = process.communicate(timeout=seconds + HANG)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            raise Broken(f"no end of chain {last(state, faults)}")
        if process.returncode < 0:
            raise Broken(f"{signal.Signals(-process.returncode).name} in chain {last(state, faults)}")
        found = []
        for line in output.decode(errors="replace").splitlines():
            name, *numbers = line.split("\t")
            if name.startswith("FAULT"):
                found.append(line)
            elif name == "memory":
                if int(numbers[0]) > MOST_MEMORY:
                    raise Broken(f"{int(numbers[0]) >> 20} MB are in use at the end")
            else:
                count(f"fuzz: {name}: versions", int(numbers[0]))
                for kind, number in zip(KINDS, numbers):
                    count(f"fuzz: all: {kind}", int(number))
        if found or process.returncode != 0:
            raise Broken(f"status {process.returncode}, texts in {faults}: " + "; ".join(found) + error.decode()[-400:])


def last(state, faults):
    """Seed and language of the chain in hand; its text is kept."""
    try:
        line, text = open(state, "rb").read().split(b"\n", 1)
    except (OSError, ValueError):
        return "none"
    os.makedirs(faults, exist_ok=True)
    path = os.path.join(faults, line.decode().replace(" ", "-"))
    with open(path, "wb") as file:
        file.write(text)
    return f"{line.decode()}, its text is {path}"
