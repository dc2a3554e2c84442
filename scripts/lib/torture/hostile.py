"""Input that nobody writes by hand, each alone in a tree, with a bound on time and memory."""
import os, shutil, signal, socket, subprocess, tempfile, threading, time
from ground import Broken, Ground, PROGRAM, finish, sources

LARGE = False
MB = 1 << 20
# One parse may take a minute; what else there is to do with a file is linear.
MOST_SECONDS = 90


def configure(options):
    global LARGE
    LARGE = options.large


def size(full, small):
    return full if LARGE else small


def endings():
    """One file of each language: its suffix."""
    found = {}
    for name, _ in sources():
        language = name.split("-")[0]
        if "." in name:
            found.setdefault(language, "." + name.rsplit(".", 1)[1])
    return sorted(set(found.values()))


def nested(text, closing=b"", most=1_000_000):
    def make(tree):
        for ending in endings():
            with open(os.path.join(tree, f"deep{ending}"), "wb") as file:
                count = min(most, size(1_000_000, 5_000))
                file.write(text * count + b"x" + closing * count)
    return make


def one(name, text):
    def make(tree):
        with open(os.path.join(tree, name), "wb") as file:
            for piece in text() if callable(text) else [text]:
                file.write(piece)
    return make


def every(text):
    def make(tree):
        for ending in endings():
            with open(os.path.join(tree, f"odd{ending}"), "wb") as file:
                file.write(text)
    return make


def encodings(tree):
    for number, (name, text) in enumerate(sources()):
        sound = text.decode(errors="ignore")
        for kind, data in [("utf16le", b"\xff\xfe" + sound.encode("utf-16-le")), ("utf16be", b"\xfe\xff" + sound.encode("utf-16-be")),
                           ("bom", b"\xef\xbb\xbf" + text), ("crlf", text.replace(b"\n", b"\r\n")), ("cr", text.replace(b"\n", b"\r")),
                           ("high", bytes(byte | 0x80 for byte in text)), ("upper", text.upper())]:
            with open(os.path.join(tree, f"{number}-{kind}-{name}"), "wb") as file:
                file.write(data)


def every_byte(tree):
    for ending in endings():
        for byte in range(0, 256, size(1, 16)):
            with open(os.path.join(tree, f"b{byte}{ending}"), "wb") as file:
                file.write(bytes([byte]) * 300 + b"\n" + bytes(range(256)))


def many_files(tree):
    for number in range(size(100_000, 10_000)):
        open(os.path.join(tree, f"f{number}.c"), "w").close()


def deep_directories(tree):
    around = os.open(tree, os.O_RDONLY)
    for _ in range(1000):
        os.mkdir("d" * 10, dir_fd=around)
        inner = os.open("d" * 10, os.O_RDONLY, dir_fd=around)
        os.close(around)
        around = inner
    file = os.open("last.c", os.O_WRONLY | os.O_CREAT, dir_fd=around)
    os.write(file, b"int at_the_end;\n")
    os.close(file)
    os.close(around)


def long_paths(tree):
    around = os.open(tree, os.O_RDONLY)
    for _ in range(20):
        os.mkdir("p" * 200, dir_fd=around)
        inner = os.open("p" * 200, os.O_RDONLY, dir_fd=around)
        os.close(around)
        around = inner
        file = os.open("n" * 250 + ".c", os.O_WRONLY | os.O_CREAT, dir_fd=around)
        os.write(file, b"int x;\n")
        os.close(file)
    os.close(around)


def no_files(tree):
    os.symlink(".", os.path.join(tree, "loop"))
    os.symlink("b.c", os.path.join(tree, "a.c"))
    os.symlink("a.c", os.path.join(tree, "b.c"))
    os.symlink("/etc/passwd", os.path.join(tree, "passwd.c"))
    os.symlink("/dev/zero", os.path.join(tree, "zero.c"))
    os.mkfifo(os.path.join(tree, "pipe.c"))
    os.mkfifo(os.path.join(tree, ".gitignore"))
    listening = socket.socket(socket.AF_UNIX)
    here = os.getcwd()
    os.chdir(tree)
    listening.bind("socket.c")
    os.chdir(here)
    listening.close()
    try:
        os.mknod(os.path.join(tree, "null.c"), 0o20644, os.makedev(1, 3))
        os.mknod(os.path.join(tree, "zeroes.c"), 0o20644, os.makedev(1, 5))
    except PermissionError:
        pass
    os.mkdir(os.path.join(tree, "directory.c"))
    with open(os.path.join(tree, "sparse.c"), "wb") as file:
        file.truncate(1 << 40)


def strange_names(tree):
    for number, name in enumerate([b"a\nb.c", b"\xff\xfe.c", b"\x1b[2J.c", b" .c", b"..c", b"-.c", b"--full", b"%41.c", b"a:b.c", b"'\".c",
                                   "é.c".encode(), "e\u0301.c".encode(), b"*?[].c", b"\\.c", b"~2.c", b"x" * 250 + b".c"]):
        with open(os.path.join(os.fsencode(tree), name), "wb") as file:
            file.write(b"int n%d;\n" % number)


def functions():
    for number in range(size(10_000_000, 100_000)):
        yield b"int f%d(){g%d();}\n" % (number, number % 1000)


def rules(tree):
    with open(os.path.join(tree, ".gitignore"), "wb") as file:
        file.write(b"*" * 5000 + b"a\n" + b"a*" * 2000 + b"\n" + b"[" * 5000 + b"\n" + b"**/" * 3000 + b"x\n" + b"!\n\\\n/\n\x00\n")
    for number in range(50):
        with open(os.path.join(tree, "a" * 200 + f"{number}.c"), "wb") as file:
            file.write(b"int a;\n")


def macros(tree):
    """Words of capitals everywhere, each of which might be a macro; quotes and comments that hold them."""
    for number, piece in enumerate([b"#define A_B CC\n", b"# BB ", b"// ; BB\n", b"; BB\n#\n", b"x */ BB y\n", b"; BB int x ", b"# ; BB \\\n",
                                    b"; BB int x \" "]):
        with open(os.path.join(tree, f"macros{number}.c"), "wb") as file:
            file.write(piece * (size(3 * MB, 300_000) // len(piece)))


GENEROUS = ["--max-file-size", "1G"]
INPUTS = [
    ("brackets nested in each language", nested(b"("), GENEROUS),
    ("braces nested and closed in each language", nested(b"{", b"}"), GENEROUS),
    ("lists nested and closed in each language", nested(b"[", b"]"), GENEROUS),
    ("members in a row in each language", nested(b"a."), GENEROUS),
    ("calls nested in each language", nested(b"f(", b")"), GENEROUS),
    ("operators in a row in each language", nested(b"-"), GENEROUS),
    ("opening quotes in each language", nested(b"\"'`"), GENEROUS),
    ("generics nested in each language", nested(b"A<"), GENEROUS),
    ("generics nested and closed in each language", nested(b"A<", b">"), GENEROUS),
    ("conditions in a row in each language", nested(b"if (x) "), GENEROUS),
    ("arguments in a row in each language", lambda tree: every(b"f(" + b"a, " * size(300_000, 30_000) + b"a)\n")(tree), GENEROUS),
    ("tokens in a row", one("tokens.rs", lambda: [b"fn f() { matches!(x" + b", a::b(c)" * size(1_000_000, 50_000) + b"); }"]), GENEROUS),
    ("words that might be macros", macros, GENEROUS),
    ("a line without end", one("line.c", lambda: [b"x+"] * (size(100, 4) * MB // 2)), GENEROUS),
    ("a line without end, python", one("line.py", lambda: [b"x,"] * (size(100, 4) * MB // 2)), GENEROUS),
    ("a name without end", one("name.c", lambda: [b"int ", b"n" * size(100 * MB, 4 * MB), b";\n"]), GENEROUS),
    ("small functions", one("functions.c", functions), GENEROUS),
    ("names of 10,000 bytes", one("names.c", lambda: (b"int n%d%s(void);\n" % (n, b"n" * 10_000) for n in range(300))), []),
    ("nothing but NULs", every(bytes(MB)), []),
    ("nothing at all", every(b""), []),
    ("newlines only", every(b"\n" * (MB // 2)), []),
    ("noise", lambda tree: every(os.urandom(200_000).replace(b"\0", b"a"))(tree), []),
    ("every byte", every_byte, []),
    ("encodings", encodings, []),
    ("many files in one directory", many_files, []),
    ("deep directories", deep_directories, []),
    ("long paths", long_paths, []),
    ("links, pipes, sockets, devices", no_files, []),
    ("strange names", strange_names, []),
    ("ignore rules", rules, []),
]


def files_that_move(seed):
    """They grow, are cut off and become pipes while they are read; once that ends, the graph is that of the files."""
    ground = Ground(seed, files=10)
    over = threading.Event()

    def disturb():
        path, spare = os.path.join(ground.tree, "moving.c"), os.path.join(ground.place, "spare")
        number = 0
        while not over.is_set():
            number += 1
            with open(path, "ab") as file:
                for part in range(40):
                    file.write(b"int f%d_%d(){g();}\n" % (number, part) * 50)
                    file.flush()
            if number % 7 == 0:
                os.truncate(path, number)
            if number % 5 == 0:
                os.mkfifo(spare)
                os.rename(spare, path)
                time.sleep(0.001)
                os.unlink(path)
        ground.write(path, b"int at_the_end;\n")

    try:
        busy = threading.Thread(target=disturb)
        busy.start()
        try:
            for _ in range(12):
                ground.expect(0, "--full", "--quiet", ground.tree)
            watcher = ground.watch()
            time.sleep(3)
        finally:
            over.set()
            busy.join()
        ground.expect(0, "stats", "--sync", ground.tree)
        watcher.send_signal(signal.SIGINT)
        if finish(watcher, "watch")[0] != 0:
            raise Broken("the watcher did not end well")
        ground.compare()
    finally:
        ground.remove()


def files_of_no_size(seed):
    """As those of /proc: they say 0 bytes and hold more, or never end."""
    ground = Ground(seed, files=3)
    try:
        names = {"kallsyms.c": "/proc/kallsyms", "version.c": "/proc/version", "self.py": "/proc/self/maps", "kmsg.c": "/proc/kmsg",
                 "pagemap.c": "/proc/self/pagemap", "mem.c": "/proc/self/mem"}
        mounts = []
        for name, source in names.items():
            if os.path.exists(source):
                ground.write(os.path.join(ground.tree, name), b"")
                mounts.append(f"mount --bind {source} {ground.tree}/{name}")
        prefix = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", " ; ".join(mounts) + ' ; exec "$0" "$@"']
        for arguments in (["--full", "--quiet"], ["verify"]):
            result = ground.run(*arguments, ground.tree, prefix=prefix)
            if result.status != 0:
                raise Broken(f"{arguments}: {result.status}: {result.error}")
    finally:
        ground.remove()


SCENES = [("files that move", files_that_move), ("files of no size", files_of_no_size)]


def round(seed, count):
    for what, scene in SCENES:
        scene(seed)
        count(f"hostile: {what}")
        print(f"    {what}", flush=True)
    for what, make, options in INPUTS:
        place = tempfile.mkdtemp(prefix="ptwatch-hostile-")
        try:
            tree = os.path.join(place, "tree")
            os.mkdir(tree)
            make(tree)
            attack(what, tree, options, count)
        finally:
            # Deeper than Python goes.
            subprocess.run(["rm", "-rf", place], check=False)


def attack(what, tree, options, count):
    bytes_there = 0
    for folder, _, names in os.walk(tree):
        for name in names:
            path = os.path.join(folder, name)
            if os.path.isfile(path) and not os.path.islink(path) and os.path.getsize(path) < 1 << 32:
                bytes_there += os.path.getsize(path)
    # A syntax tree takes about 20 bytes for each of its source, one of nothing but brackets ten times that.
    most_memory = 1000 * MB + 250 * bytes_there
    seconds, memory, status, error = measured([PROGRAM, "--full", "--quiet", *options, tree])
    if status != 0:
        raise Broken(f"{what}: status {status} after {seconds:.1f} s: {error[-300:]}")
    files = max(1, len(os.listdir(tree)))
    if seconds > MOST_SECONDS * min(files, 20) or memory > most_memory:
        raise Broken(f"{what}: {seconds:.1f} s, {memory >> 20} MB for {bytes_there >> 20} MB of source")
    for question in (["verify"], ["dump", "--facts"], ["find", "x"]):
        _, _, status, error = measured([PROGRAM, *question, tree])
        if status not in (0, 1) or status == 1 and question[0] != "find":
            raise Broken(f"{what}: {question}: {status}: {error[-300:]}")
    count(f"hostile: {what}")
    print(f"    {what}: {bytes_there / MB:.1f} MB, {seconds:.1f} s, {memory >> 20} MB", flush=True)


def measured(command):
    """Seconds, most memory that was resident, status (negative for a signal), what it said on standard error."""
    with tempfile.TemporaryFile() as errors:
        begun = time.monotonic()
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=errors,
                                   env=dict(os.environ, XDG_CONFIG_HOME="/nonexistent", NO_COLOR="1"))
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = 0
        errors.seek(0)
        code = os.waitstatus_to_exitcode(status)
        return time.monotonic() - begun, usage.ru_maxrss << 10, code, errors.read().decode(errors="replace")
