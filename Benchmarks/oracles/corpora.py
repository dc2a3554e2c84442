"""Source trees to compare over, from Debian's archive and PyPI, kept in a cache folder.

An entry of "corpora" in oracle.json has a name, and one of: `deb`, a Debian package; `source`, a Debian source package;
`pypi`, a wheel with version and hash. Of these `path` is taken, by default all. Or `installed`, a path that a Debian package
in the language's file `packages` or its `build` brings. `environment` is what the oracle is told of this corpus by variables.
"""

import pathlib
import string
import subprocess
import sys
import tarfile
import tempfile
import zipfile

# The cache folder is often one that apt's own user may not enter.
APT = ["apt-get", "-qq", "-oAPT::Sandbox::User=root"]


def fetch(corpus, cache, environment):
    """Downloads a corpus unless it is there. Returns its path."""
    if "installed" in corpus:
        return pathlib.Path(string.Template(corpus["installed"]).safe_substitute(environment))
    way = next(way for way in WAYS if way in corpus)
    package = corpus[way]
    tree = cache / package.split()[0]
    if not tree.exists():
        print(f"oracle: downloading {package}", file=sys.stderr)
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cache) as work:
            (pathlib.Path(work) / "download").mkdir()
            WAYS[way](package, pathlib.Path(work))
            (pathlib.Path(work) / "tree").rename(tree)
    folders = list(tree.iterdir())
    # The one folder that the archive of a source package has at its top says the version and no more.
    return (folders[0] if len(folders) == 1 and way == "source" else tree) / corpus.get("path", ".")


def fetch_binary(package, work):
    run([*APT, "download", package], work / "download")
    archive = next((work / "download").glob("*.deb"))
    run(["dpkg-deb", "--extract", archive, work / "tree"], work)


def fetch_wheel(package, work):
    (work / "requirements").write_text(package)
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", "download", "--no-deps"]
    run([*pip, "--require-hashes", "--only-binary=:all:", "-r", "../requirements"], work / "download")
    zipfile.ZipFile(next((work / "download").glob("*.whl"))).extractall(work / "tree")


def fetch_source(package, work):
    """Takes the upstream part of a source package, with lists of its own: sources are seldom in those of the machine."""
    site, release = (
        subprocess.run(
            ["apt-get", "indextargets", "--format", "$(SITE) $(RELEASE)", "Created-By: Packages", "Origin: Debian"],
            check=True,
            capture_output=True,
            text=True,
        )
        .stdout.splitlines()[0]
        .split()
    )
    (work / "lists" / "partial").mkdir(parents=True)
    (work / "sources.list").write_text(f"deb-src {site} {release} main\n")
    options = {
        "Dir::Etc::SourceList": work / "sources.list",
        "Dir::Etc::SourceParts": "/dev/null",
        "Dir::State::Lists": work / "lists",
        "Dir::Cache": work / "cache",
    }
    apt = [*APT, *(f"-o{name}={value}" for name, value in options.items())]
    run([*apt, "update"], work)
    # Debian's own part of the package may be missing on a mirror; it is not needed.
    source = [*apt, "--download-only", "source", package]
    subprocess.run([str(word) for word in source], cwd=work / "download", stdout=sys.stderr)
    found = [path for path in (work / "download").iterdir() if ".orig.tar" in path.name and path.suffix != ".asc"]
    if not found:
        sys.exit(f"oracle: the source of {package} could not be downloaded")
    archive = min(found, key=lambda path: len(path.name))
    with tarfile.open(archive) as tar:
        tar.extractall(work / "tree", filter="data")


WAYS = {"deb": fetch_binary, "source": fetch_source, "pypi": fetch_wheel}


def run(command, folder):
    try:
        subprocess.run([str(word) for word in command], cwd=folder, check=True, stdout=sys.stderr)
    except (OSError, subprocess.CalledProcessError) as error:
        sys.exit(f"oracle: {error}")
