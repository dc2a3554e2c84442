"""Every way to be told to end, in every state."""
import os, pty, select, signal, subprocess, time, fcntl, termios
from ground import Broken, Ground, PROGRAM, finish

# Seconds from being told to being gone. The design says 1; the machine may be busy.
MOST_SECONDS = 15


class Run:
    """ptwatch at work, with all that somebody could close on it."""

    def __init__(self, ground, arguments, way):
        self.ground, self.what = ground, " ".join(arguments[:-1])
        command = [PROGRAM, *arguments]
        self.master = None
        if way is closed_terminal:
            self.master, slave = pty.openpty()
            self.process = subprocess.Popen(command, env=dict(ground.environment, TERM="xterm"), stdin=slave, stdout=slave,
                                            stderr=slave, start_new_session=True,
                                            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0))
            os.close(slave)
            self.output = self.master
        else:
            self.process = subprocess.Popen(command, env=ground.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                            stderr=subprocess.PIPE)
            self.output = self.process.stdout.fileno()

    def read(self, seconds=0.0):
        """What it has said by then; nothing at its end."""
        if select.select([self.output], [], [], seconds)[0]:
            try:
                return os.read(self.output, 1 << 16)
            except OSError:
                pass
        return b""

    def wait_for(self, text):
        said = b""
        deadline = time.monotonic() + 120
        while text not in said:
            said += self.read(0.1)
            if time.monotonic() > deadline or self.process.poll() is not None and not select.select([self.output], [], [], 0)[0]:
                raise Broken(f"{self.what}: no {text} but {said[-300:]}")

    def end(self):
        """The status, once it is gone."""
        deadline = time.monotonic() + MOST_SECONDS
        while self.process.poll() is None:
            if time.monotonic() > deadline:
                self.process.kill()
                self.process.wait()
                raise Broken(f"{self.what}: still there after {MOST_SECONDS} s")
            if self.master is None and not self.process.stdout.closed:
                self.read(0.01)
            else:
                time.sleep(0.01)
        for end in (self.process.stdin, self.process.stdout, self.process.stderr):
            if end and not end.closed:
                end.close()
        return self.process.returncode


# Ended by the signal itself, as what has nothing to save is: a reader, or a run that is just being loaded.
BY_SIGNAL = {-signal.SIGINT, -signal.SIGTERM, -signal.SIGHUP}

# The states: each starts a run, and says which statuses it may end with.

def first_ingest(ground, way):
    ground.expect(0, "--full", "--quiet", ground.tree)
    subprocess.run(["rm", "-rf", ground.store], check=True)
    run = Run(ground, ["--json", ground.tree], way)
    time.sleep(ground.random.random() * 0.1)
    return run, {130, 0} | BY_SIGNAL


def full_ingest(ground, way):
    run = Run(ground, ["--full", ground.tree], way)
    time.sleep(ground.random.random() * 0.1)
    return run, {130, 0} | BY_SIGNAL


def catching_up(ground, way):
    ground.expect(0, "--full", "--quiet", ground.tree)
    for _ in range(30):
        ground.edit()
    run = Run(ground, ["--json", ground.tree], way)
    time.sleep(ground.random.random() * 0.08)
    return run, {0} | BY_SIGNAL


def idle(ground, way):
    run = Run(ground, ["--json", ground.tree], way)
    run.wait_for(b'"ready"')
    return run, {0}


def idle_for_people(ground, way):
    run = Run(ground, [ground.tree], way)
    run.wait_for(b"watching")
    return run, {0}


def in_a_storm(ground, way):
    run = Run(ground, ["--json", ground.tree], way)
    run.wait_for(b'"ready"')
    for _ in range(80):
        ground.edit()
    time.sleep(ground.random.random() * 0.1)
    return run, {0}


def with_readers_that_wait(ground, way):
    """Clients of --sync while it is told to end: they catch up themselves."""
    run = Run(ground, ["--json", ground.tree], way)
    run.wait_for(b'"ready"')
    for _ in range(20):
        ground.edit()
    run.clients = [ground.start("stats", "--sync", ground.tree) for _ in range(3)]
    time.sleep(ground.random.random() * 0.05)
    return run, {0}


def waiting_for_its_tree(ground, way):
    run = Run(ground, ["--json", "--wait", os.path.join(ground.place, "not-yet")], way)
    run.wait_for(b'"waiting"')
    return run, {0}


def server(ground, way):
    run = Run(ground, ["mcp", ground.tree], way)
    request = b'{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},' \
              b'"clientInfo":{"name":"t","version":"1"}}}\n'
    if run.master is None:
        run.process.stdin.write(request)
        run.process.stdin.flush()
        run.wait_for(b'"result"')
    time.sleep(ground.random.random() * 0.2)
    return run, {0}


def reader(ground, way):
    ground.expect(0, "--full", "--quiet", ground.tree)
    run = Run(ground, ["dump", ground.tree], way)
    run.read(10)
    return run, {0} | BY_SIGNAL


def syncing_reader(ground, way):
    """Whose watcher does not answer."""
    watcher = ground.watch()
    watcher.send_signal(signal.SIGSTOP)
    run = Run(ground, ["stats", "--sync", ground.tree], way)
    run.stopped = watcher
    time.sleep(0.05)
    return run, {0} | BY_SIGNAL


# The ways.

def interrupt(run, ground):
    run.process.send_signal(signal.SIGINT)


def terminate(run, ground):
    run.process.send_signal(signal.SIGTERM)


def hang_up(run, ground):
    run.process.send_signal(signal.SIGHUP)


def closed_terminal(run, ground):
    os.close(run.master)


def closed_output(run, ground):
    """Nobody reads any more; it is to be noticed at the next line."""
    run.process.stdout.close()
    run.process.stderr.close()
    if run.what.startswith(("--json", "mcp")) or run.what == "":
        deadline = time.monotonic() + MOST_SECONDS
        while run.process.poll() is None and time.monotonic() < deadline and "--wait" not in run.what and "mcp" not in run.what:
            ground.edit()
            time.sleep(0.02)
        if run.process.poll() is None:
            # It had nothing to say.
            run.process.stdin.close()
            run.process.send_signal(signal.SIGTERM)
    elif getattr(run, "stopped", None):
        run.stopped.send_signal(signal.SIGCONT)


STATES = [first_ingest, full_ingest, catching_up, idle, idle_for_people, in_a_storm, with_readers_that_wait, waiting_for_its_tree,
          server, reader, syncing_reader]
WAYS = [interrupt, terminate, hang_up, closed_terminal, closed_output]


def round(seed, count):
    """A fifth of the states and ways; five rounds with seeds in a row do all."""
    faults = []
    for number, state in enumerate(STATES):
        way = WAYS[(seed + number + 2) % len(WAYS)]
        ground = Ground(seed)
        what = f"{state.__name__.replace('_', ' ')}, {way.__name__.replace('_', ' ')}"
        try:
            attack(ground, state, way)
            count(f"ends: {what}")
        except Broken as error:
            faults.append(f"{what}: {error}")
        finally:
            ground.remove()
    if faults:
        raise Broken("; ".join(faults))


def attack(ground, state, way):
    for _ in range(60):
        ground.create()
    run, statuses = state(ground, way)
    way(run, ground)
    status = run.end()
    if getattr(run, "stopped", None):
        run.stopped.send_signal(signal.SIGCONT)
        run.stopped.send_signal(signal.SIGINT)
        if finish(run.stopped, "the watcher")[0] != 0:
            raise Broken("the watcher that was stopped did not end well")
    if status not in statuses:
        raise Broken(f"status {status}")
    for client in getattr(run, "clients", []):
        client_status, _, error = finish(client, "stats --sync")
        if client_status != 0:
            raise Broken(f"a client: {client_status}: {error}")
    if state is waiting_for_its_tree:
        return
    await_children(ground)
    ground.check_reader(state not in (first_ingest, full_ingest, server))
    ground.converge()


def await_children(ground):
    """The server's watcher goes with it."""
    deadline = time.monotonic() + MOST_SECONDS
    while True:
        left = []
        for process in os.listdir("/proc"):
            try:
                words = open(f"/proc/{process}/cmdline", "rb").read().split(b"\0") if process.isdigit() else []
            except OSError:
                continue
            if os.fsencode(ground.tree) in words and b"watch" in words:
                left.append(process)
        if not left:
            return
        if time.monotonic() > deadline:
            raise Broken(f"processes left over: {left}")
        time.sleep(0.02)
