"""A real client of `ptwatch mcp`: mcp_client.py SCENARIO PROGRAM TREE. Fails loudly where an answer is not as it should be."""

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from mcp import Client, StdioServerParameters
from mcp.shared.exceptions import MCPError

scenario, program, tree = sys.argv[1], sys.argv[2], Path(sys.argv[3])
server = StdioServerParameters(command=program, args=["mcp", str(tree)], env=dict(os.environ))
META = {
    "io.modelcontextprotocol/protocolVersion": "2026-07-28",
    "io.modelcontextprotocol/clientCapabilities": {},
}


def expect(condition, what):
    if not condition:
        raise AssertionError(what)


def text(result):
    return result.content[0].text


def until(condition, what):
    """For where no client is at work: it would not get on."""
    deadline = time.monotonic() + 60
    while not condition():
        expect(time.monotonic() < deadline, f"waited in vain: {what}")
        time.sleep(0.005)


async def soon(condition, what):
    deadline = time.monotonic() + 30
    while not condition():
        expect(time.monotonic() < deadline, f"waited in vain: {what}")
        await asyncio.sleep(0.005)


def watcher():
    """Process that writes the store; None if there is none."""
    try:
        return int((tree / ".ptwatch/lock").read_text() or 0) or None
    except (FileNotFoundError, ValueError):
        return None


def is_running(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] not in "ZX"
    except (FileNotFoundError, ProcessLookupError):
        return False


CALLS = [
    ("find", {"pattern": "lea", "path": "lib"}, "lib/a.c:1  function leaf  int leaf(void)"),
    ("show", {"entity": "stem"}, "lib/a.c:2  function stem"),
    ("callers", {"entity": "leaf"}, "lib/a.c:2  calls in function stem"),
    ("callees", {"entity": "main.c:4"}, "calls stem  c:function:lib/a.c:stem"),
    ("path", {"from": "main", "to": "leaf"}, "→ c:function:lib/a.c:leaf"),
    ("impact", {"entities": ["even"]}, "function:lib.rs:checks  [test]"),
    ("context", {"entity": "stem", "tokens": 400}, "### lib/a.c:2-2 function stem, asked for"),
    ("outline", {"path": "./lib.rs"}, "3-3  function odd  fn odd(n: u8)"),
    ("refs", {"entity": "leaf", "kind": "calls"}, "lib/a.c:2  calls in function stem"),
    ("types", {"entity": "Leaf"}, "above 1: python:class:types.py:Base  inherits at types.py:2:12"),
    ("tree", {"depth": 1}, "  lib/  1 files, 3 lines, 3 entities"),
    ("coverage", {}, "broken.c  "),
    ("changes", {}, "0 files"),
    ("hotspots", {"by": "fan-in", "kind": "function"}, "in 2  out 1"),
    ("cycles", {}, "2: rust:function:lib.rs:odd rust:function:lib.rs:even"),
    ("unused", {"kind": "function"}, "function dead"),
    ("stats", {}, "c: 3 files"),
]


async def tools(client, version):
    expect(client.protocol_version == version, client.protocol_version)
    expect("ptwatch" in client.server_info.name and "find" in client.instructions, "what the server says of itself")
    listed = (await client.list_tools()).tools
    expect({tool.name for tool in listed} == {name for name, _, _ in CALLS}, listed)
    for tool in listed:
        expect(tool.description and tool.input_schema["type"] == "object" and tool.annotations.read_only_hint, tool)
    for name, arguments, part in CALLS:
        result = await client.call_tool(name, arguments)
        expect(not result.is_error and part in text(result), (name, text(result)))
        expect(result.structured_content["generation"] > 0, (name, result.structured_content))


async def wrong_calls(client):
    for name, arguments, part in [
        ("find", {}, "is missing"),
        ("find", {"pattern": "x", "kind": "fish"}, "has to be one of"),
        ("find", {"pattern": "(", "manner": "regex"}, "regular expression"),
        ("find", {"pattern": "leaf", "language": "latin"}, 'no language "latin"'),
        ("outline", {"path": "lob.rs"}, "near: lib.rs"),
        ("tree", {"below": "nowhere"}, "lies below"),
        ("show", {"entity": "leef"}, 'nothing is named "leef"; near: leaf'),
        ("callers", {"entity": "leaf", "cursor": "?"}, "no page has the cursor"),
        ("impact", {}, "say of what"),
        ("impact", {"patch": "no patch"}, "no unified diff"),
        ("changes", {"since": 1 << 40}, "there is no generation"),
    ]:
        result = await client.call_tool(name, arguments)
        expect(result.is_error and part in text(result), (name, text(result)))
    try:
        await client.call_tool("none", {})
        raise AssertionError("an unknown tool was called")
    except MCPError as error:
        expect(error.code == -32602, error)


async def pages(client):
    (tree / "many.py").write_text("".join(f"def page_{n:03}(): pass\n" for n in range(100)))
    names, arguments = [], {"pattern": "page_", "limit": 30}
    for count in [30, 30, 30, 10]:
        result = (await client.call_tool("find", arguments)).structured_content
        expect(len(result["entities"]) == count and result["total"] == 100, result)
        names += [entity["name"] for entity in result["entities"]]
        arguments = {"pattern": "page_", "limit": 30, "cursor": result.get("cursor")}
    expect(names == [f"page_{n:03}" for n in range(100)] and arguments["cursor"] is None, names)


async def never_stale(client, rounds):
    (tree / "edit.py").unlink(missing_ok=True)
    since = (await client.call_tool("changes", {})).structured_content["generation"]
    for number in range(rounds):
        (tree / "edit.py").write_text(f"def name_{number}(): pass\n")
        result = await client.call_tool("find", {"pattern": "name_"})
        expect([e["name"] for e in result.structured_content["entities"]] == [f"name_{number}"], (number, text(result)))
    changes = (await client.call_tool("changes", {"since": since})).structured_content["changes"]
    expect([c.get("path", c.get("id")) for c in changes] == ["edit.py", f"python:function:edit.py:name_{rounds - 1}"], changes)


async def cancelled(client):
    """While the watcher is stopped, no answer can be had: the call is given up, and the server is as free as before."""
    pid = watcher()
    os.kill(pid, signal.SIGSTOP)
    try:
        for _ in range(8):
            try:
                await client.call_tool("find", {"pattern": "leaf"}, read_timeout_seconds=0.05)
                raise AssertionError("answered without the watcher")
            except MCPError:
                pass
        # All of the threads that answer are free again: what they waited for is gone.
        await soon(lambda: not list((tree / ".ptwatch/sync").iterdir()), "the end of cancelled calls")
        await client.list_tools()
    finally:
        os.kill(pid, signal.SIGCONT)
    expect("leaf" in text(await client.call_tool("find", {"pattern": "leaf"})), "an answer after that")


async def questions():
    async with Client(server, mode="auto", cache=None) as client:
        await tools(client, "2026-07-28")
        await wrong_calls(client)
        await pages(client)
        await never_stale(client, 50)
        await cancelled(client)
        (tree / "many.py").unlink()
        # A second agent on the same tree, with a client of before.
        async with Client(server, mode="legacy") as other:
            first = watcher()
            await tools(other, "2025-11-25")
            await never_stale(other, 10)
            expect(watcher() == first, "the watcher is shared")
    until(lambda: watcher() is None, "the end of the watcher")


async def takeover():
    """The agent whose server had the watcher goes: the other's goes on, and has one soon."""
    async with Client(server) as client:
        first = subprocess.Popen([program, "mcp", str(tree)], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        await never_stale(client, 3)
        pid = watcher()
        os.kill(pid, signal.SIGKILL)
        await never_stale(client, 3)
        await soon(lambda: watcher() not in (None, pid), "another watcher")
        await never_stale(client, 3)
        first.stdin.close()
        expect(first.wait(60) == 0, first.returncode)


async def progress():
    """A tree so large that the first ingest is seen to go on."""
    for number in range(1500):
        path = tree / f"d{number % 20}" / f"f{number}.py"
        path.parent.mkdir(exist_ok=True)
        path.write_text("".join(f"def f{number}_{n}(): return f{number}_{n - 1}()\n" for n in range(60)))
    seen = []

    async def note(done, total, message):
        seen.append((done, message))

    async with Client(server) as client:
        result = await client.call_tool("find", {"pattern": "f7_59"}, progress_callback=note)
        expect("function f7_59" in text(result), text(result))
    expect(seen and all("files" in message for _, message in seen), seen)
    expect(seen == sorted(seen) and len(set(done for done, _ in seen)) == len(seen), seen)


class Raw:
    """The server without a client that knows the protocol."""

    def __init__(self):
        self.process = subprocess.Popen([program, "mcp", str(tree)], stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def send(self, line):
        self.process.stdin.write(line + b"\n")
        self.process.stdin.flush()

    def call(self, id, name="find", **arguments):
        params = {"name": name, "arguments": arguments, "_meta": META}
        self.send(json.dumps({"jsonrpc": "2.0", "id": id, "method": "tools/call", "params": params}).encode())

    def answer(self):
        return json.loads(self.process.stdout.readline().decode("utf-8"))


def lines():
    # Names and paths may be any bytes; answers are UTF-8 all the same.
    (Path(os.fsdecode(os.fsencode(tree) + b"/odd\xff.c"))).write_bytes(b"int odd_\xe9(void) { return 1; }\n")
    raw = Raw()
    for line, code in [
        (b"{", -32700),
        (b'{"jsonrpc":"2.0","id":1,"method":"\xff"}', -32700),
        (b"[]", -32600),
        (b'"x"', -32600),
        (b'{"id":1}', -32600),
        (b'{"jsonrpc":"2.0","id":1,"method":"tools/list"}', -32602),
        (json.dumps({"jsonrpc": "2.0", "id": 1, "method": "none", "params": {"_meta": META}}).encode(), -32601),
        (b"x" * (9 << 20), -32600),
    ]:
        raw.send(line)
        answer = raw.answer()
        expect(answer["error"]["code"] == code, (line[:80], answer))
    raw.call("odd", pattern="odd")
    answer = raw.answer()
    expect(answer["id"] == "odd" and "odd" in answer["result"]["content"][0]["text"], answer)
    # Who goes away is not waited for, nor is what it asked.
    pid = watcher()
    raw.call(3, "stats")
    raw.process.stdin.close()
    expect(raw.process.wait(60) == 0, raw.process.returncode)
    until(lambda: not is_running(pid), "the end of the watcher after the input's end")

    # Nobody reads the answers.
    raw = Raw()
    raw.call(1, pattern="leaf")
    raw.answer()
    pid = watcher()
    raw.process.stdout.close()
    raw.call(2, pattern="leaf")
    expect(raw.process.wait(60) == 0, raw.process.returncode)
    until(lambda: not is_running(pid), "the end of the watcher after the output's end")

    # A server that is killed takes its watcher with it; one that is told to end does so.
    for number, status in [(signal.SIGKILL, -signal.SIGKILL), (signal.SIGTERM, 0)]:
        raw = Raw()
        raw.call(1, pattern="leaf")
        raw.answer()
        pid = watcher()
        raw.process.send_signal(number)
        expect(raw.process.wait(60) == status, raw.process.returncode)
        until(lambda: not is_running(pid), f"the end of the watcher after signal {number}")


async def main():
    if scenario == "lines":
        await asyncio.to_thread(lines)
    else:
        await {"questions": questions, "takeover": takeover, "progress": progress}[scenario]()


asyncio.run(main())
