"""Source trees to compare over, from Debian's archive, kept in a cache folder.

An entry of "corpora" in oracle.json has a name, and one of: `deb`, a binary package, of which `path` is taken; `source`, a
source package.
"""

import pathlib
import shutil
import subprocess
import sys
import tarfile


def fetch(corpus, cache):
    """Downloads a corpus unless it is there. Returns its name and path."""
    package = corpus.get("deb") or corpus["source"]
    tree = cache / package
    if not tree.exists():
        print(f"oracle: downloading {package}", file=sys.stderr)
        work = cache / "work"
        shutil.rmtree(work, ignore_errors=True)
        (work / "download").mkdir(parents=True)
        (fetch_binary if "deb" in corpus else fetch_source)(package, work)
        (work / "tree").rename(tree)
        shutil.rmtree(work)
    return corpus["name"], tree / corpus.get("path", ".")


def fetch_binary(package, work):
    run(["apt-get", "-qq", "download", package], work / "download")
    archive = next((work / "download").glob("*.deb"))
    run(["dpkg-deb", "--extract", archive, work / "tree"], work)


def fetch_source(package, work):
    """Takes the upstream part of a source package, with lists of its own: sources are seldom in those of the machine."""
    site, release = subprocess.run(
        ["apt-get", "indextargets", "--format", "$(SITE) $(RELEASE)", "Created-By: Packages", "Origin: Debian"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.splitlines()[0].split()
    (work / "lists" / "partial").mkdir(parents=True)
    (work / "sources.list").write_text(f"deb-src {site} {release} main\n")
    options = {
        "Dir::Etc::SourceList": work / "sources.list",
        "Dir::Etc::SourceParts": "/dev/null",
        "Dir::State::Lists": work / "lists",
        "Dir::Cache": work / "cache",
    }
    apt = ["apt-get", "-qq", *(f"-o{name}={value}" for name, value in options.items())]
    run([*apt, "update"], work)
    run([*apt, "--download-only", "source", package], work / "download")
    archive = next(path for path in (work / "download").iterdir() if ".orig.tar" in path.name and path.suffix != ".asc")
    with tarfile.open(archive) as tar:
        tar.extractall(work / "tree", filter="data")


def run(command, folder):
    try:
        subprocess.run([str(word) for word in command], cwd=folder, check=True, stdout=sys.stderr)
    except (OSError, subprocess.CalledProcessError) as error:
        sys.exit(f"oracle: {error}")
