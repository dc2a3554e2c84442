"""System calls that fail, full disks, limits: a line and status 1, or carrying on; afterwards equality."""
import errno, json, os, shutil, signal, subprocess, tempfile, time
from ground import Broken, Ground, PROGRAM, finish

CALLS = ["open", "read", "write", "sync", "rename", "link", "mkdir", "unlink", "map", "stat", "watch", "thread"]
CODES = {"ENOSPC": errno.ENOSPC, "EIO": errno.EIO, "EMFILE": errno.EMFILE, "EACCES": errno.EACCES, "ENOMEM": errno.ENOMEM}
_shim = None


def shim():
    global _shim
    if _shim is None:
        _shim = os.path.join(tempfile.mkdtemp(prefix="ptwatch-shim-"), "shim.so")
        source = os.path.join(os.path.dirname(__file__), "shim.c")
        subprocess.run(["cc", "-O1", "-shared", "-fPIC", "-w", "-o", _shim, source, "-ldl", "-lpthread"], check=True)
    return _shim


def round(seed, count):
    ground = Ground(seed)
    try:
        ground.converge()
        for case in KNOWN + [drawn(ground.random) for _ in range(10)]:
            injected(ground, count, case)
        limited(ground, count)
        full_disk(seed, count)
    finally:
        ground.remove()


# What was found once: state, call, error, how many calls before, how often, where.
KNOWN = [
    ("full", "sync", "EMFILE", 2, 1, ".ptwatch"),  # the directory's, behind the switch: the new store was removed
]


def drawn(random):
    call, name = random.choice(CALLS), random.choice(list(CODES))
    where = random.choice([".ptwatch", "data.mdb", ".ptwatch", "tree", ""])
    nth, times = random.choice([0, 1, 2, 3, random.randrange(60), random.randrange(400)]), random.choice([1, 1, 3, 10**9])
    return random.choice(["full", "watch", "sync", "read", "mcp"]), call, name, nth, times, where


def injected(ground, count, case):
    random = ground.random
    state, call, name, nth, times, where = case
    environment = {"LD_PRELOAD": shim(), "TORTURE_FAIL": f"{call}:{CODES[name]}:{nth}:{times}" + (f":{where}" if where else "")}
    what = f"{call} fails with {name} ({nth}, {times}, {where or 'anywhere'})"
    had = ground.has_store()
    wanted = None
    if state == "read" and had:
        wanted = ground.expect(0, "dump", ground.tree).output
    for _ in range(random.randrange(5)):
        ground.edit()
    if state == "mcp":
        status, error = asked(ground, environment, what)
    elif state == "read":
        status, output, error = finish(ground.start("dump", ground.tree, environment=environment), what)
        if status == 0 and output != wanted:
            raise Broken(f"{state}, {what}: a wrong answer")
    elif state == "watch":
        process = ground.start("--json", ground.tree, environment=environment)
        for _ in range(6):
            time.sleep(random.random() * 0.04)
            ground.edit()
        time.sleep(0.2)
        process.send_signal(signal.SIGINT)
        status, _, error = finish(process, what)
    else:
        arguments = ["--full", "--quiet"] if state == "full" else ["stats", "--sync"]
        process = ground.start(*arguments, ground.tree, environment=environment)
        status, _, error = finish(process, what)
    lines = error.splitlines()
    # The line is written by the same call.
    is_mute = call == "write" and not where
    if status not in (0, 1, 130) or status == 1 and not lines and not is_mute:
        raise Broken(f"{state}, {what}: status {status}: {error}")
    strange = [line for line in lines if not line.startswith(("ptwatch: ", "  ", "ingested", "\r"))]
    if strange:
        raise Broken(f"{state}, {what}: {error}")
    count(f"errors: {name}: " + {0: "carried on", 1: "said in a line", 130: "interrupted"}[status])
    ground.check_reader(False)
    if had and not ground.has_store():
        raise Broken(f"{state}, {what}: the store is gone")
    ground.converge()


def asked(ground, environment, what):
    """A question by MCP. The server may have to say no, or to end; it must do so in words."""
    process = ground.start("mcp", ground.tree, environment=environment, stdin=subprocess.PIPE)
    hello = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "torture", "version": "1"}}
    error = ""
    try:
        for number, (method, parameters) in enumerate([("initialize", hello), ("tools/call", {"name": "stats", "arguments": {}})]):
            request = {"jsonrpc": "2.0", "id": number, "method": method, "params": parameters}
            process.stdin.write(json.dumps(request).encode() + b"\n")
            process.stdin.flush()
            line = process.stdout.readline()
            if not line:
                break
            if json.loads(line).get("id") != number:
                raise Broken(f"mcp, {what}: {line!r}")
    except BrokenPipeError:
        pass
    status, _, error = finish(process, what)
    return status, error


def limited(ground, count):
    """Few descriptors, little memory, small files."""
    random = ground.random
    for option, values in [("--nofile", [8, 12, 16, 24, 40]), ("--as", [30 << 20, 100 << 20, 600 << 20, 4 << 30]),
                           ("--fsize", [0, 4096, 65536, 1 << 20]), ("--nproc", [1])]:
        value = random.choice(values)
        prefix = ["prlimit", f"{option}={value}"]
        result = ground.run("--full", "--quiet", ground.tree, prefix=prefix)
        # 127: not even the loader could begin.
        if result.status not in (0, 1, 127):
            raise Broken(f"{option}={value}: status {result.status}: {result.error}")
        count(f"errors: prlimit {option}: " + ("carried on" if result.status == 0 else "said in a line"))
        ground.check_reader(False)
    ground.converge()


def full_disk(seed, count):
    """A store on a file system that fills up in the middle of a batch, and has room again later."""
    ground = Ground(seed)
    place = os.path.join(ground.place, "small")
    os.mkdir(place)
    inside = (
        f'mount -t tmpfs -o size=3m,mode=700 none {place} && mkdir -m 700 {place}/db && '
        f'exec "$0" --json --db {place}/db {ground.tree}')
    process = subprocess.Popen(
        ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", inside, PROGRAM], env=ground.environment,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    enter = ["nsenter", "--target", str(process.pid), "--user", "--mount", "--preserve-credentials"]

    def shell(script):
        subprocess.run([*enter, "sh", "-c", script], check=False, stderr=subprocess.DEVNULL)

    try:
        if b'"ready"' not in process.stdout.readline():
            raise Broken(f"full disk: {finish(process, 'full disk')}")
        for _ in range(3):
            shell(f"head -c 100000000 /dev/zero >{place}/fill")
            for _ in range(12):
                ground.create()
                ground.edit()
            time.sleep(0.1)
            shell(f"rm -f {place}/fill")
            dump = finish(subprocess.Popen(
                [*enter, PROGRAM, "dump", "--sync", "--db", f"{place}/db", ground.tree], env=ground.environment,
                stdout=subprocess.PIPE, stderr=subprocess.PIPE), "dump")
            if dump[0] != 0 or dump[1] != ground.full():
                raise Broken(f"full disk: the graph is not that of a full ingest: {dump[2]}")
            count("errors: the disk filled up and had room again")
        process.send_signal(signal.SIGINT)
        status, _, error = finish(process, "full disk")
        if status != 0 or any(not line.startswith("ptwatch: ") for line in error.splitlines()):
            raise Broken(f"full disk: status {status}: {error}")
    finally:
        if process.poll() is None:
            process.kill()
        ground.remove()
