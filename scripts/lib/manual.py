"""Writes manual pages of ptwatch into a directory: one of the whole, one of each command.

    ptwatch --experimental-dump-help | python3 manual.py VERSION DIRECTORY
"""

import json
import sys
from pathlib import Path

FILES = [
    ("~/.config/ptwatch/config.toml",
     "Defaults for options ($XDG_CONFIG_HOME/ptwatch/config.toml where that is set): color, exclude, ignore, jobs, limit, "
     "max-file-size, poll, sync, wait; below [tree.\"/path\"] those of one tree, db too. What is given on the command line "
     "counts for more, and is added to exclude."),
    ("~/.config/ptwatch/languages/", "Languages of one's own, which go before those that came with the program."),
    ("DIR/.ptwatch/", "The graph of the tree DIR, unless --db says otherwise."),
]
ENVIRONMENT = [
    ("XDG_CONFIG_HOME", "Where settings and languages of one's own are (~/.config)."),
    ("PTWATCH_LANGUAGES, PTWATCH_GRAMMARS", "Directories that take the place of those that came with the program."),
    ("NO_COLOR", "Anything: no colours, unless --color asks for them."),
]
STATUS = [
    ("0", "Done. Files that cannot be parsed are counted and listed, and no failure."),
    ("1", "Failed, or nothing was found."),
    ("64", "Wrong usage, or something wrong in a file of settings."),
    ("130", "Interrupted before a full ingest was complete."),
]


def text(words):
    """As troff prints it literally."""
    words = words.replace("\\", "\\e").replace("-", "\\-").replace("`", "\\`").replace("~", "\\(ti").replace("^", "\\(ha")
    return "\n".join("\\&" + line if line[:1] in ".'" else line for line in words.split("\n"))


def paragraphs(discussion):
    """Text to fill, and indented lines as they stand."""
    for block in discussion.strip("\n").split("\n\n"):
        lines = block.split("\n")
        if lines[0].startswith("  "):
            yield ".PP\n.RS 4\n.nf\n" + text("\n".join(line[2:] for line in lines)) + "\n.fi\n.RE"
        else:
            yield ".PP\n" + text(" ".join(lines))


def labelled(pairs):
    return "\n".join(f".TP\n\\fB{text(label)}\\fR\n{text(words)}" for label, words in pairs)


def spelled(argument):
    value = f" <{argument.get('valueName', 'value')}>"
    if argument["kind"] == "positional":
        return argument["valueName"]
    names = [("-" if name["kind"] == "short" else "--") + name["name"] for name in argument["names"]]
    return ", ".join(names) + (value if argument["kind"] == "option" else "")


def explained(argument):
    words = argument.get("abstract", "")
    if argument.get("defaultValue") and "default" not in words:
        words += f" (default: {argument['defaultValue']})"
    return words


def shown(command, kinds):
    """Labels and words of the arguments of these kinds; flags that choose of the same thing are taken together."""
    rows, last = [], None
    for argument in command.get("arguments", []):
        if argument["kind"] not in kinds or not argument.get("shouldDisplay", True):
            continue
        label = spelled(argument)
        if argument["kind"] == "flag" and argument.get("abstract") == last:
            rows[-1] = (f"{rows[-1][0]}, {label}", rows[-1][1])
        else:
            rows.append((label, explained(argument)))
        last = argument.get("abstract")
    return rows


def synopsis(command, name):
    words = [f"\\fB{text(name)}\\fR"]
    for argument in command.get("arguments", []):
        if argument["kind"] == "positional":
            label = f"\\fI{text(argument['valueName'])}\\fR" + (" ..." if argument["isRepeating"] else "")
            words.append(f"[{label}]" if argument["isOptional"] else label)
    return " ".join(words + ["[\\fIoptions\\fR]"])


def page(command, name, version, main):
    parts = [
        f".TH {name.upper()} 1 \"\" \"ptwatch {version}\" \"ptwatch\"",
        ".SH NAME", f"{text(name)} \\- {text(command['abstract'].rstrip('.'))}",
        ".SH SYNOPSIS", synopsis(command, name.replace("-", " ")) if not main else
        "\\fBptwatch\\fR \\fIdir\\fR\n.br\n\\fBptwatch \\-\\-full\\fR \\fIdir\\fR\n.br\n\\fBptwatch\\fR \\fIcommand\\fR ...",
    ]
    blocks = list(paragraphs(command.get("discussion", "")))
    if blocks:
        parts += [".SH DESCRIPTION", "\n".join(blocks).removeprefix(".PP\n")]
    for title, kinds in (("ARGUMENTS", ["positional"]), ("OPTIONS", ["option", "flag"])):
        rows = shown(command, kinds)
        if rows:
            parts += [f".SH {title}", labelled(rows)]
    if main:
        commands = [(sub["commandName"], sub.get("abstract", "")) for sub in command["subcommands"]]
        parts += [".SH COMMANDS", "Each has a page of its own, as ptwatch\\-find(1).", labelled(commands)]
        parts += [".SH FILES", labelled(FILES), ".SH ENVIRONMENT", labelled(ENVIRONMENT)]
    parts += [".SH EXIT STATUS", labelled(STATUS)]
    if not main:
        parts += [".SH SEE ALSO", "\\fBptwatch\\fR(1)"]
    return "\n".join(parts) + "\n"


def main():
    version, folder = sys.argv[1], Path(sys.argv[2])
    command = json.load(sys.stdin)["command"]
    command["subcommands"] = [sub for sub in command["subcommands"] if sub["commandName"] != "help"]
    (folder / "ptwatch.1").write_text(page(command, "ptwatch", version, main=True), encoding="utf-8")
    for sub in command["subcommands"]:
        name = f"ptwatch-{sub['commandName']}"
        (folder / f"{name}.1").write_text(page(sub, name, version, main=False), encoding="utf-8")


main()
