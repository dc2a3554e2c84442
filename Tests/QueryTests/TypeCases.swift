import Graph

/// Members need no qualifier, files share their packages, and methods are told apart by their number of parameters.
private let typed = LanguageTraits(
  name: "typed", separator: ".", receivers: ["this", ""], bases: ["super"], wrappers: ["Box"], sharing: .package,
  imports: ImportRule(separator: ".", indexNames: ["*"]))

/// With methods that stand outside of what they extend.
private let extending = LanguageTraits(
  name: "extending", separator: ".", extendsFromOutside: true, sharing: .package,
  imports: ImportRule(separator: ".", indexNames: ["*"]))

private let untrusting = LanguageTraits(name: "untrusting", separator: ".", trustsMembers: false)

/// With namespaces, and types in pieces.
private let spaced = LanguageTraits(
  name: "spaced", separator: ".", receivers: ["this", ""], bases: ["base"], hasOpenTypes: true, sharing: .namespace,
  imports: ImportRule(separator: ".", bringsAll: true))

let typeCases = [
  ResolutionCase(
    "a local's type leads to its members, and those alone",
    [
      Source(
        "a", plain, "def class A", "def method A.m", "def class B", "def method B.m", "def function f",
        "calls f -> x|m of A", "calls f -> x|m of =B()", "calls f -> x|m of ?", "calls f -> x|gone of A",
        "calls f -> x|m of Elsewhere", "calls f -> x|m of T", "calls f -> x|m of A[]", "calls f -> x|m of *A<B>"),
      Source("b", plain, "def class C", "def method C.gone"),
    ], "scope plain:method:a:A.m", "scope plain:method:a:B.m", "ambiguous plain:method:a:A.m plain:method:a:B.m",
    "external", "external", "ambiguous plain:method:a:A.m plain:method:a:B.m",
    "ambiguous plain:method:a:A.m plain:method:a:B.m", "scope plain:method:a:A.m"),
  ResolutionCase(
    "from field to field, from call to call, through the file in which each is declared",
    [
      Source(
        "a.x", modular, "imports top -> pkg.b|Store", "def function f", "calls f -> s.db|open of Store",
        "calls f -> s.make().db|open of Store", "calls f -> Store().db|open", "calls f -> s.missing|open of Store",
        "calls f -> s.loop.loop|open of Store"),
      Source(
        "pkg/b.x", modular, "imports top -> .c|DB", "def class Store", "def field Store.db : DB",
        "def method Store.make : Store", "def field Store.loop : =self.loop"),
      Source("pkg/c.x", modular, "def class DB", "def method DB.open"),
      Source("d.x", modular, "def class Door", "def method Door.open"),
    ], "import modular:class:pkg/b.x:Store", "import modular:method:pkg/c.x:DB.open",
    "import modular:method:pkg/c.x:DB.open", "import modular:method:pkg/c.x:DB.open",
    "ambiguous modular:method:d.x:Door.open modular:method:pkg/c.x:DB.open",
    "ambiguous modular:method:d.x:Door.open modular:method:pkg/c.x:DB.open"),
  ResolutionCase(
    "the nearest definition up the hierarchy, over files; a base in no file ends the search",
    [
      Source(
        "p/a.x", typed, "def package p", "def class A", "inherits A -> B", "def method A.own", "calls A.own -> far",
        "calls A.own -> near", "calls A.own -> super|near", "calls A.own -> this|far", "calls A.own -> nowhere",
        "calls A.own -> stranger"),
      Source("p/b.x", typed, "def package p", "def class B", "inherits B -> C", "def method B.near"),
      Source(
        "q/c.x", typed, "def package p", "def class C", "inherits C -> Outside", "def method C.far", "def method C.near"
      ),
      Source("q/d.x", typed, "def package q", "def class D", "def method D.stranger", "def class B"),
    ], "scope typed:class:p/b.x:B", "scope typed:method:q/c.x:C.far", "scope typed:method:p/b.x:B.near",
    "scope typed:method:p/b.x:B.near", "scope typed:method:q/c.x:C.far", "external", "external"),
  ResolutionCase(
    "an inherited member is nearer than what stands around the type",
    [
      Source(
        "a.x", typed, "def function m", "def class A", "inherits A -> B", "def method A.own", "calls A.own -> m",
        "calls top -> m"),
      Source("b.x", typed, "def class B", "def method B.m"),
    ], "scope typed:class:b.x:B", "scope typed:method:b.x:B.m", "scope typed:function:a.x:m"),
  ResolutionCase(
    "overloads by the number of arguments, the nearest that fits",
    [
      Source(
        "a.x", typed, "def class A", "inherits A -> B", "def method A.m takes 1", "def method A.m takes 2-3",
        "calls A.m -> m with 1", "calls A.m -> m with 3", "calls A.m -> m with 0", "calls A.m -> m with 9",
        "calls A.m -> m"),
      Source("b.x", typed, "def class B", "def method B.m takes 0"),
    ], "scope typed:class:b.x:B", "scope typed:method:a.x:A.m", "scope typed:method:a.x:A.m~2",
    "scope typed:method:b.x:B.m", "ambiguous typed:method:a.x:A.m typed:method:a.x:A.m~2",
    "ambiguous typed:method:a.x:A.m typed:method:a.x:A.m~2"),
  ResolutionCase(
    "a name that only fits by itself does not fit with other arguments",
    [
      Source("a", plain, "calls top -> f with 1", "calls top -> f with 2", "calls top -> x|m with 2"),
      Source("b", plain, "def function f takes 1", "def class C", "def method C.m takes 0"),
    ], "unique plain:function:b:f", "external", "external"),
  ResolutionCase(
    "words that make an object",
    [
      Source(
        "a.x", typed, "def class A", "inherits A -> B", "def constructor A.A takes 1", "def constructor A.A takes 2",
        "calls A.A -> super with 0", "calls A.A -> this with 2", "calls A.A -> A with 1", "references A.A -> A"),
      Source("b.x", typed, "def class B", "def constructor B.B takes 0"),
    ], "scope typed:class:b.x:B", "scope typed:constructor:b.x:B.B", "scope typed:constructor:a.x:A.A~2",
    "scope typed:constructor:a.x:A.A", "scope typed:class:a.x:A"),
  ResolutionCase(
    "what a type hands on, an alias, an alias in a circle",
    [
      Source(
        "a", typed, "def class A", "def method A.m", "def type_alias Short : A", "def type_alias Round : Round2",
        "def type_alias Round2 : Round", "calls top -> x|m of Box<A>", "calls top -> x|m of Short",
        "calls top -> x|m of Other<A>", "calls top -> x|m of Round")
    ], "scope typed:method:a:A.m", "scope typed:method:a:A.m", "external", "external"),
  ResolutionCase(
    "a member that types elsewhere have too is not sure to be the tree's, unless the type is known",
    [
      Source(
        "a.x", modular, "def class A", "def method A.append", "def method A.own", "calls top -> x.y|append",
        "calls top -> x.y|own", "calls A.own -> self|append")
    ], "ambiguous modular:method:a.x:A.append", "unique modular:method:a.x:A.own",
    "scope modular:method:a.x:A.append"),
  ResolutionCase(
    "where types are seldom written, the only member of a name proves nothing",
    [
      Source(
        "a.x", untrusting, "def class A", "def method A.own", "calls top -> x.y|own", "calls top -> x|own of A")
    ], "ambiguous untrusting:method:a.x:A.own", "scope untrusting:method:a.x:A.own"),
  ResolutionCase(
    "a class goes before the object of its name",
    [
      Source(
        "a.x", plain, "def object C", "def class C", "calls top -> C", "references top -> C", "inherits top -> C",
        "def object O", "references top -> O", "calls top -> O")
    ], "scope plain:class:a.x:C", "scope plain:class:a.x:C", "scope plain:class:a.x:C", "scope plain:object:a.x:O",
    "scope plain:object:a.x:O"),
  ResolutionCase(
    "a method at the top of a file extends types from outside, where the language has such",
    [
      Source(
        "p/a.x", extending, "def package p", "imports top -> q|show", "calls top -> x|show of Text",
        "calls top -> x|near of Text", "calls top -> x|far of Text"),
      Source("p/b.x", extending, "def package p", "def method near"),
      Source("q/c.x", extending, "def package q", "def method show", "def method far"),
    ], "import extending:method:q/c.x:show", "import extending:method:q/c.x:show", "scope extending:method:p/b.x:near",
    "external"),
  ResolutionCase(
    "a package's names are seen in it, others where they are imported",
    [
      Source(
        "src/p/a.x", typed, "def package p", "imports top -> q|D", "references top -> C", "references top -> D",
        "references top -> E"),
      Source("test/p/c.x", typed, "def package p", "def class C"),
      Source("q/d.x", typed, "def package q", "def class D", "def class E", "def class C"),
    ], "import typed:class:q/d.x:D", "scope typed:class:test/p/c.x:C", "import typed:class:q/d.x:D", "external"),
  ResolutionCase(
    "namespaces around a use, outwards, whatever file they stand in; others where they are opened",
    [
      Source(
        "a.x", spaced, "imports top -> other", "def namespace n", "def namespace n.m", "def class n.m.A",
        "def method n.m.A.f", "references n.m.A.f -> Inner", "references n.m.A.f -> Outer",
        "references n.m.A.f -> Both",
        "references n.m.A.f -> Opened", "references n.m.A.f -> Closed", "calls n.m.A.f -> part"),
      Source(
        "b.x", spaced, "def namespace n", "def class n.Outer", "def class n.Both", "def namespace n.m",
        "def class n.m.Inner", "def class n.m.Both", "def class n.m.A", "def method n.m.A.part"),
      Source(
        "c.x", spaced, "def namespace other", "def class other.Opened", "def class other.A", "def method other.A.part"),
      Source("d.x", spaced, "def namespace shut", "def class shut.Closed"),
    ], "import", "scope spaced:class:b.x:n.m.Inner", "scope spaced:class:b.x:n.Outer",
    "scope spaced:class:b.x:n.m.Both", "import spaced:class:c.x:other.Opened", "external",
    "scope spaced:method:b.x:n.m.A.part"),
  ResolutionCase(
    "names handed on from file to file, all of them or one by another name, not for ever",
    [
      Source(
        "a.x", modular, "imports top -> pkg|made", "imports top -> pkg|deep", "imports top -> pkg|lost",
        "calls top -> made"),
      Source(
        "pkg/__init__.x", modular, "imports top -> lib.one|make as made", "imports top -> lib.two|*",
        "imports top -> .|lost"),
      Source("lib/one.x", modular, "def function make"), Source("lib/two.x", modular, "imports top -> lib.three|*"),
      Source("lib/three.x", modular, "def function deep", "imports top -> lib.two|*"),
      Source("other/made.x", modular, "def function made"),
    ], "import modular:function:lib/one.x:make", "import modular:function:lib/three.x:deep", "external",
    "import modular:function:lib/one.x:make"),
]
