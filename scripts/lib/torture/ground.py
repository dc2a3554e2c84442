"""A tree with a store, and what is asked of ptwatch there."""
import os, random, re, shutil, signal, subprocess, tempfile, threading, time

PROGRAM = os.environ["PTWATCH_PROGRAM"]
LANGUAGES = os.environ["PTWATCH_LANGUAGES"]
PATIENCE = 120  # seconds, for what takes less than one


class Broken(Exception):
    """ptwatch did what it must not."""


class Result:
    def __init__(self, status, output, error, seconds, memory):
        self.status, self.output, self.error = status, output, error
        self.seconds, self.memory = seconds, memory  # bytes, the most that was resident


def finish(process, what):
    """Waits for a program; its end by a signal that was not sent is a fault."""
    try:
        output, error = process.communicate(timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        raise Broken(f"{what}: still running after {PATIENCE} s")
    if process.returncode < 0:
        raise Broken(f"{what}: ended by {signal.Signals(-process.returncode).name}: {error.decode(errors='replace')[-400:]}")
    return process.returncode, output, error.decode(errors="replace")


def sources():
    """Files of all languages, small ones: (name, bytes)."""
    found = []
    for language in sorted(os.listdir(LANGUAGES)):
        folder = os.path.join(LANGUAGES, language, "fixtures")
        for name in sorted(os.listdir(folder)):
            path = os.path.join(folder, name)
            if os.path.isfile(path):
                found.append((f"{language}-{name}" if "." in name else name, open(path, "rb").read()))
    return found


class Ground:
    def __init__(self, seed, files=40):
        self.random = random.Random(seed)
        self.seed = seed
        self.place = tempfile.mkdtemp(prefix="ptwatch-torture-")
        self.tree = os.path.join(self.place, "tree")
        self.other = os.path.join(self.place, "other")
        self.store = os.path.join(self.tree, ".ptwatch")
        os.mkdir(self.tree)
        self.kinds = sources()
        self.environment = dict(os.environ, XDG_CONFIG_HOME="/nonexistent", NO_COLOR="1")
        self.pace = 0.1  # seconds that a full ingest took last
        for _ in range(files):
            self.create()

    def remove(self):
        shutil.rmtree(self.place, ignore_errors=True)

    def kept(self):
        """Tree and store as they are, to be looked at later."""
        faults = os.path.join(os.environ.get("TMPDIR", "/tmp"), "ptwatch-torture-faults")
        os.makedirs(faults, exist_ok=True)
        copy = tempfile.mkdtemp(prefix=f"{self.seed}-", dir=faults)
        subprocess.run(["cp", "-a", self.place, copy], check=False)
        return f"kept in {copy}"

    # What people do to a tree

    def create(self):
        name, text = self.random.choice(self.kinds)
        folder = os.path.join(self.tree, self.random.choice(["", "one", "one/two", "three"]))
        os.makedirs(folder, exist_ok=True)
        self.write(os.path.join(folder, f"{self.random.randrange(10**6)}-{name}"), text)

    def write(self, path, data):
        with open(path, "wb") as file:
            file.write(data)

    def files(self):
        found = []
        for folder, folders, names in os.walk(self.tree):
            folders[:] = sorted(f for f in folders if f != ".ptwatch")
            found += [os.path.join(folder, name) for name in sorted(names)]
        return found

    def edit(self):
        files = self.files()
        path = self.random.choice(files)
        what = self.random.randrange(8)
        if what == 0 and len(files) > 12:
            os.unlink(path)
        elif what == 1:
            os.rename(path, os.path.join(self.tree, f"{self.random.randrange(10**6)}-" + os.path.basename(path)[-60:]))
        elif what == 2:
            self.create()
        else:
            self.write(path, mutated(self.random, open(path, "rb").read()))

    # What is asked of ptwatch

    def start(self, *arguments, environment=None, prefix=(), stdin=subprocess.DEVNULL):
        return subprocess.Popen(
            [*prefix, PROGRAM, *arguments], env=dict(self.environment, **(environment or {})),
            stdin=stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def run(self, *arguments, **more):
        begun = time.monotonic()
        process = self.start(*arguments, **more)
        status, output, error = finish(process, " ".join(arguments))
        return Result(status, output, error, time.monotonic() - begun, 0)

    def expect(self, status, *arguments):
        result = self.run(*arguments)
        if result.status != status:
            said = result.output[-2000:].decode(errors="replace") + result.error
            raise Broken(f"{' '.join(arguments)}: status {result.status}, not {status}: {said}; {self.kept()}")
        return result

    def one_line(self, result, what):
        lines = result.error.splitlines()
        if len(lines) != 1 or not lines[0].startswith("ptwatch: "):
            raise Broken(f"{what}: not one line: {result.error!r}")

    def has_store(self):
        return os.path.lexists(os.path.join(self.store, "current"))

    def data_file(self):
        return os.path.join(self.store, os.readlink(os.path.join(self.store, "current")), "data.mdb")

    def check_reader(self, must_be_there):
        """A reader, and the check of all tables, whatever has happened."""
        result = self.run("dump", "--facts", self.tree)
        if result.status != 0:
            self.one_line(result, "dump")
            if must_be_there:
                raise Broken(f"dump: {result.error}")
            return
        self.expect(0, "verify", self.tree)

    def full(self):
        self.pace = self.expect(0, "--full", "--quiet", "--db", self.other, self.tree).seconds
        return self.expect(0, "dump", "--db", self.other, self.tree).output

    def converge(self, by_watcher=False):
        """The next run makes the graph that a fresh full ingest makes."""
        if not by_watcher and self.has_store() and self.random.randrange(2):
            self.expect(0, "stats", "--sync", self.tree)
        else:
            watcher = self.watch()
            self.expect(0, "stats", "--sync", self.tree)
            watcher.send_signal(signal.SIGINT)
            status, _, error = finish(watcher, "watch")
            if status != 0:
                raise Broken(f"watch: status {status}: {error}")
        self.compare()
        left = [name for name in os.listdir(self.store) if name.startswith("env-")]
        if len(left) != 1:
            raise Broken(f"environments left over: {left}")

    def compare(self):
        watched = self.expect(0, "dump", self.tree).output
        if watched != self.full():
            raise Broken("the graph is not that of a full ingest")
        self.expect(0, "verify", self.tree)

    def watch(self, **more):
        """A watcher that is ready."""
        watcher = self.start("--json", self.tree, **more)
        if b'"ready"' not in self.first_line(watcher):
            status, _, error = finish(watcher, "watch")
            raise Broken(f"watch: not ready: {status} {error}")
        return watcher

    def first_line(self, process):
        """Of one that says something, or is taken for one that hangs, and killed."""
        timer = threading.Timer(PATIENCE, process.kill)
        timer.start()
        try:
            return process.stdout.readline()
        finally:
            timer.cancel()


TOKENS = [b"{", b"}", b"(", b")", b"[", b"]", b";", b"\n", b'"', b"'", b"/*", b"*/", b"#", b"\\", b"\0", b"\xff", b"\xc3",
          b"\xef\xbb\xbf", b"\r\n", b"\r", b" ", b"\t", b"def f():\n", b"int x;\n", b"class A {", b"fn f() {", b"`", b"<<EOF\n",
          b"=begin\n", b'"""', b"#if 0\n", b"#endif\n", b"<", b">", b"::", b"->", b"=>", b"@", b"$", b"${", b"\xe2\x80\xae"]


def mutated(random, text):
    text = bytearray(text[:1 << 16])
    for _ in range(random.choice([1, 1, 1, 2, 3, 8])):
        place = random.randint(0, len(text))
        end = min(len(text), place + random.choice([1, 2, 4, 16, 80, 400]))
        what = random.randrange(7)
        if what == 0:
            del text[place:end]
        elif what == 1:
            text[place:place] = random.choice(TOKENS)
        elif what == 2:
            other = random.randint(0, len(text))
            text[other:other] = text[place:end]
        elif what == 3 and text:
            text[random.randrange(len(text))] = random.randrange(256)
        elif what == 4:
            lines = bytes(text).split(b"\n")
            first, second = random.randrange(len(lines)), random.randrange(len(lines))
            lines[first], lines[second] = lines[second], lines[first]
            text = bytearray(b"\n".join(lines))
        elif what == 5:
            words = list(re.finditer(rb"\w+", bytes(text)))
            if words:
                word = random.choice(words)
                text[word.start():word.end()] = random.choice(words).group()
        else:
            text[place:place] = random.choice(TOKENS) * random.choice([2, 10, 100])
    return bytes(text)
