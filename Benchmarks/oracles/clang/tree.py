"""Places and names of libclang's cursors, in terms of the tree."""

import ctypes
import functools
import os

from clang.cindex import CursorKind as K
from clang.cindex import SourceLocation, SourceRange, c_object_p, conf, File


class SkippedRanges(ctypes.Structure):
    _fields_ = [("count", ctypes.c_uint), ("ranges", ctypes.POINTER(SourceRange))]


class Places:
    """Where cursors stand, as written: what stands in a macro's arguments at its own place, not at the macro's."""

    def __init__(self, root):
        self.root = os.path.realpath(root) + "/"
        self.text = {}
        pointers = [ctypes.POINTER(t) for t in (c_object_p, ctypes.c_uint, ctypes.c_uint, ctypes.c_uint)]
        conf.lib.clang_getFileLocation.argtypes = [SourceLocation, *pointers]

    @functools.cache
    def inside(self, name):
        path = os.path.realpath(name)
        return path[len(self.root) :] if path.startswith(self.root) else None

    def path(self, file):
        """A file's path in the tree; None outside of it."""
        return self.inside(file.name) if file is not None else None

    def of(self, cursor):
        """Path in the tree or None, line, and column in bytes."""
        file, line, column, offset = c_object_p(), ctypes.c_uint(), ctypes.c_uint(), ctypes.c_uint()
        parts = (ctypes.byref(part) for part in (file, line, column, offset))
        conf.lib.clang_getFileLocation(cursor.location, *parts)
        return self.path(File(file) if file else None), line.value, column.value

    def lines(self, path):
        if path not in self.text:
            with open(self.root + path, "rb") as file:
                self.text[path] = file.read().split(b"\n")
        return self.text[path]

    def line(self, path, number):
        """A line, a character for each byte."""
        return self.lines(path)[number - 1].decode("latin-1")

    def stands(self, path, line, column, name):
        """True if the name is written there, so that it comes from no macro."""
        lines = self.lines(path)
        return line <= len(lines) and lines[line - 1][column - 1 :].startswith(name.encode())


def skipped_lines(unit, places):
    """What the preprocessor dropped: path, first and last line."""
    skipped = conf.lib.clang_getAllSkippedRanges
    skipped.restype = ctypes.POINTER(SkippedRanges)
    ranges = skipped(unit).contents
    for index in range(ranges.count):
        extent = ranges.ranges[index]
        path = places.path(extent.start.file)
        if path:
            yield path, extent.start.line, extent.end.line


def is_in_system_header(cursor):
    return bool(conf.lib.clang_Location_isInSystemHeader(cursor.location))


def template_of(cursor):
    """The template that something was made of; None if it was made of none."""
    template = conf.lib.clang_getSpecializedCursorTemplate(cursor)
    return None if template is None or template.kind.is_invalid() else template


def qualified_name(cursor, separator):
    """The name with those of the namespaces, classes and functions around it."""
    names = []
    while cursor is not None and cursor.kind != K.TRANSLATION_UNIT:
        name = cursor.spelling.split("<")[0] if not cursor.spelling.startswith("operator") else cursor.spelling
        # In C an enum does not qualify its members; in C++ each may.
        is_plain_enum = names and cursor.kind == K.ENUM_DECL and separator == "."
        if name and "(" not in name and cursor.kind != K.LINKAGE_SPEC and not is_plain_enum:
            names.append(name)
        cursor = cursor.semantic_parent
    return separator.join(reversed(names))
