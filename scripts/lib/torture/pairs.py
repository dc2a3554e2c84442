"""Several at once on one store, and a store that is copied or cannot be written to."""
import os, shutil, signal, subprocess, time
from ground import Broken, Ground, PROGRAM, finish
from kills import functions


def round(seed, count):
    for scene in (two_writers, readers_over_switches, a_reader_killed_inside, a_reader_that_stays, a_copy_while_open, read_only, closed_pipe):
        ground = Ground(seed)
        try:
            scene(ground)
            count(f"pairs: {scene.__name__.replace('_', ' ')}")
        finally:
            ground.remove()


def stop(watcher, number=signal.SIGINT):
    watcher.send_signal(number)
    status, _, error = finish(watcher, "watch")
    if status != 0:
        raise Broken(f"watch: status {status}: {error}")


def two_writers(ground):
    """Of several that start at once, one writes; the others name it, or come after it."""
    for _ in range(4):
        shutil.rmtree(ground.store, ignore_errors=True)
        started = [ground.start("--full", "--quiet", ground.tree) for _ in range(5)]
        results = [finish(process, "one of five --full") for process in started]
        if not any(status == 0 for status, _, _ in results):
            raise Broken(f"none of five --full ended well: {results}")
        for status, _, error in results:
            if status == 1 and "is writing this store" not in error or status not in (0, 1):
                raise Broken(f"one of five --full: {status}: {error}")
        ground.compare()
    watcher = ground.watch()
    result = ground.run("--full", ground.tree)
    if result.status != 1 or f"process {watcher.pid}" not in result.error:
        raise Broken(f"--full beside a watcher: {result.status}: {result.error}")
    stop(watcher)


def readers_over_switches(ground):
    ground.expect(0, "--full", "--quiet", ground.tree)
    whole = ground.expect(0, "dump", ground.tree).output
    end = time.monotonic() + 2
    while time.monotonic() < end:
        full = ground.start("--full", "--quiet", ground.tree)
        readers = [ground.start("dump", ground.tree) for _ in range(4)]
        for reader in readers:
            status, output, error = finish(reader, "dump over a switch")
            if status != 0 or output != whole:
                raise Broken(f"dump over a switch: {status}: {error}")
        if finish(full, "full")[0] != 0:
            raise Broken("--full with readers failed")


def a_reader_killed_inside(ground):
    """Its slot is taken back, and its snapshot does not keep pages for ever."""
    for number in range(400):
        ground.create()
    watcher = ground.watch()
    readers = []
    for _ in range(8):
        # It cannot write on, and so stays inside its transaction.
        readers.append(subprocess.Popen([PROGRAM, "dump", ground.tree], env=ground.environment, stdout=subprocess.PIPE,
                                        stderr=subprocess.DEVNULL))
        readers[-1].stdout.read(1)
    for reader in readers:
        reader.kill()
        reader.communicate()
    size = os.path.getsize(ground.data_file())
    for _ in range(60):
        ground.edit()
        ground.expect(0, "stats", "--sync", ground.tree)
    grown = os.path.getsize(ground.data_file()) - size
    if grown > 4 << 20:
        raise Broken(f"the store has grown by {grown >> 20} MB behind readers that are dead")
    stop(watcher)
    ground.compare()


def a_reader_that_stays(ground):
    """It reads its own graph to the end, and what it keeps from being used again has a bound."""
    functions(ground, 0)
    ground.expect(0, "--full", "--quiet", ground.tree)
    whole = ground.expect(0, "dump", ground.tree).output
    held = os.path.getsize(ground.data_file())
    watcher = ground.watch()
    reader = ground.start("dump", ground.tree)
    begun = os.read(reader.stdout.fileno(), 1)
    first, most = ground.data_file(), 0
    for _ in range(24):
        functions(ground, 0)
        ground.expect(0, "stats", "--sync", ground.tree)
        most = max(most, os.path.getsize(ground.data_file()))
    # Twice what it holds and 64 MB, and a batch; what it holds is less in a store that was made anew.
    if most > 4 * held + (96 << 20):
        raise Broken(f"a store of {held >> 20} MB has grown to {most >> 20} MB behind a reader")
    if ground.data_file() == first or os.path.exists(os.path.dirname(first)):
        raise Broken(f"{most >> 20} MB, and the environment that the reader keeps is still there")
    output, error = reader.communicate(timeout=120)
    if reader.returncode != 0 or begun + output != whole:
        raise Broken(f"the reader that stayed: {reader.returncode}: {error}")
    stop(watcher)
    ground.compare()


def a_copy_while_open(ground):
    """A plain copy may be torn: it is sound or refused, not wrong."""
    watcher = ground.watch()
    for number in range(12):
        copy = os.path.join(ground.place, f"copy{number}")
        for _ in range(8):
            ground.edit()
        shutil.copytree(ground.store, copy, symlinks=True, ignore_dangling_symlinks=True)
        result = ground.run("verify", "--db", copy, ground.tree)
        if result.status == 0:
            ground.expect(0, "dump", "--db", copy, ground.tree)
        else:
            ground.one_line(result, "verify of a copy")
    stop(watcher)
    copy = os.path.join(ground.place, "whole")
    shutil.copytree(ground.store, copy, symlinks=True)
    ground.expect(0, "verify", "--db", copy, ground.tree)
    if ground.expect(0, "dump", "--db", copy, ground.tree).output != ground.expect(0, "dump", ground.tree).output:
        raise Broken("a copy of a closed store says something else")


def read_only(ground):
    """Reading works where nothing can be written, and writing says so."""
    ground.expect(0, "--full", "--quiet", ground.tree)
    whole = ground.expect(0, "dump", ground.tree).output
    prefix = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c",
              f'mount --bind {ground.tree} {ground.tree} && mount -o remount,ro,bind {ground.tree} && exec "$0" "$@"']
    result = ground.run("dump", ground.tree, prefix=prefix)
    if result.status != 0 or result.output != whole:
        raise Broken(f"dump on a read-only file system: {result.status}: {result.error}")
    for question in (["find", "a"], ["stats"], ["verify"]):
        result = ground.run(*question, ground.tree, prefix=prefix)
        if result.status != 0:
            raise Broken(f"{question} on a read-only file system: {result.status}: {result.error}")
    for writer in (["--full"], [], ["stats", "--sync"]):
        result = ground.run(*writer, ground.tree, prefix=prefix)
        if result.status != 1:
            raise Broken(f"{writer} on a read-only file system: {result.status}: {result.error}")
        ground.one_line(result, f"{writer} on a read-only file system")


def closed_pipe(ground):
    """Nobody reads any more: the batch in hand is in the store, the end is an ordinary one."""
    watcher = ground.watch()
    watcher.stdout.close()
    deadline = time.monotonic() + 60
    while watcher.poll() is None and time.monotonic() < deadline:
        ground.edit()
        time.sleep(0.01)
    if watcher.poll() != 0:
        raise Broken(f"with a closed pipe: {watcher.poll()}: {watcher.stderr.read()}")
    ground.check_reader(True)
    full = subprocess.Popen([PROGRAM, "--full", ground.tree], env=ground.environment, stdout=subprocess.PIPE,
                            stderr=subprocess.PIPE)
    full.stdout.close()
    status = full.wait(timeout=60)
    if status not in (0, 1):
        raise Broken(f"--full with a closed pipe: {status}")
    ground.converge()
