; Python.

; Containers: a module, class bodies, and the blocks of statements in between, so that a definition under
; `if TYPE_CHECKING:` or in `try: ... except ImportError:` is found as if it stood outside.
(module) @container
(block) @container
(class_definition) @container
(decorated_definition) @container
(if_statement) @container
(elif_clause) @container
(else_clause) @container
(try_statement) @container
(except_clause) @container
(finally_clause) @container
(with_statement) @container
(for_statement) @container
(while_statement) @container
(match_statement) @container
(case_clause) @container

; Scopes of locals. The first iterable of a comprehension, defaults and annotations belong to the scope around; as they
; seldom name what the inner scope declares, the whole node is the scope.
(function_definition) @local.scope
(lambda) @local.scope
(list_comprehension) @local.scope
(set_comprehension) @local.scope
(dictionary_comprehension) @local.scope
(generator_expression) @local.scope
(type_alias_statement) @local.scope

; What a decorator says of the definition after it.
(decorator) @annotation
((decorator [(attribute) @_path (call function: (attribute) @_path)]) @test
  (#match? @_path "^(pytest[.](fixture|mark[.].*)|unittest[.](skip|skipIf|skipUnless|expectedFailure))$"))

; A unittest class is test code with all that is in it; pytest's functions are found by the path of their file.
((class_definition superclasses: (argument_list [(identifier) @_base (attribute attribute: (identifier) @_base)])) @test
  (#match? @_base "TestCase$"))

; Functions. A decorated one begins at its `def`: the decorators are evaluated, and counted, outside.
; The accessors of a property are entities of their own, of different kinds. A type that may be any says nothing.
((decorated_definition
  (decorator [
    (identifier) @_decorator
    (attribute attribute: (identifier) @_decorator)
    (call function: (identifier) @_decorator)
    (call function: (attribute attribute: (identifier) @_decorator))])
  (function_definition name: (identifier) @name return_type: (type) @type) @definition.property)
  (#within? "class") (#not-match? @type "(^|[^A-Za-z0-9_])(Any|object|Union[[].*)[\"']?$") (#match? @_decorator "^([a-z_]*property|DynamicClassAttribute)$"))
((decorated_definition
  (decorator [
    (identifier) @_decorator
    (attribute attribute: (identifier) @_decorator)
    (call function: (identifier) @_decorator)
    (call function: (attribute attribute: (identifier) @_decorator))])
  (function_definition name: (identifier) @name) @definition.property)
  (#within? "class") (#match? @_decorator "^([a-z_]*property|DynamicClassAttribute)$"))
((decorated_definition
  (decorator (attribute object: (identifier) attribute: (identifier) @_decorator))
  (function_definition name: (identifier) @name) @definition.setter)
  (#within? "class") (#eq? @_decorator "setter"))
((decorated_definition
  (decorator (attribute object: (identifier) attribute: (identifier) @_decorator))
  (function_definition name: (identifier) @name) @definition.getter)
  (#within? "class") (#eq? @_decorator "getter"))
((decorated_definition
  (decorator (attribute object: (identifier) attribute: (identifier) @_decorator))
  (function_definition name: (identifier) @name) @definition.accessor)
  (#within? "class") (#eq? @_decorator "deleter"))

((function_definition name: (identifier) @name) @definition.constructor
  (#within? "class") (#any-of? @name "__init__" "__new__"))
((function_definition name: (identifier) @name return_type: (type) @type) @definition.method (#within? "class")
  (#not-match? @type "(^|[^A-Za-z0-9_])(Any|object|Union[[].*)[\"']?$"))
((function_definition name: (identifier) @name) @definition.method (#within? "class"))
((function_definition name: (identifier) @name return_type: (type) @type) @definition.function
  (#not-match? @type "(^|[^A-Za-z0-9_])(Any|object|Union[[].*)[\"']?$"))
(function_definition name: (identifier) @name) @definition.function

(class_definition name: (identifier) @name) @definition.class

; `type X = ...`, `X: TypeAlias = ...`
(type_alias_statement left: (type [(identifier) @name (generic_type . (identifier) @name)])) @definition.type_alias
((assignment
  left: (identifier) @name
  type: (type [(identifier) @_type (attribute attribute: (identifier) @_type)])) @definition.type_alias
  (#eq? @_type "TypeAlias")
  (#not-within? "function" "method" "constructor" "property" "setter" "getter" "accessor"))

; Variables of a module or class: every name that is bound there by anything but `def`, `class` or `import`. In a function
; the same patterns declare locals. A lone target encloses its value; of several each is an entity without extent.
; A name in capitals is a constant. Where no type is written, a value that names lead to may tell it.
((assignment left: (identifier) @name @definition.constant right: (assignment))
  (#match? @name "^_*[A-Z][A-Z0-9_]*$")
  (#not-within? "function" "method" "constructor" "property" "setter" "getter" "accessor"))
((assignment left: (identifier) @name type: (type) @type) @definition.constant
  (#not-match? @type "(^|[^A-Za-z0-9_])(Any|object|Union[[].*)[\"']?$")
  (#match? @name "^_*[A-Z][A-Z0-9_]*$")
  (#not-within? "function" "method" "constructor" "property" "setter" "getter" "accessor"))
((assignment left: (identifier) @name right: [(call) (attribute) (await)] @value) @definition.constant
  (#match? @name "^_*[A-Z][A-Z0-9_]*$")
  (#not-within? "function" "method" "constructor" "property" "setter" "getter" "accessor"))
((assignment left: (identifier) @name) @definition.constant
  (#match? @name "^_*[A-Z][A-Z0-9_]*$")
  (#not-within? "function" "method" "constructor" "property" "setter" "getter" "accessor"))
([(pattern_list (identifier) @name @definition.constant)
  (tuple_pattern (identifier) @name @definition.constant)
  (list_pattern (identifier) @name @definition.constant)]
  (#match? @name "^_*[A-Z][A-Z0-9_]*$")
  (#not-within? "function" "method" "constructor" "property" "setter" "getter" "accessor"))
(assignment left: (identifier) @name @definition.variable right: (assignment))
((assignment left: (identifier) @name type: (type) @type) @definition.variable
  (#not-match? @type "(^|[^A-Za-z0-9_])(Any|object|Union[[].*)[\"']?$"))
(assignment left: (identifier) @name right: [(call) (attribute) (await)] @value) @definition.variable
(assignment left: (identifier) @name) @definition.variable
(pattern_list (identifier) @name @definition.variable)
(tuple_pattern (identifier) @name @definition.variable)
(list_pattern (identifier) @name @definition.variable)
(list_splat_pattern (identifier) @name @definition.variable)
(for_statement . (identifier) @name @definition.variable)
(with_item (as_pattern . [(call) (attribute)] @value alias: (as_pattern_target (identifier) @name @definition.variable)))
(except_clause (as_pattern . [(identifier) (attribute)] @type alias: (as_pattern_target (identifier) @name @definition.variable)))
(as_pattern_target [
  (identifier) @name @definition.variable
  (parenthesized_expression (identifier) @name @definition.variable)
  (tuple (identifier) @name @definition.variable)
  (tuple (tuple (identifier) @name @definition.variable))
  (list (identifier) @name @definition.variable)])
(named_expression name: (identifier) @name @definition.variable value: [(call) (attribute) (await)] @value)
(named_expression name: (identifier) @name @definition.variable)
; Names that a `case` binds: one that stands alone is bound, one with dots is a value.
([(case_pattern (dotted_name . (identifier) @name @definition.variable .))
  (union_pattern (dotted_name . (identifier) @name @definition.variable .))
  (keyword_pattern (dotted_name . (identifier) @name @definition.variable .))])
(splat_pattern (identifier) @name @definition.variable)
(as_pattern (case_pattern (class_pattern . (dotted_name) @type)) (identifier) @name @definition.variable)
(as_pattern (case_pattern) (identifier) @name @definition.variable)

; `x += 1` binds nothing: in a function it follows a binding, or `global x`.

; Parameters, comprehension variables, type parameters. The first of a method is of the type around it.
((parameters . (identifier) @local.definition @type) (#any-of? @type "self" "cls"))
(parameters (identifier) @local.definition)
(lambda_parameters (identifier) @local.definition)
(default_parameter name: (identifier) @local.definition)
((parameters . (typed_parameter . (identifier) @local.definition @type)) (#any-of? @type "self" "cls"))
((typed_parameter . (identifier) @local.definition type: (type) @type)
  (#not-match? @type "(^|[^A-Za-z0-9_])(Any|object|Union[[].*)[\"']?$"))
(typed_parameter . (identifier) @local.definition)
((typed_default_parameter name: (identifier) @local.definition type: (type) @type)
  (#not-match? @type "(^|[^A-Za-z0-9_])(Any|object|Union[[].*)[\"']?$"))
(typed_default_parameter name: (identifier) @local.definition)
(dictionary_splat_pattern (identifier) @local.definition)
(for_in_clause left: (identifier) @local.definition)
(function_definition type_parameters: (type_parameter (type [
  (identifier) @local.definition
  (constrained_type . (type (identifier) @local.definition))
  (splat_type (identifier) @local.definition)])))
(class_definition type_parameters: (type_parameter (type [
  (identifier) @local.definition
  (constrained_type . (type (identifier) @local.definition))
  (splat_type (identifier) @local.definition)])))
(type_alias_statement left: (type (generic_type (type_parameter (type [
  (identifier) @local.definition
  (constrained_type . (type (identifier) @local.definition))
  (splat_type (identifier) @local.definition)])))))

; Imports. A name imported in a function is no local: what it is called with leads to its definition.
(import_statement name: (dotted_name) @name) @reference.import
(import_statement name: (aliased_import name: (dotted_name) @name alias: (identifier) @alias)) @reference.import
(import_from_statement module_name: (_) @qualifier name: (dotted_name) @name) @reference.import
(import_from_statement module_name: (_) @qualifier
  name: (aliased_import name: (dotted_name) @name alias: (identifier) @alias)) @reference.import
(import_from_statement module_name: (_) @qualifier (wildcard_import) @name) @reference.import
(future_import_statement "__future__" @qualifier name: (dotted_name) @name) @reference.import
(future_import_statement "__future__" @qualifier
  name: (aliased_import name: (dotted_name) @name alias: (identifier) @alias)) @reference.import

; Bases. `metaclass=M` and the arguments of `Generic[T]` are references.
(class_definition superclasses: (argument_list [
  (identifier) @name @reference.inheritance
  (attribute object: (_) @qualifier attribute: (identifier) @name) @reference.inheritance
  (subscript value: (identifier) @name @reference.inheritance)
  (subscript value: (attribute object: (_) @qualifier attribute: (identifier) @name) @reference.inheritance)]))

; Calls.
(call function: (identifier) @name) @reference.call
(call function: (parenthesized_expression (identifier) @name)) @reference.call
; The grammar takes `{*f(x)}` for a call of `*f`, and `[*a.f(x)]` for one of `(*a).f`.
(call function: (list_splat (identifier) @name)) @reference.call
(call function: (attribute object: (list_splat (_) @qualifier) attribute: (identifier) @name)) @reference.call
(call function: (attribute object: (_) @qualifier attribute: (identifier) @name)) @reference.call
(call function: (list_splat (attribute object: (_) @qualifier attribute: (identifier) @name))) @reference.call
; The grammar takes `type(x).y = z` for the alias `type (x).y = z`.
((type_alias_statement "type" @name left: (type) @_left) @reference.call (#match? @_left "^[(]"))

; Attributes read by name (`mod.function` handed over, `Color.RED`, `node.parent`), but neither those of `self` nor those of
; an expression, and none that is assigned to.
((attribute object: [(identifier) (attribute)] @qualifier attribute: (identifier) @name) @reference.value
  (#not-match? @qualifier "^(self|cls)([^A-Za-z0-9_]|$)|[][({\"']")
  (#not-has-parent? @reference.value
    "decorator" "assignment" "augmented_assignment" "for_statement" "for_in_clause" "pattern_list" "tuple_pattern"
    "list_pattern" "list_splat_pattern" "as_pattern_target"))
([(assignment right: (attribute object: [(identifier) (attribute)] @qualifier attribute: (identifier) @name) @reference.value)
  (augmented_assignment right: (attribute object: [(identifier) (attribute)] @qualifier attribute: (identifier) @name) @reference.value)
  (for_statement right: (attribute object: [(identifier) (attribute)] @qualifier attribute: (identifier) @name) @reference.value)
  (for_in_clause right: (attribute object: [(identifier) (attribute)] @qualifier attribute: (identifier) @name) @reference.value)]
  (#not-match? @qualifier "^(self|cls)([^A-Za-z0-9_]|$)|[][({\"']"))
((decorator (attribute object: (_) @qualifier attribute: (identifier) @name) @reference.value)
  (#not-any-of? @name "setter" "getter" "deleter"))

; Patterns of `case`: classes and values.
(class_pattern (dotted_name . (identifier) @name .)) @reference.class
((dotted_name (identifier) @qualifier . (identifier) @name) @reference.value
  (#has-parent? @reference.value "class_pattern" "case_pattern" "union_pattern" "keyword_pattern" "dict_pattern"))
((dotted_name . (identifier) @reference.value (identifier)) @_path
  (#has-parent? @_path "class_pattern" "case_pattern" "union_pattern" "keyword_pattern" "dict_pattern"))

; `__all__` names what a module offers.
((assignment left: (identifier) @_all right: [
  (list (string (string_content) @reference.value))
  (tuple (string (string_content) @reference.value))])
  (#eq? @_all "__all__"))
((augmented_assignment left: (identifier) @_all right: [
  (list (string (string_content) @reference.value))
  (tuple (string (string_content) @reference.value))])
  (#eq? @_all "__all__"))

; Every other name that is used. Keywords of arguments, names of attributes and of imports are none.
(attribute object: (identifier) @reference.value)
(keyword_argument value: (identifier) @reference.value)
((identifier) @reference.value
  (#not-has-parent? @reference.value
    "attribute" "keyword_argument" "dotted_name" "aliased_import" "keyword_pattern"
    "global_statement" "nonlocal_statement"))
