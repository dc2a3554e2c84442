"""kill -9 in every state, by the clock and at calls that change the store."""
import os, shutil, signal, subprocess, time
from errors import shim
from ground import Broken, Ground, finish

KILLS = 12  # a round


def round(seed, count):
    ground = Ground(seed)
    try:
        ground.full()
        for number in range(KILLS):
            state = ground.random.choice(STATES)
            had = ground.has_store()
            death = Death(ground)
            keeps = state(ground, death)
            count(f"kill: {state.__name__.replace('_', ' ')}")
            count(f"kill: {death.came}")
            ground.check_reader(had and keeps)
            # Else the next one comes upon what this one left.
            if ground.random.randrange(3) == 0 or number == KILLS - 1:
                ground.converge()
    finally:
        ground.remove()


class Death:
    """How a process is to end: at a moment, or before one of its calls that change what lies in the store."""

    def __init__(self, ground):
        self.ground = ground
        self.environment = {}
        self.came = "by the clock"
        if ground.random.randrange(2):
            # A single save takes some ten calls, a first ingest a hundred; each size is as likely as the next.
            nth = int(2 ** (7 * ground.random.random())) - 1
            self.environment = {"LD_PRELOAD": shim(), "TORTURE_FAIL": f"change:0:{nth}:1:.ptwatch"}

    def strike(self, process, share=1.0):
        """Kills it within about that share of the time that a full ingest takes here now, unless its call comes first."""
        if self.environment:
            try:
                process.wait(2 * share * self.ground.pace)
                self.came = "at a call" if process.returncode == -signal.SIGKILL else "too late, it had ended"
            except subprocess.TimeoutExpired:
                pass
        else:
            time.sleep(self.ground.random.random() * 1.2 * share * self.ground.pace)
        process.kill()
        process.communicate()

    def watcher(self):
        """One that is ready, or dead by then."""
        if not self.environment:
            return self.ground.watch()
        watcher = self.ground.start("--json", self.ground.tree, environment=self.environment)
        if b'"ready"' not in self.ground.first_line(watcher) and watcher.wait(60) != -signal.SIGKILL:
            raise Broken(f"watch: not ready: {finish(watcher, 'watch')}")
        return watcher


def first_ingest(ground, death):
    shutil.rmtree(ground.store, ignore_errors=True)
    arguments = ground.random.choice([["--full"], ["--json"]])
    death.strike(ground.start(*arguments, ground.tree, environment=death.environment))
    return False


def full_over_an_old_store(ground, death):
    for _ in range(ground.random.randrange(6)):
        ground.edit()
    death.strike(ground.start("--full", ground.tree, environment=death.environment))
    return True


def start_and_catching_up(ground, death):
    for _ in range(ground.random.randrange(30)):
        ground.edit()
    death.strike(ground.start("--json", ground.tree, environment=death.environment))
    return True


def single_saves(ground, death):
    watcher = death.watcher()
    for _ in range(ground.random.randrange(1, 12)):
        ground.edit()
        time.sleep(ground.random.random() * 0.02)
    death.strike(watcher, 0.3)
    return True


def a_storm(ground, death):
    watcher = death.watcher()
    for _ in range(ground.random.randrange(20, 120)):
        ground.create() if ground.random.randrange(3) == 0 else ground.edit()
    death.strike(watcher)
    for path in ground.files()[60:]:
        os.unlink(path)
    return True


def shutdown(ground, death):
    watcher = death.watcher()
    for _ in range(4):
        ground.edit()
    watcher.send_signal(ground.random.choice([signal.SIGINT, signal.SIGTERM, signal.SIGHUP]))
    death.strike(watcher, 0.3)
    return True


def a_syncing_reader(ground, death):
    """Which catches up by itself, as a writer."""
    for _ in range(ground.random.randrange(1, 6)):
        ground.edit()
    death.strike(ground.start("dump", "--sync", ground.tree, environment=death.environment))
    return True


def a_reader_in_its_transaction(ground, death):
    watcher = ground.watch()
    readers = [ground.start("dump", ground.tree, environment=death.environment) for _ in range(6)]
    for reader in readers:
        death.strike(reader, 0.1)
    for _ in range(3):
        ground.edit()
    ground.expect(0, "stats", "--sync", ground.tree)
    watcher.send_signal(signal.SIGINT)
    finish(watcher, "watch")
    return True


def functions(ground, number, count=50_000):
    """A file that takes 10 MB in the store, about."""
    path = os.path.join(ground.tree, f"large{number}.c")
    salt = ground.random.randrange(10**6)
    ground.write(path, b"".join(b"int f%d_%d(){g%d_%d();}\n" % (salt, n, salt, n) for n in range(count)))
    return path


def growth_of_the_map(ground, _death):
    """It begins with 64 MB where no more addresses are to be had."""
    watcher = ground.watch(prefix=["prlimit", f"--as={8 << 30}"])
    end = time.monotonic() + 1 + ground.random.random() * 8
    paths = []
    while time.monotonic() < end and len(paths) < 20:
        paths.append(functions(ground, len(paths)))
        time.sleep(0.2)
    time.sleep(max(0, end - time.monotonic()))
    watcher.kill()
    watcher.communicate()
    for path in paths[1:]:
        os.unlink(path)
    return True


def growth_behind_a_reader(ground, _death):
    """A reader that stays in its transaction, until the writer goes on in a copy."""
    path = functions(ground, 0)
    watcher = ground.watch()
    reader = ground.start("dump", ground.tree)
    reader.stdout.read(1)
    end = time.monotonic() + 1 + ground.random.random() * 12
    while time.monotonic() < end:
        functions(ground, 0)
        time.sleep(0.1)
    for process in watcher, reader:
        process.kill()
        process.communicate()
    os.unlink(path)
    return True


STATES = [first_ingest, full_over_an_old_store, start_and_catching_up, single_saves, a_storm, shutdown, a_syncing_reader,
          a_reader_in_its_transaction, growth_of_the_map, growth_behind_a_reader]
