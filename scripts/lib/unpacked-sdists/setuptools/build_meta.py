"""A build backend that builds nothing. `pip download` asks the backend for a package's metadata, in the unpacked source
distribution whose hash it has verified: this one answers from PKG-INFO, and keeps the grammars that are wanted.
"""

import email
import os
from pathlib import Path
from shutil import copytree


def prepare_metadata_for_build_wheel(metadata_directory, config_settings=None):
    text = Path("PKG-INFO").read_text(encoding="utf-8")
    package = email.message_from_string(text)
    keep_grammars(package["Name"])
    folder = Path(metadata_directory, f"{package['Name'].replace('-', '_')}-{package['Version']}.dist-info")
    folder.mkdir()
    (folder / "METADATA").write_text(text, encoding="utf-8")
    return folder.name


def keep_grammars(package):
    kept = Path(os.environ["GRAMMAR_SOURCES"])
    own_name = package.removeprefix("tree-sitter-").replace("-", "")
    for grammar in os.environ["GRAMMARS"].split():
        source = Path("parsers", grammar)
        if source.is_dir():
            copytree(source, kept / grammar)
        elif grammar == own_name:
            copytree("src", kept / grammar / "src")
    # A package of a single grammar may lack the headers that are the same for all.
    headers = Path("parsers", "c", "src", "tree_sitter")
    if headers.is_dir():
        copytree(headers, kept / "include" / "tree_sitter")
