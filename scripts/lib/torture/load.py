"""Saves at a steady rate while 16 readers ask without pause: each answer holds what was saved before it was asked for, and neither
the watcher's memory nor the store grows on.

Half of the readers are commands with --sync, half are clients of MCP servers. Each saved text defines two functions, at its
beginning and at its end, that are named by the number of the save; so an answer shows how old it is, and whether it is of one text."""
import array, json, multiprocessing, os, random, re, shutil, signal, subprocess, threading, time, traceback
from edits import MOST_MEMORY, memory
from ground import PATIENCE, Broken, Ground, finish

READERS = 16
SAVED_FILES = 96
OTHER_FILES = 400
# What a store may grow by while it is saved to: the history is kept within 16 MB, and pages that readers held are free again later.
MOST_GROWTH = 96 << 20
# From when on a run tells whether something grows on: the history is then full.
LONG = 600
FUNCTION = {".c": "int %s(void) { return %s(); }\n", ".py": "def %s(): return %s()\n", ".js": "function %s() { return %s(); }\n",
            ".go": "func %s() int { return %s() }\n", ".rs": "fn %s() -> i32 { %s() }\n", ".ts": "function %s(): number { return %s(); }\n"}
rate, seconds = 10_000, 60
fork = multiprocessing.get_context("fork")


def configure(options):
    global rate, seconds
    rate = options.rate
    seconds = 60 * options.minutes if options.campaigns == ["load"] else 60
    if options.minutes == 0:
        seconds = 6


def round(seed, count):
    ground = Ground(seed, files=OTHER_FILES)
    try:
        Load(ground).run(count)
    finally:
        ground.remove()


class Load:
    def __init__(self, ground):
        self.ground = ground
        self.begun = fork.RawArray("q", SAVED_FILES)  # the number of the last save, when it began
        self.done = fork.RawArray("q", SAVED_FILES)  # and when it was over
        self.latest = fork.RawValue("q", -1)  # the file that was saved last
        self.stop = fork.RawValue("b", 0)
        self.files = []
        bodies = [(os.path.splitext(name)[1], text) for name, text in ground.kinds if len(text) < 12_000]
        bodies = [body for body in bodies if body[0] in FUNCTION]
        for number in range(SAVED_FILES):
            suffix, body = bodies[number % len(bodies)]
            self.files.append((os.path.join(ground.tree, f"saved-{number}{suffix}"), suffix, body))
            self.save(number, 0)
        # Some fixtures end within what swallows a function behind them.
        ground.expect(0, "--full", "--quiet", ground.tree)
        found = ground.expect(0, "find", "--json", "--limit", "0", "--prefix", "mark_", ground.tree).output
        self.numbers = [number for number in range(SAVED_FILES) if b'"mark_%d_0_b"' % number in found]

    def run(self, count):
        watcher = self.ground.watch()
        lines = Lines(watcher)
        disk = Disk(self.ground.place, self.stop)
        workers = [Worker(self, self.saves, -1)]
        workers += [Worker(self, self.asks_commands if number % 2 else self.asks_mcp, number) for number in range(READERS)]
        begun = time.monotonic()
        try:
            samples, probes = self.observe(watcher, lines, workers, begun)
        finally:
            self.stop.value = 1
            results = [worker.end() for worker in workers]
        elapsed = time.monotonic() - begun
        faults = [f"{worker.what}: {result['fault']}" for worker, result in zip(workers, results) if result.get("fault")]
        if faults:
            self.tell(results, samples, probes, disk, elapsed, count)
            raise Broken("; ".join(faults))
        self.ground.expect(0, "stats", "--sync", self.ground.tree)
        self.ground.compare()
        self.ground.expect(0, "verify", "--deep", self.ground.tree)
        watcher.send_signal(signal.SIGINT)
        lines.join()
        status, _, error = finish(watcher, "watch")
        if status != 0:
            raise Broken(f"watch: {status} {error}")
        self.tell(results, samples, probes, disk, elapsed, count)

    # What the workers do

    def save(self, number, version, in_place=False):
        path, suffix, body = self.files[number]
        name = f"mark_{number}_{version}"
        first = FUNCTION[suffix] % (name + "_a", f"callee_{version % 7}")
        last = FUNCTION[suffix] % (name + "_b", name + "_a")
        target = path if in_place else path + "~"
        file = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
        os.write(file, first.encode() + body + b"\n" + last.encode())
        os.close(file)
        if not in_place:
            os.rename(target, path)

    def saves(self, chance, result, _):
        saved, begun = 0, time.monotonic()
        while not self.stop.value:
            time.sleep(max(0, begun + saved * 60 / rate - time.monotonic()))
            number = chance.choice(self.numbers)
            self.begun[number] += 1
            self.save(number, self.begun[number], in_place=chance.randrange(3) == 0)
            self.done[number] = self.begun[number]
            self.latest.value = number
            saved += 1
        result["saves"] = saved

    def asks_commands(self, chance, result, latencies):
        tree = self.ground.tree
        while not self.stop.value:
            number, before = self.question(chance)
            path = os.path.basename(self.files[number][0])
            command = chance.choice([["find", "--prefix", f"mark_{number}_"], ["find", "--prefix", f"mark_{number}_"],
                                     ["outline", path]])
            begun = time.monotonic()
            answer = self.ground.run(*command, "--json", "--sync", tree)
            latencies.append(time.monotonic() - begun)
            if answer.status != 0 and "nothing is named" not in answer.error:
                raise Broken(f"{' '.join(command)}: status {answer.status}: {answer.error}")
            self.check(number, before, answer.output)

    def asks_mcp(self, chance, result, latencies):
        server = Server(self.ground)
        try:
            while not self.stop.value:
                number, before = self.question(chance)
                begun = time.monotonic()
                answer = server.find(f"mark_{number}_")
                latencies.append(time.monotonic() - begun)
                if json.loads(answer)["result"].get("isError") and b"nothing is named" not in answer:
                    raise Broken(f"mcp: {answer[:400]}")
                self.check(number, before, answer)
        finally:
            server.end()

    def question(self, chance):
        # What was saved this moment is what an answer is most likely to lack.
        number = self.latest.value if chance.randrange(4) else chance.choice(self.numbers)
        number = number if number >= 0 else self.numbers[0]
        return number, self.done[number]

    def check(self, number, before, answer):
        """The answer has both functions of one save, which was not begun later and is not older than the last that was over."""
        found = set(re.findall(rb"\bmark_%d_(\d+)_([ab])\b" % number, answer))
        versions = {int(version) for version, _ in found}
        after = self.begun[number]
        if not found and after > before:
            return  # one that is written in place is empty for a moment
        if len(versions) != 1 or len(found) != 2:
            raise Broken(f"not one text of file {number}, saves {before} to {after}: {sorted(found)} in {answer[:400]}")
        if not before <= min(versions) <= after:
            raise Broken(f"stale: file {number}, save {before} was over, {min(versions)} in the answer")

    # What is seen from outside

    def observe(self, watcher, lines, workers, begun):
        """Memory, store and free pages now and then; in between a save of a file of its own until the watcher tells of its batch."""
        samples, probes = [], []
        probe = os.path.join(self.ground.tree, "probe.py")
        next_sample = begun
        while (now := time.monotonic()) - begun < seconds:
            if now >= next_sample:
                next_sample = now + max(0.5, seconds / 1000)
                size = os.path.getsize(self.ground.data_file())
                samples.append((now - begun, memory(watcher.pid), size, free_pages(os.path.dirname(self.ground.data_file()))))
                if samples[-1][1] > MOST_MEMORY:
                    raise Broken(f"the watcher has grown to {samples[-1][1] >> 20} MB")
                if size > samples[0][2] + MOST_GROWTH:
                    raise Broken(f"the store has grown from {samples[0][2] >> 20} to {size >> 20} MB")
            if any(not worker.process.is_alive() for worker in workers):
                break
            self.ground.write(probe + "~", f"def probe_{len(probes)}(): pass\n".encode())
            saved = time.monotonic()
            os.rename(probe + "~", probe)
            probes.append(lines.wait(saved) - saved)
            time.sleep(0.05)
        return samples, probes

    def tell(self, results, samples, probes, disk, elapsed, count):
        saves = results[0].get("saves", 0)
        count("load: saves", saves)
        print(f"load: {elapsed:.0f} s, {60 * saves / elapsed:.0f} saves a minute of {rate} asked for")
        print(percentiles("from a save to its commit, as the watcher tells", probes))
        print(percentiles("a sync of a few bytes, without ptwatch", disk.latencies))
        for what, kind in (("synced answer to a command, whole process", 1), ("synced answer by MCP", 0)):
            latencies = [one for number, result in enumerate(results[1:]) if number % 2 == kind for one in result["latencies"]]
            count(f"load: {what}, checked", len(latencies))
            print(percentiles(what, latencies))
        for what, place, unit in (("memory of the watcher, MB", 1, 1 << 20), ("store's file, MB", 2, 1 << 20), ("free pages", 3, 1)):
            values = [sample[place] / unit for sample in samples if sample[place] is not None]
            if not values:
                continue
            quarter = max(1, len(values) // 4)
            early, late = max(values[quarter:2 * quarter] or values), max(values[-quarter:])
            print(f"  {what}: {values[0]:.0f} at first, {max(values):.0f} at most, {late:.0f} in the last quarter, "
                  f"{early:.0f} in the second")
            if elapsed >= LONG and unit > 1 and late > 1.2 * early + 16:
                raise Broken(f"{what}: grows on, from {early:.0f} in the second quarter to {late:.0f} in the last")


class Worker:
    """A process of its own, so that none waits for another's interpreter."""

    def __init__(self, load, body, number):
        self.what = body.__name__.replace("_", " ")
        self.ours, theirs = fork.Pipe(duplex=False)
        self.process = fork.Process(target=self.run, args=(load, body, number, theirs), daemon=True)
        self.process.start()
        theirs.close()

    def run(self, load, body, number, pipe):
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        result, latencies = {}, array.array("d")
        try:
            body(random.Random(load.ground.seed * 100 + number), result, latencies)
        except Broken as fault:
            result["fault"] = str(fault)
        except Exception:
            result["fault"] = traceback.format_exc()
        result["latencies"] = latencies
        pipe.send(result)

    def end(self):
        result = self.ours.recv() if self.ours.poll(PATIENCE) else {"fault": "does not end"}
        self.process.join(5)
        if self.process.is_alive():
            self.process.kill()
        return result


class Lines:
    """Reads what the watcher says, so that it never waits for that; keeps when it last told of the probe."""

    def __init__(self, watcher):
        self.condition = threading.Condition()
        self.seen = 0.0
        self.thread = threading.Thread(target=self.read, args=(watcher.stdout,), daemon=True)
        self.thread.start()

    def read(self, output):
        for line in output:
            if b'"probe.py"' in line:
                with self.condition:
                    self.seen = time.monotonic()
                    self.condition.notify()

    def wait(self, since):
        with self.condition:
            if not self.condition.wait_for(lambda: self.seen > since, PATIENCE):
                raise Broken(f"a save is in no batch after {PATIENCE} s")
            return self.seen

    def join(self):
        self.thread.join(PATIENCE)


class Disk:
    """How long the file system takes for a sync by itself, once a second: no commit is quicker, and some disks stand still for a minute."""

    def __init__(self, place, stop):
        self.latencies = []
        threading.Thread(target=self.measure, args=(os.path.join(place, "synced"), stop), daemon=True).start()

    def measure(self, path, stop):
        file = os.open(path, os.O_WRONLY | os.O_CREAT, 0o644)
        while not stop.value:
            os.pwrite(file, b"%016d" % len(self.latencies), 0)
            begun = time.monotonic()
            os.fdatasync(file)
            self.latencies.append(time.monotonic() - begun)
            time.sleep(1)
        os.close(file)


class Server:
    """A client of `ptwatch mcp`, one question at a time."""

    def __init__(self, ground):
        self.process = subprocess.Popen([os.environ["PTWATCH_PROGRAM"], "mcp", ground.tree], env=ground.environment,
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self.number = 0
        self.ask("initialize", {"protocolVersion": "2025-06-18", "capabilities": {},
                                "clientInfo": {"name": "torture", "version": "1"}})
        self.send({"jsonrpc": "2.0", "method": "notifications/initialized"})

    def send(self, message):
        self.process.stdin.write(json.dumps(message).encode() + b"\n")
        self.process.stdin.flush()

    def ask(self, method, parameters):
        self.number += 1
        self.send({"jsonrpc": "2.0", "id": self.number, "method": method, "params": parameters})
        line = self.process.stdout.readline()
        answer = json.loads(line) if line else {}
        if answer.get("id") != self.number or "result" not in answer:
            raise Broken(f"mcp: {method}: {line!r}")
        return line

    def find(self, prefix):
        return self.ask("tools/call", {"name": "find", "arguments": {"pattern": prefix, "manner": "prefix"}})

    def end(self):
        self.process.stdin.close()
        if self.process.wait(PATIENCE) != 0:
            raise Broken(f"mcp: status {self.process.returncode}")


def percentiles(what, seconds_taken):
    """In ms."""
    if not seconds_taken:
        return f"  {what}: none"
    taken = sorted(1000 * one for one in seconds_taken)
    named = ", ".join(f"p{part:g} {taken[min(len(taken) - 1, int(len(taken) * part / 100))]:.1f}" for part in (50, 90, 99, 99.9))
    return f"  {what}, ms: {len(taken)} times, {named}, most {taken[-1]:.1f}"


def free_pages(environment):
    """As LMDB's own tool tells, where that is installed."""
    if not shutil.which("mdb_stat"):
        return None
    told = subprocess.run(["mdb_stat", "-f", environment], capture_output=True, text=True, check=False).stdout
    found = re.search(r"Free pages: (\d+)", told)
    return int(found.group(1)) if found else None
