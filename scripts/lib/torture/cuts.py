"""The power is cut: what a run wrote is replayed up to a moment, with what was not synced by then there or not, or torn.

The order of the calls is recorded by shim.c. Promised by a disk is what was synced; of the rest, each sector of 512 bytes may have been
written. Changes of a directory are taken to happen in order, as on a file system with a journal, up to some moment after the last sync."""
import os, shutil, signal, struct, time
from errors import shim
from ground import Broken, Ground, finish


def round(seed, count):
    ground = Ground(seed, files=25)
    random = ground.random
    try:
        log = os.path.join(ground.place, "log")
        before = os.path.join(ground.place, "before")
        if random.randrange(2):
            ground.expect(0, "--full", "--quiet", ground.tree)
            shutil.copytree(ground.store, before, symlinks=True)
        record(ground, log)
        calls = read(log)
        for _ in range(24):
            moment = random.randrange(len(calls) + 1)
            shutil.rmtree(ground.store, ignore_errors=True)
            replay(ground, before, calls, moment)
            ground.check_reader(os.path.exists(before))
            count("cuts: a prefix of the writes, consistent")
            if random.randrange(6) == 0:
                ground.converge()
                count("cuts: a prefix of the writes, converged to full")
    finally:
        ground.remove()


def record(ground, log):
    environment = {"LD_PRELOAD": shim(), "TORTURE_LOG": log}
    watcher = ground.watch(environment=environment)
    for _ in range(12):
        ground.edit()
        time.sleep(ground.random.random() * 0.02)
    ground.expect(0, "stats", "--sync", ground.tree)
    watcher.send_signal(signal.SIGINT)
    finish(watcher, "watch")
    status, _, error = finish(ground.start("--full", "--quiet", ground.tree, environment=environment), "full")
    if status != 0:
        raise Broken(f"recording: {error}")


def read(log):
    calls = []
    with open(log, "rb") as file:
        while head := file.read(26):
            kind, durable, offset, size, length = struct.unpack("=cbQQQ", head)
            path = file.read(length).decode(errors="surrogateescape")
            calls.append((kind, durable, offset, path, file.read(size)))
    return calls


def replay(ground, before, calls, moment):
    """Files by number, as the disk has them, since names change."""
    random = ground.random
    if os.path.exists(before):
        shutil.copytree(before, ground.store, symlinks=True)
    else:
        os.mkdir(ground.store, 0o700)
    done = calls[:moment]
    # The last moment from which a file's writes were all synced, by its path when they were.
    synced, all_synced = {}, 0
    for number, (kind, _, _, path, _) in enumerate(done):
        if kind == b"s":
            synced[path] = number
            all_synced = number
    names_until = random.randrange(all_synced, moment + 1) if moment else 0
    for number, (kind, durable, offset, path, data) in enumerate(done):
        if kind in (b"w", b"t"):
            if not os.path.exists(os.path.dirname(path)):
                continue
            sure = durable or number <= synced.get(path, -1)
            if kind == b"t":
                if sure or random.randrange(2):
                    with open(path, "ab") as file:
                        os.ftruncate(file.fileno(), offset)
                continue
            write(path, offset, data, None if sure else random)
        elif number < names_until:
            names(kind, path, data.decode(errors="surrogateescape"))


def write(path, offset, data, random):
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if random is None:
            os.pwrite(descriptor, data, offset)
            return
        whole = random.randrange(3)
        for start in range(0, len(data), 512):
            if whole == 0 or whole == 1 and random.randrange(2):
                os.pwrite(descriptor, data[start:start + 512], offset + start)
    finally:
        os.close(descriptor)


def names(kind, path, other):
    try:
        if kind == b"d":
            os.mkdir(path, 0o700)
        elif kind == b"u":
            os.unlink(path)
        elif kind == b"x":
            os.rmdir(path)
        elif kind == b"l":
            os.symlink(other, path)
        elif kind == b"r":
            os.rename(path, other)
    except OSError:
        pass
