"""kill -9 at random moments in every state."""
import os, shutil, signal, time
from ground import Ground, finish


def round(seed, count):
    ground = Ground(seed)
    try:
        for _ in range(8):
            state = ground.random.choice(STATES)
            had = ground.has_store()
            keeps = state(ground)
            count(f"kill: {state.__name__.replace('_', ' ')}")
            ground.check_reader(had and keeps)
            ground.converge()
    finally:
        ground.remove()


def kill(process):
    process.kill()
    process.communicate()


def first_ingest(ground):
    shutil.rmtree(ground.store, ignore_errors=True)
    process = ground.start(*ground.random.choice([["--full"], ["--json"]]), ground.tree)
    time.sleep(ground.random.random() * 0.15)
    kill(process)
    return False


def full_over_an_old_store(ground):
    for _ in range(ground.random.randrange(6)):
        ground.edit()
    process = ground.start("--full", ground.tree)
    time.sleep(ground.random.random() * 0.15)
    kill(process)
    return True


def start_and_catching_up(ground):
    for _ in range(ground.random.randrange(30)):
        ground.edit()
    process = ground.start("--json", ground.tree)
    time.sleep(ground.random.random() * 0.1)
    kill(process)
    return True


def single_saves(ground):
    watcher = ground.watch()
    for _ in range(ground.random.randrange(1, 12)):
        ground.edit()
        time.sleep(ground.random.random() * 0.02)
    kill(watcher)
    return True


def a_storm(ground):
    watcher = ground.watch()
    for _ in range(ground.random.randrange(20, 120)):
        ground.create() if ground.random.randrange(3) == 0 else ground.edit()
    time.sleep(ground.random.random() * 0.1)
    kill(watcher)
    for path in ground.files()[60:]:
        os.unlink(path)
    return True


def shutdown(ground):
    watcher = ground.watch()
    for _ in range(4):
        ground.edit()
    watcher.send_signal(ground.random.choice([signal.SIGINT, signal.SIGTERM, signal.SIGHUP]))
    time.sleep(ground.random.random() * 0.02)
    kill(watcher)
    return True


def a_syncing_reader(ground):
    ground.converge()
    ground.edit()
    process = ground.start("dump", "--sync", ground.tree)
    time.sleep(ground.random.random() * 0.06)
    kill(process)
    return True


def a_reader_in_its_transaction(ground):
    watcher = ground.watch()
    readers = [ground.start("dump", ground.tree) for _ in range(6)]
    time.sleep(ground.random.random() * 0.03)
    for reader in readers:
        kill(reader)
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


def growth_of_the_map(ground):
    """It begins with 64 MB where no more addresses are to be had."""
    watcher = ground.watch(prefix=["prlimit", f"--as={8 << 30}"])
    end = time.monotonic() + 1 + ground.random.random() * 8
    paths = []
    while time.monotonic() < end and len(paths) < 20:
        paths.append(functions(ground, len(paths)))
        time.sleep(0.2)
    time.sleep(max(0, end - time.monotonic()))
    kill(watcher)
    for path in paths[1:]:
        os.unlink(path)
    return True


def growth_behind_a_reader(ground):
    """A reader that stays in its transaction, until the writer goes on in a copy."""
    path = functions(ground, 0)
    watcher = ground.watch()
    reader = ground.start("dump", ground.tree)
    reader.stdout.read(1)
    end = time.monotonic() + 1 + ground.random.random() * 12
    while time.monotonic() < end:
        functions(ground, 0)
        time.sleep(0.1)
    kill(watcher)
    kill(reader)
    os.unlink(path)
    return True


STATES = [first_ingest, full_over_an_old_store, start_and_catching_up, single_saves, a_storm, shutdown, a_syncing_reader,
          a_reader_in_its_transaction, growth_of_the_map, growth_behind_a_reader]
