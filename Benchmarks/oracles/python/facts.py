"""Prints what Python's own parser sees in the .py files below a directory, and what jedi says that calls mean.

    facts.py DIR

jedi takes some milliseconds a call: it is asked for a sample of $ORACLE_CALLS calls (default 3,000), the same in each run.
"""

import ast
import json
import os
import pathlib
import random
import sys
import warnings

import jedi

SAMPLE = int(os.environ.get("ORACLE_CALLS", 3000))


def main():
    root = pathlib.Path(sys.argv[1]).resolve()
    warnings.simplefilter("ignore")
    calls, definitions = [], set()
    for path in sorted(root.rglob("*.py*")):
        if path.suffix not in (".py", ".pyi") or not path.is_file():
            continue
        relative = str(path.relative_to(root))
        try:
            tree = ast.parse(path.read_bytes())
        except (SyntaxError, ValueError) as error:
            emit(t="skipped", path=relative, reason=str(error))
            continue
        emit(t="file", path=relative)
        walker = Walker(relative)
        walker.visit(tree)
        calls += walker.calls
        definitions |= walker.definitions
    Jedi(root, definitions).print_calls(calls)


def emit(**fact):
    print(json.dumps(fact))


class Walker(ast.NodeVisitor):
    """Prints the definitions, imports and bases of one file, and keeps its calls."""

    def __init__(self, path):
        self.path = path
        # Enclosing definitions: (name, is it a class), and the names that are bound in the innermost.
        self.scopes = []
        self.bound = [set()]
        self.locals = [set()]
        self.calls = []
        # Places of functions and classes.
        self.definitions = set()

    def qualified(self, *name):
        return ".".join([scope for scope, _ in self.scopes] + list(name))

    @property
    def is_in_function(self):
        return bool(self.scopes) and not self.scopes[-1][1]

    def define(self, kind, name, node):
        self.definitions.add((self.path, node.lineno, name))
        emit(
            t="entity",
            kind=kind,
            name=name,
            qualified=self.qualified(name),
            path=self.path,
            line=node.lineno,
            endLine=node.end_lineno,
        )

    def within(self, name, is_class, nodes, names=()):
        self.scopes.append((name, is_class))
        self.bound.append(set())
        self.locals.append(set(names))
        for node in nodes:
            self.visit(node)
        self.scopes.pop()
        self.bound.pop()
        self.locals.pop()

    # Definitions.

    def visit_ClassDef(self, node):
        for decorator in node.decorator_list:
            self.visit(decorator)
        self.define("class", node.name, node)
        for base in node.bases:
            self.base(base, node)
        self.within(node.name, True, [*node.bases, *node.keywords, *node.body])

    def base(self, base, node):
        name = base.value if isinstance(base, ast.Subscript) else base
        if isinstance(name, (ast.Name, ast.Attribute)):
            line, column, text = self.position(name)
            emit(
                t="inherits",
                path=self.path,
                line=line,
                column=column,
                name=text,
                **{"from": self.qualified(node.name)},
            )

    def visit_FunctionDef(self, node):
        for decorator in node.decorator_list:
            self.visit(decorator)
        self.define(self.kind(node), node.name, node)
        parameters = [a.arg for a in ast.walk(node.args) if isinstance(a, ast.arg)]
        annotations = [node.returns] if node.returns else []
        self.within(node.name, False, [node.args, *annotations, *node.body], [*parameters, *bound_names(node.body)])

    visit_AsyncFunctionDef = visit_FunctionDef

    def kind(self, node):
        if not self.scopes or not self.scopes[-1][1]:
            return "function"
        for decorator in node.decorator_list:
            called = decorator.func if isinstance(decorator, ast.Call) else decorator
            if isinstance(called, ast.Attribute) and isinstance(decorator, ast.Attribute):
                accessor = {"setter": "setter", "getter": "getter", "deleter": "accessor"}.get(called.attr)
                if accessor and isinstance(called.value, ast.Name):
                    return accessor
            name = getattr(called, "attr", getattr(called, "id", ""))
            if name == "DynamicClassAttribute" or name.endswith("property"):
                return "property"
        return "constructor" if node.name in ("__init__", "__new__") else "method"

    def visit_Lambda(self, node):
        self.locals.append({a.arg for a in ast.walk(node.args) if isinstance(a, ast.arg)})
        self.generic_visit(node)
        self.locals.pop()

    def visit_Assign(self, node):
        """Outside of functions a lone variable, and each of several in `a = b = x`, encloses its value."""
        names = [target for target in node.targets if isinstance(target, ast.Name)]
        for target in node.targets:
            self.visit(target)
        if len(names) == len(node.targets) == 1 and not self.is_in_function:
            self.within(names[0].id, True, [node.value])
        else:
            self.visit(node.value)

    def visit_AnnAssign(self, node):
        if self.is_in_function or not isinstance(node.target, ast.Name):
            return self.generic_visit(node)
        annotation = ast.unparse(node.annotation)
        if annotation.rpartition(".")[2] == "TypeAlias":
            self.define("type_alias", node.target.id, node)
            self.bound[-1].add(node.target.id)
        self.visit(node.target)
        self.within(node.target.id, True, [node.annotation, *([node.value] if node.value else [])])

    def visit_Name(self, node):
        """A variable of a module or class is one entity, where it is bound first."""
        if isinstance(node.ctx, ast.Store) and node.id not in self.comprehension_names:
            self.bind(node.id, node)

    def visit_ExceptHandler(self, node):
        if node.name:
            self.bind(node.name, node)
        self.generic_visit(node)

    def bind(self, name, node):
        if self.is_in_function or name in self.bound[-1]:
            return
        self.bound[-1].add(name)
        line, qualified = node.lineno, self.qualified(name)
        emit(t="entity", kind="variable", name=name, qualified=qualified, path=self.path, line=line)

    comprehension_names = frozenset()

    def visit_comprehension_holder(self, node):
        names = {n.id for g in node.generators for n in ast.walk(g.target) if isinstance(n, ast.Name)}
        outer, self.comprehension_names = self.comprehension_names, self.comprehension_names | names
        self.locals.append(names)
        self.generic_visit(node)
        self.locals.pop()
        self.comprehension_names = outer

    visit_ListComp = visit_SetComp = visit_DictComp = visit_GeneratorExp = visit_comprehension_holder

    # Edges.

    def visit_Import(self, node):
        for alias in node.names:
            qualifier, _, name = alias.name.rpartition(".")
            emit(t="import", path=self.path, line=alias.lineno, name=name, qualifier=qualifier)

    def visit_ImportFrom(self, node):
        module = "." * node.level + (node.module or "")
        for alias in node.names:
            emit(t="import", path=self.path, line=alias.lineno, name=alias.name, qualifier=module)

    def visit_Call(self, node):
        called = node.func
        is_local = isinstance(called, ast.Name) and any(called.id in names for names in self.locals)
        if isinstance(called, (ast.Name, ast.Attribute)) and not is_local:
            line, column, name = self.position(called)
            self.calls.append((self.path, line, column, name, self.qualified()))
        self.generic_visit(node)

    def position(self, node):
        """Line, column in bytes from 1, and text of the name in `name` or `value.name`."""
        if isinstance(node, ast.Name):
            return node.lineno, node.col_offset + 1, node.id
        name = node.attr
        return node.end_lineno, node.end_col_offset - len(name.encode()) + 1, name


def bound_names(body):
    """The locals of a function: what is bound in its body by anything but `def`, `class` and `import`."""
    names, exempt, queue = set(), set(), list(body)
    while queue:
        node = queue.pop()
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)):
            continue
        if isinstance(node, (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)):
            continue
        if isinstance(node, (ast.Global, ast.Nonlocal)):
            exempt.update(node.names)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
        elif isinstance(node, ast.ExceptHandler) and node.name:
            names.add(node.name)
        elif isinstance(node, (ast.MatchAs, ast.MatchStar)) and node.name:
            names.add(node.name)
        queue.extend(ast.iter_child_nodes(node))
    return names - exempt


class Jedi:
    """Says what calls mean, as far as jedi can tell."""

    def __init__(self, root, definitions):
        self.root = root
        self.definitions = definitions
        self.project = jedi.Project(root, sys_path=[str(root)], smart_sys_path=False)

    def print_calls(self, calls):
        """Prints all calls; those of the sample with what they mean."""
        sample = set(random.Random(1).sample(range(len(calls)), min(SAMPLE, len(calls))))
        path = script = lines = None
        for number, (file, line, column, name, origin) in enumerate(calls):
            meaning = {}
            if number in sample:
                if path != file:
                    path, script = file, jedi.Script(path=self.root / file, project=self.project)
                    lines = (self.root / file).read_bytes().splitlines()
                characters = len(lines[line - 1][: column - 1].decode("utf-8", "replace"))
                meaning = self.meaning(script, line, characters)
            emit(t="call", path=file, line=line, column=column, name=name, **{"from": origin}, **meaning)

    def meaning(self, script, line, column):
        """The definitions in the tree that a name means, or that it means something outside, or nothing."""
        try:
            found = script.goto(line, column, follow_imports=True, follow_builtin_imports=True)
        except Exception:  # jedi fails in many ways on code that it does not understand
            return {}
        places, is_outside = [], False
        for name in found:
            path = name.module_path
            if name.type not in ("function", "class"):
                return {}
            if path is not None and path.is_relative_to(self.root):
                place = (str(path.relative_to(self.root)), name.line, name.name)
                if place not in self.definitions:
                    return {}
                places.append(dict(zip(("path", "line", "name"), place)))
            elif self.has_module(name.module_name):
                # The tree's own module, of which jedi takes its stubs instead.
                return {}
            else:
                is_outside = True
        return {"to": places} if places else {"external": True} if is_outside else {}

    def has_module(self, module):
        first = (module or "").partition(".")[0]
        return bool(first) and ((self.root / first).exists() or any(self.root.glob(f"{first}.py*")))


if __name__ == "__main__":
    main()
