import Graph

let scopeCases = [
  ResolutionCase(
    "what an instance is made of is a type, though a value or a function of its name is nearer",
    [
      Source(
        "a.x", textualWithMembers, "def class C", "def class D", "def property D.C : C", "def method D.f",
        "calls D.f -> C made", "calls D.f -> C", "calls D.f -> gone made"),
      Source("b.x", textualWithMembers, "def function gone"),
    ], "scope textual2:class:a.x:C", "scope textual2:property:a.x:D::C", "external"),
  ResolutionCase(
    "the innermost scope wins",
    [
      Source(
        "a", plain, "def function f", "def function g", "def function g.f", "calls g -> f", "calls g.f -> f",
        "calls top -> f")
    ], "scope plain:function:a:g.f", "scope plain:function:a:g.f", "scope plain:function:a:f"),
  ResolutionCase(
    "what stands in another function is hidden, here and elsewhere",
    [
      Source("a", plain, "def function f", "def function g", "def function g.inner", "calls f -> inner"),
      Source("b", plain, "def function h", "def function h.inner"),
    ], "external"),
  ResolutionCase(
    "languages of another family are strangers",
    [
      Source("a.c", textual, "imports top -> u.h", "calls top -> f"),
      Source("u.h", estranged, "def function f"),
    ], "external", "external"),
  ResolutionCase(
    "a method is not reached by its name alone",
    [Source("a", plain, "def class A", "def method A.m", "def method A.n", "calls A.n -> m", "calls top -> m")],
    "external", "external"),
  ResolutionCase(
    "unless members need no qualifier; those of other types are not",
    [
      Source(
        "a", textualWithMembers, "def class A", "def method A.m", "def method A.n", "calls A.n -> m",
        "calls A.n -> base",
        "calls A.n -> two"),
      Source("b", textualWithMembers, "def class B", "def method B.base", "def method B.two", "def function two"),
    ], "scope textual2:method:a:A::m", "external", "unique textual2:function:b:two"),
  ResolutionCase(
    "members of a transparent kind stand beside it",
    [Source("a", plain, "def enum E", "def enum_member E.x", "def function f", "references f -> x")],
    "scope plain:enum_member:a:x"),
  ResolutionCase(
    "a namespace in two pieces is one scope",
    [
      Source(
        "a", plain, "def namespace n", "def function n.f", "def namespace n", "def function n.g", "calls n.g -> f")
    ], "scope plain:function:a:n.f"),
  ResolutionCase(
    "calls prefer what is callable, then types, then values",
    [
      Source(
        "a", plain, "def variable x", "def struct x", "def function x", "def variable y", "def struct y",
        "def variable z",
        "def module w", "calls top -> x", "calls top -> y", "calls top -> z", "calls top -> w")
    ], "scope plain:function:a:x", "scope plain:struct:a:y", "scope plain:variable:a:z", "external"),
  ResolutionCase(
    "a type's name means the type, not its pieces or constructors",
    [
      Source(
        "a", plain, "def struct T", "def impl T", "def class K", "def constructor K.K", "references top -> T",
        "references top -> K", "inherits top -> K", "calls top -> K")
    ], "scope plain:struct:a:T", "scope plain:class:a:K", "scope plain:class:a:K", "scope plain:constructor:a:K.K"),
  ResolutionCase(
    "only types are inherited from, before modules and values",
    [
      Source(
        "a", plain, "def function B", "def interface B", "def module M", "inherits top -> B", "implements top -> M")
    ], "scope plain:interface:a:B", "scope plain:module:a:M"),
  ResolutionCase(
    "definitions under opposite conditions are both meant",
    [Source("a", plain, "def function f", "def function f", "calls top -> f")],
    "ambiguous plain:function:a:f plain:function:a:f~2"),
]

let memberCases = [
  ResolutionCase(
    "a receiver leads to the enclosing type",
    [
      Source(
        "a", plain, "def function m", "def class A", "def method A.m", "def method A.n", "def function A.n.inner",
        "def class B", "def method B.m", "calls A.n -> self|m", "calls A.n.inner -> self|m", "calls B.m -> self|m")
    ], "scope plain:method:a:A.m", "scope plain:method:a:A.m", "scope plain:method:a:B.m"),
  ResolutionCase(
    "and to its other pieces",
    [
      Source(
        "a", plain, "def struct S", "def field S.x", "def impl S", "def method S.f", "def impl S", "def method S.g",
        "calls S.f -> self|g", "references S.f -> self|x", "calls S.f -> self|far"),
      Source("b", plain, "def extension S", "def method S.far", "def class T", "def method T.far"),
    ], "scope plain:method:a:S.g", "scope plain:field:a:S.x", "scope plain:method:b:S.far"),
  ResolutionCase(
    "and to its bases",
    [
      Source("a", plain, "def class A", "def method A.m", "inherits A -> Base", "calls A.m -> self|m2"),
      Source("b", plain, "def class Base", "def method Base.m2", "def class Other", "def method Other.m2"),
    ], "unique plain:class:b:Base", "unique plain:method:b:Base.m2"),
  ResolutionCase(
    "what the type around is known not to have lies outside; what its values have may be anybody's",
    [
      Source(
        "a", plain, "def class A", "def method A.m", "calls A.m -> self|other", "calls A.m -> self|both",
        "calls A.m -> self|f", "calls A.m -> self.x|both"),
      Source("b", plain, "def class B", "def method B.other", "def method B.both", "def function f"),
      Source("c", plain, "def class C", "def method C.both"),
    ], "external", "external", "external",
    "ambiguous plain:method:b:B.both plain:method:c:C.both"),
  ResolutionCase(
    "a type's name leads to its members",
    [
      Source(
        "a", plain, "def class A", "def method A.m", "calls top -> A|m", "calls top -> x.A|m", "calls top -> B|m",
        "calls top -> Unknown|m", "calls top -> unknown|m"),
      Source("b", plain, "def class B", "def method B.m"),
    ], "scope plain:method:a:A.m", "scope plain:method:a:A.m", "unique plain:method:b:B.m", "external",
    "ambiguous plain:method:a:A.m plain:method:b:B.m"),
  ResolutionCase(
    "an expression leads to any member of that name",
    [
      Source(
        "a", plain, "def struct S", "def field S.find", "calls top -> f()|find", "calls top -> x[1].y|find",
        "calls top -> …|find"),
      Source("b", plain, "def function find"),
    ], "unique plain:field:a:S.find", "unique plain:field:a:S.find", "unique plain:field:a:S.find"),
]

let nameCases = [
  ResolutionCase(
    "the only one, wherever it is",
    [
      Source("a", plain, "calls top -> f", "calls top -> g", "references top -> T"),
      Source("b", plain, "def function f"),
      Source("c", plain, "def struct T"),
    ], "unique plain:function:b:f", "external", "unique plain:struct:c:T"),
  ResolutionCase(
    "several, in order",
    [
      Source("m", plain, "calls top -> f"), Source("z", plain, "def function f"), Source("b", plain, "def function f"),
      Source("c", plain, "def macro f"), Source("B", plain, "def function f"),
    ],
    "ambiguous plain:function:B:f plain:function:b:f plain:function:z:f plain:macro:c:f"),
  ResolutionCase(
    "many, by the same answer each time",
    [
      Source("a", plain, "calls top -> f", "calls top -> ?|f", "references top -> f"),
      Source("b1", plain, "def function f"), Source("b2", plain, "def function f"), Source("b3", plain, "def class f"),
      Source("b4", plain, "def class C", "def method C.f"), Source("b5", plain, "def variable f"),
    ], "ambiguous plain:function:b1:f plain:function:b2:f", "unique plain:method:b4:C.f",
    "ambiguous plain:class:b3:f plain:function:b1:f plain:function:b2:f plain:variable:b5:f"),
  ResolutionCase(
    "another language's are not meant",
    [Source("a", plain, "calls top -> f"), Source("b", modular, "def function f")], "external"),
  ResolutionCase(
    "what another file keeps to itself is not meant",
    [
      Source("a", plain, "calls top -> f", "calls top -> g"),
      Source("b", plain, "def hidden function f", "def hidden function g"), Source("c", plain, "def function g"),
    ], "external", "unique plain:function:c:g"),
  ResolutionCase(
    "not even with many of that name",
    [
      Source("a", plain, "def class A", "def hidden method A.f", "calls top -> ?|f"),
      Source("b1", plain, "def class A", "def hidden method A.f"), Source("b2", plain, "def class A", "def method A.f"),
      Source("b3", plain, "def class A", "def hidden method A.f"), Source("b4", plain, "def class A", "def method A.f"),
      Source("b5", plain, "def class A", "def hidden method A.f"),
    ], "ambiguous plain:method:a:A.f plain:method:b2:A.f plain:method:b4:A.f"),
  ResolutionCase(
    "where files are imported one by one, a namesake is not meant",
    [
      Source("a.x", modular, "calls top -> open", "calls top -> m"),
      Source("b.x", modular, "def function open", "def macro m"),
    ], "external", "unique modular:macro:b.x:m"),
]
