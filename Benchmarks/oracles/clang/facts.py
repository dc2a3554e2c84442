"""Prints what clang sees in a C or C++ tree: definitions, includes, bases, and calls with what they mean.

    facts.py SEPARATOR DIR

SEPARATOR joins the parts of qualified names. The translation units are those of DIR/compile_commands.json, or of the one that CMake makes of DIR. A file is seen as its
first translation unit sees it: what the preprocessor drops there is told as unseen.
"""

import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
from collections import defaultdict

from clang.cindex import CompilationDatabase, Index, StorageClass, TranslationUnit
from clang.cindex import CursorKind as K
from tree import Places, is_in_system_header, qualified_name, skipped_lines, template_of

SEPARATOR = sys.argv[1]
FUNCTIONS = {K.FUNCTION_DECL, K.CXX_METHOD, K.FUNCTION_TEMPLATE, K.CONSTRUCTOR, K.DESTRUCTOR, K.CONVERSION_FUNCTION}
CLASSES = {K.CLASS_DECL, K.STRUCT_DECL, K.CLASS_TEMPLATE, K.CLASS_TEMPLATE_PARTIAL_SPECIALIZATION, K.UNION_DECL}
KINDS = {
    K.FUNCTION_DECL: "function",
    K.CXX_METHOD: "function",
    K.FUNCTION_TEMPLATE: "function",
    K.CONSTRUCTOR: "constructor",
    K.DESTRUCTOR: "destructor",
    K.CONVERSION_FUNCTION: "operator",
    K.CLASS_DECL: "type",
    K.STRUCT_DECL: "type",
    K.CLASS_TEMPLATE: "type",
    K.CLASS_TEMPLATE_PARTIAL_SPECIALIZATION: "type",
    K.UNION_DECL: "type",
    K.ENUM_DECL: "type",
    K.ENUM_CONSTANT_DECL: "enum_member",
    K.FIELD_DECL: "field",
    K.VAR_DECL: "variable",
    K.TYPEDEF_DECL: "type_alias",
    K.TYPE_ALIAS_DECL: "type_alias",
    K.TYPE_ALIAS_TEMPLATE_DECL: "type_alias",
    K.NAMESPACE: "namespace",
    K.CONCEPT_DECL: "trait",
    K.MACRO_DEFINITION: "macro",
}
# Of these every declaration is a definition.
ALWAYS_DEFINED = {"macro", "namespace", "type_alias", "field", "enum_member", "trait"}


def main():
    root = pathlib.Path(sys.argv[2]).resolve()
    oracle = Oracle(root)
    with tempfile.TemporaryDirectory() as work:
        for source, folder, arguments in translation_units(root, work):
            oracle.read(source, folder, arguments)
    oracle.print()


def translation_units(root, work):
    """Sources in the tree, each with its folder and the compiler's arguments."""
    folder = root
    if not (root / "compile_commands.json").exists():
        folder = work
        command = [
            "cmake",
            "-S",
            root,
            "-B",
            work,
            "-Wno-dev",
            "--log-level=WARNING",
            "-DCMAKE_EXPORT_COMPILE_COMMANDS=ON",
        ]
        subprocess.run([*command, *os.environ.get("ORACLE_CMAKE", "").split()], check=True, stdout=sys.stderr)
    # PyPI's libclang comes without the compiler's own headers.
    headers = subprocess.run(["gcc", "-print-file-name=include"], check=True, capture_output=True, text=True).stdout
    for command in CompilationDatabase.fromDirectory(str(folder)).getAllCompileCommands():
        source = pathlib.Path(command.directory, command.filename).resolve()
        if source.is_relative_to(root) and source.suffix != ".S":
            arguments = [word for word in list(command.arguments)[1:] if word not in ("-c", "--", command.filename)]
            yield source, command.directory, [*arguments, "-idirafter", headers.strip()]


class Oracle:
    def __init__(self, root):
        self.root = root
        self.places = Places(root)
        self.files = set()
        self.failed = {}
        self.facts = {}
        # By the unified symbol resolution of what is called: where it is defined.
        self.defined = defaultdict(set)
        self.calls = {}
        self.unseen = []

    def read(self, source, folder, arguments):
        os.chdir(folder)
        options = TranslationUnit.PARSE_DETAILED_PROCESSING_RECORD
        unit = Index.create().parse(str(source), arguments, options=options)
        errors = [problem for problem in unit.diagnostics if problem.severity >= 3]
        if errors:
            print(f"clang: {source}: {len(errors)} errors, the first: {errors[0]}", file=sys.stderr)
        paths = {self.places.path(include.include) for include in unit.get_includes()}
        paths.add(str(source.relative_to(self.root)))
        new = paths - self.files - {None}
        self.files |= new
        for path, first, last in skipped_lines(unit, self.places):
            if path in new:
                self.unseen.append({"t": "unseen", "path": path, "line": first, "endLine": last})
        stack = [(cursor, False) for cursor in unit.cursor.get_children() if self.places.of(cursor)[0] in new]
        while stack:
            cursor, is_local = stack.pop()
            self.look_at(cursor, is_local)
            is_inside = is_local or cursor.kind in FUNCTIONS or cursor.kind == K.LAMBDA_EXPR
            stack.extend((child, is_inside and cursor.kind not in CLASSES) for child in cursor.get_children())

    def look_at(self, cursor, is_local):
        path, line, column = self.places.of(cursor)
        if path is None:
            return
        if cursor.kind == K.INCLUSION_DIRECTIVE:
            self.include(path, line)
        elif cursor.kind == K.CXX_BASE_SPECIFIER:
            self.base(cursor)
        elif cursor.kind == K.USING_DECLARATION:
            self.using(cursor)
        elif cursor.kind == K.CALL_EXPR:
            self.call(cursor)
            self.making(cursor, is_unclear=False)
        elif cursor.kind in (K.CXX_NEW_EXPR, K.CXX_FUNCTIONAL_CAST_EXPR):
            self.making(cursor, is_unclear=False)
        elif cursor.kind == K.MACRO_INSTANTIATION:
            self.macro(cursor, path, line, column)
        elif cursor.kind in KINDS and cursor.spelling:
            self.definition(cursor, path, line, column, is_local)
            if cursor.kind == K.VAR_DECL:
                self.making(cursor, is_unclear=True)

    def add(self, key, **fact):
        self.facts.setdefault((fact["t"], fact["path"], *key), fact)

    def definition(self, cursor, path, line, column, is_local):
        kind, name = KINDS[cursor.kind], cursor.spelling
        if cursor.kind in FUNCTIONS and not name.startswith("operator"):
            name = name.split("<")[0]
        if kind == "function" and re.match(r"operator\b", name):
            kind = "operator"
        if kind == "variable":
            is_bound = any(child.kind == K.LAMBDA_EXPR for child in cursor.walk_preorder())
            if is_local and not is_bound:
                return
            kind = "function" if is_bound else kind
        if cursor.kind == K.TYPEDEF_DECL:
            kind = self.kind_of_typedef(cursor)
        if "(unnamed" in name or "(anonymous" in name or not self.is_defined(cursor, kind):
            return
        if cursor.kind in FUNCTIONS or cursor.kind in CLASSES:
            self.defined[cursor.get_usr()].add((path, line, name))
        written = {"destructor": "~", "operator": "operator"}.get(kind, name)
        extent = {"line": line, "endLine": cursor.extent.end.line}
        if not self.places.stands(path, line, column, written):
            # Made by a macro: ptwatch may take what is written there for a definition or not.
            self.unseen.append({"t": "unseen", "path": path, "line": line, "endLine": line})
            return
        name = qualified_name(cursor, SEPARATOR)
        own = cursor.spelling if kind == "operator" else name.rpartition(SEPARATOR)[2]
        self.add((line, column), t="entity", kind=kind, name=own, qualified=name, path=path, **extent)

    def kind_of_typedef(self, cursor):
        """A type without a name of its own has the name that its `typedef` gives it: one definition, of that type."""
        declared = cursor.underlying_typedef_type.get_declaration()
        path, line, column = self.places.of(declared)
        if path is None or declared.kind not in KINDS or declared.kind == K.TYPEDEF_DECL:
            return "type_alias"
        is_named = self.places.stands(path, line, column, declared.spelling or "(unnamed")
        return "type_alias" if is_named else KINDS[declared.kind]

    def is_defined(self, cursor, kind):
        if kind in ALWAYS_DEFINED or cursor.is_definition():
            return True
        if cursor.kind in FUNCTIONS:
            return cursor.is_pure_virtual_method() or cursor.is_default_method() or cursor.is_deleted_method()
        # In C a global without value is one that a later declaration may give a value to.
        is_extern = cursor.storage_class == StorageClass.EXTERN
        return kind == "variable" and (cursor.semantic_parent.kind in CLASSES or SEPARATOR == "." and not is_extern)

    def include(self, path, line):
        written = re.search(r'[<"]([^>"]+)[>"]', self.places.line(path, line))
        if written:
            qualifier, _, name = written[1].rpartition("/")
            self.add((line,), t="import", path=path, line=line, name=name, qualifier=qualifier)

    def base(self, cursor):
        # Of `Outer::Inner` the last is meant.
        named = [child for child in cursor.get_children() if child.kind in (K.TYPE_REF, K.TEMPLATE_REF)]
        templates = [child for child in named if child.kind == K.TEMPLATE_REF]
        if named:
            child = (templates or named)[-1]
            path, line, column = self.places.of(child)
            name = child.referenced.spelling if child.referenced is not None else ""
            # What a macro makes of its arguments is not written there.
            is_plain = (child.location.line, child.location.column) == (line, column)
            if path and name and is_plain and self.places.stands(path, line, column, name):
                self.add((line, column), t="inherits", path=path, line=line, column=column, name=name)

    def macro(self, cursor, path, line, column):
        """The use of a macro with arguments: a call where the grammar takes it for one."""
        rest = self.places.line(path, line)[column - 1 :]
        if re.match(re.escape(cursor.spelling) + r"\s*\(", rest):
            target = cursor.referenced
            self.calls[path, line, column, cursor.spelling] = ([target.get_usr()] if target else [], True)
            if target and self.places.of(target)[0]:
                self.defined[target.get_usr()].add((*self.places.of(target)[:2], target.spelling))

    def call(self, cursor):
        target, callee = cursor.referenced, next(cursor.get_children(), None)
        while callee is not None and callee.kind in (K.UNEXPOSED_EXPR, K.PAREN_EXPR):
            inner = list(callee.get_children())
            callee = inner[0] if len(inner) == 1 else None
        named = (K.DECL_REF_EXPR, K.MEMBER_REF_EXPR, K.OVERLOADED_DECL_REF)
        if callee is None or callee.kind not in named:
            return
        path, line, column = self.places.of(callee)
        name = callee.spelling
        if not path or not name or name.startswith(("operator", "~")):
            return
        if not self.places.stands(path, line, column, name):
            return
        symbols = []
        if target is not None and target.kind in FUNCTIONS:
            if target.spelling.split("<")[0] != name:
                return  # an operator or a conversion that is called without being named
            symbols = [self.symbol(target)]
        key = (path, line, column, name)
        # In a template a call may mean several things, of which a later look tells one.
        if not self.calls.get(key, ([], False))[0]:
            self.calls[key] = (symbols, False)

    def making(self, cursor, is_unclear):
        """`new Foo(x)`, `Foo(x)`, and `Foo foo(x)`, which the grammar may take for a call or not: the constructor, or the type."""
        parts = list(cursor.get_children())
        named = [part for part in parts if part.kind in (K.TYPE_REF, K.TEMPLATE_REF)]
        calls = [
            part.referenced for part in [*parts, cursor] if part.kind == K.CALL_EXPR and part.referenced is not None
        ]
        made = [target for target in calls if target.kind == K.CONSTRUCTOR]
        if named and made and named[-1].referenced is not None:
            path, line, column = self.places.of(named[-1])
            name = named[-1].referenced.spelling.split("<")[0]
            if path and self.places.stands(path, line, column, name):
                symbols = [self.symbol(target) for target in (made[0], named[-1].referenced)]
                self.calls.setdefault((path, line, column, name), (symbols, is_unclear))

    def using(self, cursor):
        path, line, column = self.places.of(cursor)
        written = re.search(r"using\s+(?:typename\s+)?([\w:\s]+);", self.places.line(path, line)) if path else None
        qualifier, _, name = re.sub(r"\s", "", written[1]).rpartition("::") if written else ("", "", "")
        if name and name == cursor.spelling:
            self.add((line, name), t="import", path=path, line=line, name=name, qualifier=qualifier)

    def symbol(self, target):
        """The USR of a function; "" for one of the system's. A header that the build copies out of the tree is none of these."""
        target = template_of(target) or target
        return "" if is_in_system_header(target) else target.get_usr()

    def print(self):
        for path in sorted(self.files):
            print(json.dumps({"t": "file", "path": path}))
        for fact in [*self.unseen, *self.facts.values()]:
            print(json.dumps(fact))
        for (path, line, column, name), (symbols, is_unclear) in self.calls.items():
            call = {"t": "call", "path": path, "line": line, "column": column, "name": name, "unclear": is_unclear}
            defined = next((self.defined[symbol] for symbol in symbols if self.defined.get(symbol)), ())
            if defined:
                call["to"] = [{"path": path, "line": line, "name": name} for path, line, name in sorted(defined)]
            elif "" in symbols:
                call["external"] = True
            print(json.dumps(call))


if __name__ == "__main__":
    main()
