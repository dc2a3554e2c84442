"""Random mutations of the fixtures of all languages under a watcher: incremental equals full, no crash, no hang, no growth."""
import os, signal
from ground import Broken, Ground, finish, mutated

MOST_MEMORY = 700 << 20  # the cache of trees holds 256 MB
COMPARISONS = 6


def round(seed, count):
    ground = Ground(seed, files=0)
    random = ground.random
    try:
        paths = []
        for number, (name, text) in enumerate(ground.kinds):
            paths.append(os.path.join(ground.tree, f"{number}-{name}"))
            ground.write(paths[-1], text)
        texts = {path: text for path, (_, text) in zip(paths, ground.kinds)}
        watcher = ground.watch()
        for _ in range(COMPARISONS):
            for _ in range(3):
                for path in random.sample(paths, 30):
                    old = texts[path] if random.randrange(8) == 0 else open(path, "rb").read()
                    ground.write(path, mutated(random, old))
                    count("edits: mutations")
                ground.expect(0, "stats", "--sync", ground.tree)
            watched = ground.expect(0, "dump", "--sync", ground.tree).output
            if watched != ground.full():
                raise Broken("the graph is not that of a full ingest")
            count("edits: comparisons with a full ingest")
            resident = memory(watcher.pid)
            if resident > MOST_MEMORY:
                raise Broken(f"the watcher has grown to {resident >> 20} MB")
        ground.expect(0, "verify", "--deep", ground.tree)
        watcher.send_signal(signal.SIGINT)
        status, _, error = finish(watcher, "watch")
        if status != 0:
            raise Broken(f"watch: {status} {error}")
    finally:
        ground.remove()


def memory(process):
    """Resident bytes outside of files, LMDB's map among them."""
    with open(f"/proc/{process}/status") as file:
        for line in file:
            if line.startswith("RssAnon:"):
                return int(line.split()[1]) << 10
    return 0
