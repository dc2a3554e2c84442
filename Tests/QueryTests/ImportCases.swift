import Graph

let importCases = [
  ResolutionCase(
    "names imported from a file, also by another name",
    [
      Source(
        "a.x", modular, "imports top -> pkg.m|f", "imports top -> pkg.m|g as h", "calls top -> f", "calls top -> h",
        "calls top -> g"),
      Source("pkg/m.x", modular, "def function f", "def function g"),
      Source("other/m.x", modular, "def function f", "def function h"),
    ], "import modular:function:pkg/m.x:f", "import modular:function:pkg/m.x:g", "import modular:function:pkg/m.x:f",
    "import modular:function:pkg/m.x:g", "external"),
  ResolutionCase(
    "members of a file that is imported",
    [
      Source(
        "a.x", modular, "imports top -> pkg|m", "imports top -> pkg|n as p", "calls top -> m|f", "calls top -> pkg.m|f",
        "calls top -> p|f", "calls top -> m.C|make", "calls top -> m|missing"),
      Source("pkg/m.x", modular, "def function f", "def class C", "def method C.make"),
      Source("pkg/n.x", modular, "def function f"),
      Source("z.x", modular, "def class D", "def method D.f", "def method D.missing", "def method D.make"),
    ], "import", "import", "import modular:function:pkg/m.x:f", "import modular:function:pkg/m.x:f",
    "import modular:function:pkg/n.x:f", "import modular:method:pkg/m.x:C.make", "external"),
  ResolutionCase(
    "what is imported from outside the tree is not mixed up with what is in it",
    [
      Source(
        "a.x", modular, "imports top -> os", "imports top -> lib|run", "calls top -> os|close", "calls top -> run",
        "calls top -> db|close"),
      Source("b.x", modular, "def class F", "def method F.close", "def function run"),
    ], "external", "external", "external", "external", "unique modular:method:b.x:F.close"),
  ResolutionCase(
    "a directory's index file, and what it hands on from below",
    [
      Source(
        "a.x", modular, "imports top -> pkg|f", "imports top -> pkg|deep", "calls top -> f", "calls top -> deep",
        "imports top -> pkg", "calls top -> pkg|deep"),
      Source("pkg/__init__.x", modular, "def function f"), Source("pkg/sub/d.x", modular, "def function deep"),
      Source("q/d.x", modular, "def function deep", "def function f"),
    ], "import modular:function:pkg/__init__.x:f", "import modular:function:pkg/sub/d.x:deep",
    "import modular:function:pkg/__init__.x:f", "import modular:function:pkg/sub/d.x:deep", "import",
    "import modular:function:pkg/sub/d.x:deep"),
  ResolutionCase(
    "leading anchors mean the file's own directory, or one above",
    [
      Source(
        "p/q/a.x", modular, "imports top -> .m|f", "imports top -> ..m|f as g", "imports top -> .|m as n",
        "calls top -> f",
        "calls top -> g", "calls top -> n|f"),
      Source("p/q/m.x", modular, "def function f"), Source("p/m.x", modular, "def function f"),
      Source("m.x", modular, "def function f"),
    ], "import modular:function:p/q/m.x:f", "import modular:function:p/m.x:f", "import",
    "import modular:function:p/q/m.x:f", "import modular:function:p/m.x:f", "import modular:function:p/q/m.x:f"),
  ResolutionCase(
    "of several files that fit, the nearest",
    [
      Source("x/a.x", modular, "imports top -> u|f", "calls top -> f"), Source("x/u.x", modular, "def function f"),
      Source("y/u.x", modular, "def function f"), Source("x/y/u.x", modular, "def function f"),
    ], "import modular:function:x/u.x:f", "import modular:function:x/u.x:f"),
  ResolutionCase(
    "all names of a file",
    [
      Source("a.x", modular, "imports top -> m|*", "calls top -> f", "calls top -> g", "references top -> C"),
      Source("m.x", modular, "def function f", "def class C", "def method C.g"),
      Source("n.x", modular, "def function f"),
    ], "import", "import modular:function:m.x:f", "external", "import modular:class:m.x:C"),
  ResolutionCase(
    "members of what is imported, if it is no file",
    [
      Source(
        "a.x", modular, "imports top -> m|C", "imports top -> m|store", "calls top -> C|make",
        "calls top -> C|inherited",
        "calls top -> store|put"),
      Source("m.x", modular, "def class C", "def method C.make", "def variable store"),
      Source("n.x", modular, "def class D", "def method D.make", "def method D.inherited", "def method D.put"),
    ], "import modular:class:m.x:C", "import modular:variable:m.x:store", "import modular:method:m.x:C.make",
    "external", "unique modular:method:n.x:D.put"),
  ResolutionCase(
    "a directory is imported as one",
    [
      Source(
        "cmd/a.x", packaged, "imports top -> host.org/proj/net|http", "imports top -> net|missing",
        "calls top -> http|get",
        "calls top -> helper", "calls top -> hidden"),
      Source("cmd/b.x", packaged, "def function helper"),
      Source("net/http/client.x", packaged, "def function get", "def function hidden"),
      Source("net/http/b.x", packaged, "def function helper"), Source("web/c.x", packaged, "def function get"),
    ], "import", "external", "import packaged:function:net/http/client.x:get", "scope packaged:function:cmd/b.x:helper",
    "external"),
  ResolutionCase(
    "the directory that a path names from the root, before a nearer one that ends so or says that it is",
    [
      Source(
        "go/doc/a.x", packaged, "imports top -> testing", "calls top -> testing|run", "imports top -> net|http",
        "calls top -> http|get", "imports top -> far", "calls top -> far|run"),
      Source("testing/t.x", packaged, "def function run"),
      Source("go/testing/t.x", packaged, "def function run"),
      Source("go/doc/data/t.x", packaged, "def package testing", "def function run"),
      Source("go/net/http/c.x", packaged, "def function get"), Source("net/http/c.x", packaged, "def function get"),
      Source("go/x/far/f.x", packaged, "def function run"), Source("x/y/far/f.x", packaged, "def function run"),
    ], "import", "import packaged:function:testing/t.x:run", "import", "import packaged:function:net/http/c.x:get",
    "import", "import packaged:function:go/x/far/f.x:run"),
  ResolutionCase(
    "relative paths, with the suffix or without",
    [
      Source(
        "src/ui/a.x", relative, "imports top -> ../lib|util as u", "imports top -> ../lib/util.js|f",
        "calls top -> u|f",
        "calls top -> f", "imports top -> ./gone|g", "calls top -> g", "imports top -> ..|lib"),
      Source("src/lib/util.x", relative, "def function f"), Source("lib/util.x", relative, "def function f"),
      Source("src/lib/index.x", relative, "def function g"),
    ], "import", "import relative:function:src/lib/util.x:f", "import relative:function:src/lib/util.x:f",
    "import relative:function:src/lib/util.x:f", "external", "external", "import"),
  ResolutionCase(
    "the namespace that a file says it is in",
    [
      Source("a.x", modular, "imports top -> app.models|User", "references top -> User"),
      Source("src/x.x", modular, "def namespace app|models", "def class User"),
      Source("src/y.x", modular, "def namespace app|views", "def class User"),
    ], "import modular:class:src/x.x:User", "import modular:class:src/x.x:User"),
]

let includeCases = [
  ResolutionCase(
    "what an included file defines, be it the file's own",
    [
      Source(
        "k/a.c", textual, "imports top -> linux|fs.h", "calls top -> f", "calls top -> g", "calls top -> far",
        "imports top -> stdio.h"),
      Source("include/linux/fs.h", textual, "imports top -> linux|far.h", "def hidden function f", "def struct g"),
      Source("include/linux/far.h", textual, "def hidden function far", "def struct s", "def field s.f"),
      Source("k/b.c", textual, "def hidden function far", "def function f"),
    ], "import", "import textual:function:include/linux/fs.h:f", "import textual:struct:include/linux/fs.h:g",
    "unique textual:function:include/linux/far.h:far", "external"),
  ResolutionCase(
    "of several such files the nearest, though another has what is looked for, which a macro there does not count for",
    [
      Source("tools/t/a.c", textual, "imports top -> linux|mm.h", "calls top -> f", "calls top -> g"),
      Source("include/linux/mm.h", textual, "def macro f", "def macro g"),
      Source("tools/include/linux/mm.h", textual, "def macro f"), Source("x/g.c", textual, "def function g"),
    ], "import", "import textual:macro:tools/include/linux/mm.h:f",
    "unique textual:function:x/g.c:g"),
  ResolutionCase(
    "a macro alone that no include leads to is in doubt",
    [Source("a.c", textual, "calls top -> f"), Source("b.h", textual, "def macro f")],
    "ambiguous textual:macro:b.h:f"),
  ResolutionCase(
    "what included files include, the nearest first, in circles too",
    [
      Source("a.c", textual, "imports top -> b.h", "calls top -> f", "calls top -> g", "calls top -> h"),
      Source("b.h", textual, "imports top -> c.h"),
      Source("c.h", textual, "imports top -> d.h", "imports top -> b.h", "def macro f"),
      Source("d.h", textual, "def macro f", "def macro g"), Source("e.h", textual, "def macro g", "def macro h"),
      Source("g.h", textual, "def macro h"),
    ], "import", "import textual:macro:c.h:f", "import textual:macro:d.h:g",
    "ambiguous textual:macro:e.h:h textual:macro:g.h:h"),
  ResolutionCase(
    "no file without the suffix that the include names",
    [
      Source("a.c", textual, "imports top -> x.h", "calls top -> f"), Source("x", textual, "def function f"),
      Source("z.c", textual, "def function f"),
    ], "external", "ambiguous textual:function:x:f textual:function:z.c:f"),
  ResolutionCase(
    "up from where the file is",
    [
      Source("a/b/c.c", textual, "imports top -> ..|u.h", "calls top -> f"),
      Source("a/u.h", textual, "def macro f"), Source("a/b/u.h", textual, "def macro f"),
    ], "import", "import textual:macro:a/u.h:f"),
  ResolutionCase(
    "languages with one rule for imports share their names",
    [
      Source("a.cc", textualWithMembers, "imports top -> u.h", "calls top -> f", "calls top -> g"),
      Source("u.h", textual, "def function f"), Source("v.c", textual, "def function g"),
    ], "import", "import textual:function:u.h:f", "unique textual:function:v.c:g"),
]

let pathCases = [
  ResolutionCase(
    "a path leads through files and types",
    [
      Source(
        "src/main.x", pathed, "calls top -> crate::store|open", "calls top -> store::Store|new",
        "calls top -> Store|new",
        "calls top -> std::fs|open", "calls top -> v|open", "calls top -> Vec|new", "calls top -> inline|f",
        "calls top -> crate|in_lib"),
      Source(
        "src/store.x", pathed, "def function open", "def struct Store", "def impl Store", "def function Store.new"),
      Source(
        "src/fs/mod.x", pathed, "def struct File", "def impl File", "def function File.open", "def function File.new"),
      Source("src/lib.x", pathed, "def module inline", "def function inline.f", "def function in_lib"),
      Source("src/other.x", pathed, "def function f"),
    ], "unique pathed:function:src/store.x:open", "unique pathed:function:src/store.x:Store::new",
    "unique pathed:function:src/store.x:Store::new", "external",
    "unique pathed:function:src/fs/mod.x:File::open",
    "external", "unique pathed:function:src/lib.x:inline::f", "unique pathed:function:src/lib.x:in_lib"),
  ResolutionCase(
    "imports of modules, types and all",
    [
      Source(
        "src/a/b.x", pathed, "imports top -> crate::store|Store", "imports top -> super|sibling",
        "imports top -> std|fs",
        "calls top -> Store|new", "calls top -> sibling|f", "calls top -> fs|f", "imports top -> crate::store|*",
        "references top -> Other", "references top -> None"),
      Source("src/store.x", pathed, "def struct Store", "def impl Store", "def function Store.new", "def struct Other"),
      Source("src/a/sibling.x", pathed, "def function f"), Source("src/z/mod.x", pathed, "def struct None"),
    ], "import pathed:struct:src/store.x:Store", "import", "external",
    "import pathed:function:src/store.x:Store::new", "import pathed:function:src/a/sibling.x:f", "external",
    "import",
    "import pathed:struct:src/store.x:Other", "external"),
]
