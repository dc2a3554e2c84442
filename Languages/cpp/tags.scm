; C++. What it shares with C is written as there.

; Where an edit stays local.
(translation_unit) @container
(preproc_if) @container
(preproc_ifdef) @container
(preproc_elif) @container
(preproc_elifdef) @container
(preproc_else) @container
(linkage_specification) @container
(namespace_definition) @container
(declaration_list) @container
(class_specifier) @container
(struct_specifier) @container
(union_specifier) @container
(field_declaration_list) @container
(enumerator_list) @container

; Scopes of locals. What a template's parameters name is seen in what it makes, which so is one piece. A declaration of
; a function has parameters of its own.
((function_definition declarator: [
  (function_declarator) (pointer_declarator) (reference_declarator) (operator_cast) (qualified_identifier)
  (parenthesized_declarator)]) @local.scope)
((compound_statement) @local.scope (#not-within? "class" "struct" "namespace"))
((compound_statement) @local.scope (#not-has-parent? @local.scope "function_definition"))
(for_statement) @local.scope
(for_range_loop) @local.scope
(if_statement) @local.scope
(while_statement) @local.scope
(switch_statement) @local.scope
(catch_clause) @local.scope
(lambda_expression) @local.scope
(requires_expression) @local.scope
(preproc_function_def) @local.scope
((template_declaration parameters: (_)) @local.scope)
(template_template_parameter_declaration) @local.scope
(field_declaration declarator: (_) @_d
  (#descend! @_d "declarator")
  (#has-parent? @_d "function_declarator" "parenthesized_declarator")) @local.scope
((declaration declarator: [
  (function_declarator) (operator_cast)
  (pointer_declarator declarator: (function_declarator))
  (pointer_declarator declarator: (pointer_declarator declarator: (function_declarator)))
  (reference_declarator (function_declarator))]) @local.scope
  (#not-within? "function" "method" "constructor" "destructor" "operator"))
(alias_declaration) @local.scope
(type_definition) @local.scope

; Of parameters and arguments.
(variadic_parameter_declaration) @count.rest
(parameter_pack_expansion) @count.rest

; Seen in this file only.
(function_definition (storage_class_specifier) @_s (#eq? @_s "static") (#not-within? "class" "struct" "union")) @file_local
(declaration (storage_class_specifier) @_s (#eq? @_s "static") (#not-within? "class" "struct" "union")) @file_local

; Test code: by the macro that makes it, or by the base class.
(function_definition
  declarator: (function_declarator declarator: (identifier) @_m)
  (#any-of? @_m
    "TEST" "TEST_F" "TEST_P" "TYPED_TEST" "TYPED_TEST_P" "GTEST_TEST" "TEST_METHOD" "TEST_CLASS" "BOOST_AUTO_TEST_CASE"
    "BOOST_FIXTURE_TEST_CASE" "BOOST_AUTO_TEST_CASE_TEMPLATE" "BOOST_DATA_TEST_CASE" "BENCHMARK_F" "TEST_CASE"
    "TEST_CASE_METHOD" "SCENARIO" "SCENARIO_METHOD" "TEST_CASE_FIXTURE" "TEST_SUITE" "SUITE" "TEST_FIXTURE" "TEST_SUBCASE"
    "IUTEST" "IUTEST_F" "TEST_GROUP" "TEST_CASE_TEMPLATE" "DEATH_TEST")) @test
(class_specifier
  (base_class_clause [
    (type_identifier) @_b
    (qualified_identifier name: (type_identifier) @_b)
    (qualified_identifier name: (qualified_identifier name: (type_identifier) @_b))
    (template_type name: (type_identifier) @_b)
    (qualified_identifier name: (template_type name: (type_identifier) @_b))
    (qualified_identifier name: (qualified_identifier name: (template_type name: (type_identifier) @_b)))])
  (#any-of? @_b "Test" "TestWithParam" "TestCase" "TestFixture" "TestSuite")) @test
(struct_specifier
  (base_class_clause [
    (type_identifier) @_b
    (qualified_identifier name: (type_identifier) @_b)
    (qualified_identifier name: (qualified_identifier name: (type_identifier) @_b))
    (template_type name: (type_identifier) @_b)
    (qualified_identifier name: (template_type name: (type_identifier) @_b))
    (qualified_identifier name: (qualified_identifier name: (template_type name: (type_identifier) @_b)))])
  (#any-of? @_b "Test" "TestWithParam" "TestCase" "TestFixture" "TestSuite")) @test

; Macros. The replacement is text to the grammar.
(preproc_def name: (identifier) @name) @definition.macro
(preproc_function_def name: (identifier) @name value: (preproc_arg)? @body) @definition.macro

; Namespaces. `a::b` is two, one in the other.
(namespace_definition name: (namespace_identifier) @name) @definition.namespace
(namespace_definition name: (nested_namespace_specifier . (namespace_identifier) @name)) @definition.namespace
(namespace_definition name: (nested_namespace_specifier
  (_) . [(namespace_identifier) @name (nested_namespace_specifier . (namespace_identifier) @name)])) @definition.namespace
(namespace_definition name: (nested_namespace_specifier
  (_) . (nested_namespace_specifier
    (_) . [(namespace_identifier) @name (nested_namespace_specifier . (namespace_identifier) @name)])))
  @definition.namespace
(namespace_definition name: (nested_namespace_specifier
  (_) . (nested_namespace_specifier
    (_) . (nested_namespace_specifier
      (_) . [(namespace_identifier) @name (nested_namespace_specifier . (namespace_identifier) @name)]))))
  @definition.namespace
; A macro before it makes it look like a function.
(function_definition declarator: (identifier) @_n (ERROR (identifier) @name) (#eq? @_n "namespace"))
  @definition.namespace

; Types with a name of their own. Without a body it is a mention. `struct A::B {` is B, in a piece of A.
(class_specifier name: (qualified_identifier scope: [
  (namespace_identifier) @name (template_type name: (type_identifier) @name)]) body: (_)) @definition.impl
(struct_specifier name: (qualified_identifier scope: [
  (namespace_identifier) @name (template_type name: (type_identifier) @name)]) body: (_)) @definition.impl
(class_specifier name: (qualified_identifier name: (qualified_identifier scope: [
  (namespace_identifier) @name (template_type name: (type_identifier) @name)])) body: (_)) @definition.impl
(struct_specifier name: (qualified_identifier name: (qualified_identifier scope: [
  (namespace_identifier) @name (template_type name: (type_identifier) @name)])) body: (_)) @definition.impl
(class_specifier name: (_) @name body: (_) (#descend! @name "name") (#not-eq? @name "")) @definition.class
(struct_specifier name: (_) @name body: (_) (#descend! @name "name") (#not-eq? @name "")) @definition.struct
(union_specifier name: (_) @name body: (_) (#descend! @name "name") (#not-eq? @name "")) @definition.union
; The members of an enum are found around it too, but for those of an `enum class`.
(enum_specifier ["class" "struct"] name: (_) @name body: (_) (#descend! @name "name") (#not-eq? @name "")) @definition.enum
(enum_specifier name: (_) @name body: (_) (#descend! @name "name") (#not-eq? @name "") (#set! open)) @definition.enum
(enumerator name: (identifier) @name) @definition.enum_member
(concept_definition name: (identifier) @name) @definition.trait
; `class API Name {`, `class API Name : public Base {`.
(function_definition type: (class_specifier !body) (ERROR . (identifier) @name) declarator: (identifier)) @definition.class
(function_definition type: (struct_specifier !body) (ERROR . (identifier) @name) declarator: (identifier)) @definition.struct
(function_definition
  type: (class_specifier !body)
  . declarator: [(identifier) @name (template_function name: (identifier) @name)]) @definition.class
(function_definition
  type: (struct_specifier !body)
  . declarator: [(identifier) @name (template_function name: (identifier) @name)]) @definition.struct
(declaration type: (class_specifier !body) . (ERROR . (identifier) @name .) declarator: (_)) @definition.class
(declaration type: (struct_specifier !body) . (ERROR . (identifier) @name .) declarator: (_)) @definition.struct
; `API class Name {`, `API enum class Name {`.
(function_definition
  type: (type_identifier) declarator: (identifier) @ignore (ERROR . (identifier) @name) (#eq? @ignore "class"))
  @definition.class
(function_definition
  type: (type_identifier) declarator: (identifier) @ignore (ERROR . (identifier) @name) (#eq? @ignore "struct"))
  @definition.struct
(function_definition
  type: (type_identifier)
  . (ERROR . (identifier) @_k .)
  . declarator: [(identifier) @name (template_function name: (identifier) @name)]
  (#eq? @_k "class")) @definition.class
(function_definition
  type: (type_identifier)
  . (ERROR . (identifier) @_k .)
  . declarator: [(identifier) @name (template_function name: (identifier) @name)]
  (#eq? @_k "struct")) @definition.struct
(declaration
  type: (type_identifier)
  . (ERROR . (identifier) @_e)
  declarator: (init_declarator declarator: (identifier) @name value: (initializer_list) @body)
  (#eq? @_e "enum")) @definition.enum
(declaration
  type: (class_specifier !body)
  declarator: (init_declarator declarator: (identifier) @name (ERROR) value: (initializer_list) @body)
  (#not-any-of? @name "public" "private" "protected" "virtual")) @definition.class
(declaration
  type: (struct_specifier !body)
  declarator: (init_declarator declarator: (identifier) @name (ERROR) value: (initializer_list) @body)
  (#not-any-of? @name "public" "private" "protected" "virtual")) @definition.struct

; Aliases.
(alias_declaration name: (type_identifier) @name type: (type_descriptor type: (_) @type)) @definition.type_alias
(alias_declaration name: (type_identifier) @name) @definition.type_alias
(type_definition
  type: [(type_identifier) (qualified_identifier) (template_type) (primitive_type) (sized_type_specifier)
    (struct_specifier) (class_specifier) (union_specifier) (enum_specifier)]? @type
  declarator: (_)
  declarator: [
    (type_identifier) @name
    (pointer_declarator declarator: (_) @name)
    (reference_declarator (_) @name)
    (array_declarator declarator: (_) @name)
    (function_declarator declarator: (parenthesized_declarator (_) @name .))
    (function_declarator declarator: (_) @name)
    (parenthesized_declarator (_) @name .)
  ] @definition.type_alias
  (#descend! @name "declarator")
  (#not-match? @name "[(]"))
(type_definition type: (struct_specifier !name body: (_) @body) declarator: (type_identifier) @name) @definition.struct
(type_definition type: (class_specifier !name body: (_) @body) declarator: (type_identifier) @name) @definition.class
(type_definition type: (union_specifier !name body: (_) @body) declarator: (type_identifier) @name) @definition.union
(type_definition type: (enum_specifier !name body: (_) @body) declarator: (type_identifier) @name (#set! open)) @definition.enum
(type_definition
  type: [(type_identifier) (qualified_identifier) (template_type) (primitive_type) (sized_type_specifier)
    (struct_specifier) (class_specifier) (union_specifier) (enum_specifier)]? @type
  declarator: [
    (type_identifier) @name
    (pointer_declarator declarator: (_) @name)
    (reference_declarator (_) @name)
    (array_declarator declarator: (_) @name)
    (function_declarator declarator: (parenthesized_declarator (_) @name .))
    (function_declarator declarator: (_) @name)
    (parenthesized_declarator (_) @name .)
  ] @definition.type_alias
  (#descend! @name "declarator")
  (#not-match? @name "[(]"))

; A member defined outside of its type stands in a piece of it; all such pieces in a file are one. What looks like a type
; may be a namespace.
(function_definition declarator: [
  (qualified_identifier scope: [(namespace_identifier) @name (template_type name: (type_identifier) @name)])
  (function_declarator declarator: (qualified_identifier scope: [
    (namespace_identifier) @name (template_type name: (type_identifier) @name)]))
  (pointer_declarator declarator: (function_declarator declarator: (qualified_identifier scope: [
    (namespace_identifier) @name (template_type name: (type_identifier) @name)])))
  (pointer_declarator declarator: (pointer_declarator declarator: (function_declarator declarator: (qualified_identifier
    scope: [(namespace_identifier) @name (template_type name: (type_identifier) @name)]))))
  (reference_declarator (function_declarator declarator: (qualified_identifier scope: [
    (namespace_identifier) @name (template_type name: (type_identifier) @name)])))]) @definition.impl
(function_definition declarator: [
  (qualified_identifier name: (qualified_identifier scope: [
    (namespace_identifier) @name (template_type name: (type_identifier) @name)]))
  (function_declarator declarator: (qualified_identifier name: (qualified_identifier scope: [
    (namespace_identifier) @name (template_type name: (type_identifier) @name)])))
  (pointer_declarator declarator: (function_declarator declarator: (qualified_identifier name: (qualified_identifier
    scope: [(namespace_identifier) @name (template_type name: (type_identifier) @name)]))))
  (reference_declarator (function_declarator declarator: (qualified_identifier name: (qualified_identifier
    scope: [(namespace_identifier) @name (template_type name: (type_identifier) @name)]))))]) @definition.impl
(function_definition declarator: [
  (qualified_identifier name: (qualified_identifier name: (qualified_identifier scope: [
    (namespace_identifier) @name (template_type name: (type_identifier) @name)])))
  (function_declarator declarator: (qualified_identifier name: (qualified_identifier name: (qualified_identifier scope: [
    (namespace_identifier) @name (template_type name: (type_identifier) @name)]))))
  (pointer_declarator declarator: (function_declarator declarator: (qualified_identifier name: (qualified_identifier
    name: (qualified_identifier scope: [(namespace_identifier) @name (template_type name: (type_identifier) @name)])))))
  (reference_declarator (function_declarator declarator: (qualified_identifier name: (qualified_identifier
    name: (qualified_identifier
      scope: [(namespace_identifier) @name (template_type name: (type_identifier) @name)])))))]) @definition.impl

; Functions whose name says what they are.
(function_definition
  !type
  declarator: (function_declarator declarator: (identifier) @name parameters: (_) @parameters)
  (#within? "class" "struct" "union")
  (#not-match? @name "^[A-Z][A-Z0-9]*_[A-Z0-9_]*$")) @definition.constructor
(function_definition
  !type
  declarator: (function_declarator declarator: [
    (qualified_identifier
      scope: [(namespace_identifier) @_c (template_type name: (type_identifier) @_c)]
      name: (identifier) @name)
    (qualified_identifier name: (qualified_identifier
      scope: [(namespace_identifier) @_c (template_type name: (type_identifier) @_c)]
      name: (identifier) @name))
    (qualified_identifier name: (qualified_identifier name: (qualified_identifier
      scope: [(namespace_identifier) @_c (template_type name: (type_identifier) @_c)]
      name: (identifier) @name)))] parameters: (_) @parameters)
  (#eq? @name @_c)) @definition.constructor
; `API_INLINE Name() {`
(function_definition
  type: (type_identifier)
  . (ERROR . (identifier) @_e .)
  . declarator: (function_declarator declarator: [(field_identifier) (identifier)] @name parameters: (_) @parameters)
  (#within? "class" "struct" "union")
  (#eq? @_e "explicit")) @definition.constructor
(function_definition
  type: (type_identifier) @_m
  .
  declarator: (function_declarator declarator: [(field_identifier) (identifier)] @name parameters: (_) @parameters)
  (#within? "class" "struct" "union")
  (#match? @_m "_(CONSTEXPR|CONSTEXPR[0-9]+|INLINE|EXPLICIT|NODISCARD|HOST_DEVICE|DEVICE|API|EXPORT)$")) @definition.constructor
(function_definition declarator: (function_declarator declarator: [
  (destructor_name) @name
  (qualified_identifier name: (destructor_name) @name)
  (qualified_identifier name: (qualified_identifier name: (destructor_name) @name))
  (qualified_identifier name: (qualified_identifier name: (qualified_identifier name: (destructor_name) @name)))]))
  @definition.destructor
(function_definition declarator: [
  (function_declarator declarator: [
    (operator_name) @name
    (template_function name: (operator_name) @name)
    (qualified_identifier name: (operator_name) @name)
    (qualified_identifier name: (qualified_identifier name: (operator_name) @name))
    (qualified_identifier name: (qualified_identifier name: (qualified_identifier name: (operator_name) @name)))])
  (pointer_declarator declarator: (function_declarator declarator: [
    (operator_name) @name
    (qualified_identifier name: (operator_name) @name)
    (qualified_identifier name: (qualified_identifier name: (operator_name) @name))]))
  (pointer_declarator declarator: (pointer_declarator declarator: (function_declarator declarator: [
    (operator_name) @name
    (qualified_identifier name: (operator_name) @name)])))
  (reference_declarator (function_declarator declarator: [
    (operator_name) @name
    (qualified_identifier name: (operator_name) @name)
    (qualified_identifier name: (qualified_identifier name: (operator_name) @name))]))]) @definition.operator
(function_definition declarator: [
  (operator_cast) @name
  (qualified_identifier name: (operator_cast) @name)
  (qualified_identifier name: (qualified_identifier name: (operator_cast) @name))
  (qualified_identifier name: (qualified_identifier name: (qualified_identifier name: (operator_cast) @name)))])
  @definition.operator

; `TEST(Suite, name) {` is a member of the suite, which may be a class; `TEST_CASE(name) {` and its like are named by
; their first argument.
(function_definition
  declarator: (function_declarator
    declarator: (identifier) @_m
    parameters: (parameter_list . (parameter_declaration type: (type_identifier) @name) . (parameter_declaration) .))
  (#match? @_m "^([A-Z0-9_]*TEST(_[A-Z0-9]+)*|BENCHMARK_F)$")
  (#not-match? @_m "^BOOST_|_CASE|_SUITE"))
  @definition.impl
(function_definition
  declarator: (function_declarator
    declarator: (identifier) @_m
    parameters: (parameter_list
      . (parameter_declaration type: (type_identifier)) . (parameter_declaration type: (type_identifier) @name) .))
  (#match? @_m "^([A-Z0-9_]*TEST(_[A-Z0-9]+)*|BENCHMARK_F)$")
  (#not-match? @_m "^BOOST_|_CASE|_SUITE"))
  @definition.function
(function_definition
  !type
  declarator: (function_declarator
    declarator: (identifier) @_m
    parameters: (parameter_list . (parameter_declaration type: (type_identifier) @name)))
  (#not-within? "function" "method" "constructor" "destructor" "operator" "class" "struct" "union")
  (#match? @_m "^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$")
  (#not-match? @_m "LOCK|REQUIRE|GUARDED|EXCLUDE|ACQUIRE|RELEASE|NOEXCEPT|ATTRIBUTE|DEPRECATED")) @definition.function

; `TEST_CASE("what it says") {`: the body stands beside it, to the grammar.
(expression_statement
  (call_expression
    function: (identifier) @_m
    arguments: [
      (argument_list . (string_literal . (string_content) @name .))
      (argument_list . (identifier) . (string_literal . (string_content) @name .))])
  (#any-of? @_m "TEST_CASE" "SCENARIO" "TEST_CASE_METHOD" "SCENARIO_METHOD" "TEST_CASE_FIXTURE" "TEST_CASE_TEMPLATE")
  (#not-within? "function" "method" "constructor" "destructor" "operator")
  (#set! test)) @definition.test

; All other functions. The name stands at the bottom of the declarators. In a function body what looks like one is the
; use of a macro, as `for_each(x) {`; no function can be defined there.
(friend_declaration (function_definition
  type: [(type_identifier) (qualified_identifier) (template_type) (primitive_type) (sized_type_specifier)
    (struct_specifier) (class_specifier) (union_specifier) (enum_specifier)]? @type
  declarator: [
    (function_declarator parameters: (_) @parameters (trailing_return_type (type_descriptor type: (_) @type))?)
    (pointer_declarator declarator: (function_declarator parameters: (_) @parameters))
    (pointer_declarator declarator: (pointer_declarator declarator: (function_declarator parameters: (_) @parameters)))
    (reference_declarator (function_declarator parameters: (_) @parameters))
    (reference_declarator (pointer_declarator declarator: (function_declarator parameters: (_) @parameters)))] @name) @definition.function
  (#descend! @name "declarator")
  (#not-match? @name "^operator")
  (#has-parent? @name "function_declarator" "parenthesized_declarator"))
(function_definition
  type: [(type_identifier) (qualified_identifier) (template_type) (primitive_type) (sized_type_specifier)
    (struct_specifier) (class_specifier) (union_specifier) (enum_specifier)]? @type
  declarator: [
    (function_declarator
      declarator: (qualified_identifier name: (_) @name)
      parameters: (_) @parameters
      (trailing_return_type (type_descriptor type: (_) @type))?)
    (pointer_declarator declarator: (function_declarator
      declarator: (qualified_identifier name: (_) @name) parameters: (_) @parameters))
    (pointer_declarator declarator: (pointer_declarator declarator: (function_declarator
      declarator: (qualified_identifier name: (_) @name) parameters: (_) @parameters)))
    (reference_declarator (function_declarator
      declarator: (qualified_identifier name: (_) @name) parameters: (_) @parameters))]
  (#descend! @name "name")
  (#not-has-parent? @name "destructor_name" "operator_name" "operator_cast")) @definition.method
(function_definition
  type: [(type_identifier) (qualified_identifier) (template_type) (primitive_type) (sized_type_specifier)
    (struct_specifier) (class_specifier) (union_specifier) (enum_specifier)]? @type
  declarator: [
    (function_declarator parameters: (_) @parameters (trailing_return_type (type_descriptor type: (_) @type))?)
    (pointer_declarator declarator: (function_declarator parameters: (_) @parameters))
    (pointer_declarator declarator: (pointer_declarator declarator: (function_declarator parameters: (_) @parameters)))
    (reference_declarator (function_declarator parameters: (_) @parameters))
    (reference_declarator (pointer_declarator declarator: (function_declarator parameters: (_) @parameters)))] @name
  (#within? "class" "struct" "union")
  (#descend! @name "declarator")
  (#has-parent? @name "function_declarator" "parenthesized_declarator")
  (#not-match? @name "^(if|for|while|switch|operator.*|~.*|[A-Z_]*(LOCKS?|UNLOCK)_[A-Z_]+)$")) @definition.method
(function_definition
  declarator: (function_declarator declarator: (template_function name: (identifier) @name))
  (#within? "class" "struct" "union")) @definition.method
(function_definition
  declarator: [
    (function_declarator declarator: (template_function name: (identifier) @name))
    (pointer_declarator declarator: (function_declarator declarator: (template_function name: (identifier) @name)))
    (reference_declarator (function_declarator declarator: (template_function name: (identifier) @name)))])
  @definition.function
(function_definition
  type: [(type_identifier) (qualified_identifier) (template_type) (primitive_type) (sized_type_specifier)
    (struct_specifier) (class_specifier) (union_specifier) (enum_specifier)]? @type
  declarator: [
    (function_declarator parameters: (_) @parameters (trailing_return_type (type_descriptor type: (_) @type))?)
    (pointer_declarator declarator: (function_declarator parameters: (_) @parameters))
    (pointer_declarator declarator: (pointer_declarator declarator: (function_declarator parameters: (_) @parameters)))
    (reference_declarator (function_declarator parameters: (_) @parameters))
    (reference_declarator (pointer_declarator declarator: (function_declarator parameters: (_) @parameters)))] @name
  (#not-within? "function" "method" "constructor" "destructor" "operator" "class" "struct" "union" "impl")
  (#descend! @name "declarator")
  (#has-parent? @name "function_declarator" "parenthesized_declarator")
  (#not-match? @name "^(if|for|while|switch|void|operator.*|~.*|TYPED_TEST(_P)?|TEST(_[FP])?|[A-Z_]*(LOCKS?|UNLOCK)_[A-Z_]+)$"))
  @definition.function
; What is declared and nowhere defined.
(field_declaration
  type: [(type_identifier) (qualified_identifier) (template_type) (primitive_type) (sized_type_specifier)
    (struct_specifier) (class_specifier) (union_specifier) (enum_specifier)]? @type
  declarator: [
    (function_declarator
      declarator: (field_identifier) @name
      parameters: (_) @parameters
      (trailing_return_type (type_descriptor type: (_) @type))?)
    (pointer_declarator declarator: (function_declarator declarator: (field_identifier) @name parameters: (_) @parameters))
    (pointer_declarator declarator: (pointer_declarator declarator: (function_declarator
      declarator: (field_identifier) @name parameters: (_) @parameters)))
    (reference_declarator (function_declarator declarator: (field_identifier) @name parameters: (_) @parameters))]
  default_value: (number_literal)) @definition.method
(field_declaration
  declarator: [
    (function_declarator declarator: (operator_name) @name)
    (pointer_declarator declarator: (function_declarator declarator: (operator_name) @name))
    (reference_declarator (function_declarator declarator: (operator_name) @name))]
  default_value: (number_literal)) @definition.operator

(declaration
  type: [(type_identifier) (qualified_identifier) (template_type) (primitive_type) (sized_type_specifier)
    (struct_specifier) (class_specifier) (union_specifier) (enum_specifier)]? @type
  declarator: (init_declarator
    declarator: [
      (function_declarator declarator: (identifier) @name parameters: (_) @parameters)
      (pointer_declarator declarator: (function_declarator declarator: (identifier) @name parameters: (_) @parameters))
      (reference_declarator (function_declarator declarator: (identifier) @name parameters: (_) @parameters))]
    value: [(number_literal) (initializer_list) @body])
  (#within? "class" "struct")) @definition.method
(declaration
  declarator: (init_declarator declarator: [
    (function_declarator declarator: (operator_name) @name)
    (pointer_declarator declarator: (function_declarator declarator: (operator_name) @name))
    (reference_declarator (function_declarator declarator: (operator_name) @name))])
  (#within? "class" "struct")) @definition.operator

; Lambdas by a name.
(declaration
  declarator: (init_declarator
    declarator: (identifier) @name
    value: (lambda_expression body: (_) @body))) @definition.function
(field_declaration
  declarator: (field_identifier) @name
  default_value: (lambda_expression body: (_) @body)) @definition.function

; One before its type: `API_NO_UNIQUE_ADDRESS Type name;`.
(field_declaration
  type: (type_identifier) @_m
  declarator: (field_identifier) @reference.type
  .
  (ERROR (identifier) @name)
  (#match? @_m "^[A-Z][A-Z0-9]*(_[A-Z0-9]+)+$")) @definition.field
; Fields. One that is declared alone encloses its type and value. A struct without a name is the field that is declared
; with it, or, with no field, a part of the type around it.
(field_declaration
  type: [(struct_specifier !name body: (_) @body) (union_specifier !name body: (_) @body)
    (class_specifier !name body: (_) @body) (enum_specifier !name body: (_) @body)]
  declarator: (_) @name
  (#descend! @name "declarator")) @definition.field
(field_declaration
  type: [
    (struct_specifier name: (_) @type body: (_)) (union_specifier name: (_) @type body: (_))
    (class_specifier name: (_) @type body: (_)) (enum_specifier name: (_) @type body: (_))]
  declarator: [
    (field_identifier) @name
    (pointer_declarator declarator: (_) @name)
    (reference_declarator (_) @name)
    (array_declarator declarator: (_) @name)] @definition.field
  (#descend! @name "declarator"))
(field_declaration
  type: [(type_identifier) (qualified_identifier) (template_type) (primitive_type) (sized_type_specifier)
    (struct_specifier) (class_specifier) (union_specifier) (enum_specifier)]? @type
  declarator: (_)
  declarator: [
    (field_identifier) @name
    (pointer_declarator declarator: (_) @name)
    (reference_declarator (_) @name)
    (array_declarator declarator: (_) @name)
    (function_declarator declarator: (parenthesized_declarator (_) @name .))
  ] @definition.field
  (#descend! @name "declarator")
  (#not-has-parent? @name "function_declarator"))
(field_declaration
  type: [(type_identifier) (qualified_identifier) (template_type) (primitive_type) (sized_type_specifier)
    (struct_specifier) (class_specifier) (union_specifier) (enum_specifier)]? @type
  declarator: [
    (field_identifier) @name
    (pointer_declarator declarator: (_) @name)
    (reference_declarator (_) @name)
    (array_declarator declarator: (_) @name)
    (function_declarator declarator: (parenthesized_declarator (_) @name .))
  ] @definition.field
  declarator: (_)
  (#descend! @name "declarator")
  (#not-has-parent? @name "function_declarator"))
(field_declaration
  (type_qualifier) @_q
  type: [(type_identifier) (qualified_identifier) (template_type) (primitive_type) (sized_type_specifier)
    (struct_specifier) (class_specifier) (union_specifier) (enum_specifier)]? @type
  declarator: [(field_identifier) @name (array_declarator declarator: (field_identifier) @name)]
  default_value: (initializer_list)? @body
  (#eq? @_q "constexpr")) @definition.constant
(field_declaration
  (storage_class_specifier) @_s
  (type_qualifier) @_q
  type: [(type_identifier) (qualified_identifier) (template_type) (primitive_type) (sized_type_specifier)
    (struct_specifier) (class_specifier) (union_specifier) (enum_specifier)]? @type
  declarator: [(field_identifier) @name (array_declarator declarator: (field_identifier) @name)]
  default_value: (_)
  (#eq? @_s "static")
  (#eq? @_q "const")) @definition.constant
(field_declaration
  type: [(type_identifier) (qualified_identifier) (template_type) (primitive_type) (sized_type_specifier)
    (struct_specifier) (class_specifier) (union_specifier) (enum_specifier)]? @type
  declarator: [
    (field_identifier) @name
    (pointer_declarator declarator: (_) @name)
    (reference_declarator (_) @name)
    (array_declarator declarator: (_) @name)
    (function_declarator declarator: (parenthesized_declarator (_) @name .))]
  default_value: (initializer_list)? @body
  (#descend! @name "declarator")
  (#not-has-parent? @name "function_declarator")
  (#not-match? @name "[(]")
  (#not-any-of? @name "explicit" "typename")) @definition.field
; An annotation behind its name: `int count GUARDED_BY(mutex);`.
(field_declaration
  (ERROR [(identifier) @name (field_identifier) @name])
  .
  declarator: (function_declarator declarator: (field_identifier) @_m)
  (#match? @_m "^[A-Z][A-Z0-9]*(_[A-Z0-9]+)+$")) @definition.field
(field_declaration
  declarator: (pointer_declarator
    (ERROR [(identifier) @name (field_identifier) @name])
    declarator: (function_declarator declarator: (field_identifier) @_m))
  (#match? @_m "^[A-Z][A-Z0-9]*(_[A-Z0-9]+)+$")) @definition.field
(declaration
  (ERROR (identifier) @name)
  .
  declarator: (function_declarator declarator: (identifier) @_m)
  (#within? "class" "struct")
  (#match? @_m "^[A-Z][A-Z0-9]*(_[A-Z0-9]+)+$")) @definition.field
(declaration
  declarator: (pointer_declarator
    (ERROR (identifier) @name)
    declarator: (function_declarator declarator: (identifier) @_m))
  (#within? "class" "struct")
  (#match? @_m "^[A-Z][A-Z0-9]*(_[A-Z0-9]+)+$")) @definition.field
; In `class API Name {` the members look like those of a block.
(declaration
  type: (_) @_t @type
  declarator: [
    (identifier) @name
    (init_declarator declarator: [(identifier) (pointer_declarator) (array_declarator)] @name)
    (pointer_declarator declarator: (_) @name)
    (reference_declarator (_) @name)
    (array_declarator declarator: (_) @name)]
  (#within? "class" "struct")
  (#descend! @name "declarator")
  (#not-has-parent? @name "function_declarator" "qualified_identifier")
  (#not-match? @name "[(: ]")
  (#not-any-of? @name "nullptr" "class" "struct" "public" "private" "protected")
  (#not-any-of? @_t "friend" "explicit" "typedef" "using")) @definition.field

; A type's variable, defined outside of it.
(declaration declarator: [
  (qualified_identifier
    scope: [(namespace_identifier) @name (template_type name: (type_identifier) @name)] name: [(identifier) (qualified_identifier)])
  (array_declarator declarator: (qualified_identifier
    scope: [(namespace_identifier) @name (template_type name: (type_identifier) @name)] name: [(identifier) (qualified_identifier)]))
  (pointer_declarator declarator: (qualified_identifier
    scope: [(namespace_identifier) @name (template_type name: (type_identifier) @name)] name: [(identifier) (qualified_identifier)]))
  (init_declarator declarator: [
    (qualified_identifier
      scope: [(namespace_identifier) @name (template_type name: (type_identifier) @name)]
      name: [(identifier) (qualified_identifier)])
    (array_declarator declarator: (qualified_identifier
      scope: [(namespace_identifier) @name (template_type name: (type_identifier) @name)]
      name: [(identifier) (qualified_identifier)]))
    (pointer_declarator declarator: (qualified_identifier
      scope: [(namespace_identifier) @name (template_type name: (type_identifier) @name)]
      name: [(identifier) (qualified_identifier)]))])]) @definition.impl
(declaration declarator: [
  (qualified_identifier name: (qualified_identifier
    scope: [(namespace_identifier) @name (template_type name: (type_identifier) @name)] name: (identifier)))
  (init_declarator declarator: (qualified_identifier name: (qualified_identifier
    scope: [(namespace_identifier) @name (template_type name: (type_identifier) @name)] name: (identifier))))])
  @definition.impl
(declaration
  declarator: [
    (qualified_identifier name: [(identifier) @name (qualified_identifier name: (identifier) @name)])
    (array_declarator declarator: (qualified_identifier
      name: [(identifier) @name (qualified_identifier name: (identifier) @name)]))
    (pointer_declarator declarator: (qualified_identifier
      name: [(identifier) @name (qualified_identifier name: (identifier) @name)]))
    (init_declarator
      declarator: [
        (qualified_identifier name: [(identifier) @name (qualified_identifier name: (identifier) @name)])
        (array_declarator declarator: (qualified_identifier
          name: [(identifier) @name (qualified_identifier name: (identifier) @name)]))
        (pointer_declarator declarator: (qualified_identifier
          name: [(identifier) @name (qualified_identifier name: (identifier) @name)]))]
      value: (initializer_list)? @body)]) @definition.variable

; Variables; inside a function they are locals. `extern` ones and prototypes are defined elsewhere.
(declaration
  type: [(struct_specifier !name body: (_) @body) (union_specifier !name body: (_) @body)
    (class_specifier !name body: (_) @body) (enum_specifier !name body: (_) @body)]
  declarator: (_) @name
  (#descend! @name "declarator")
  (#not-has-parent? @name "function_declarator")) @definition.variable
(declaration
  type: [
    (struct_specifier name: (_) @type body: (_)) (union_specifier name: (_) @type body: (_))
    (class_specifier name: (_) @type body: (_)) (enum_specifier name: (_) @type body: (_))]
  declarator: [
    (identifier) @name
    (pointer_declarator declarator: (_) @name)
    (array_declarator declarator: (_) @name)
    (init_declarator declarator: (_) @name value: (initializer_list)? @body)
  ] @definition.variable
  (#descend! @name "declarator"))
((declaration
  type: [(type_identifier) (qualified_identifier) (template_type) (primitive_type) (sized_type_specifier)
    (struct_specifier) (class_specifier) (union_specifier) (enum_specifier)]? @type
  declarator: (_)
  declarator: [
    (init_declarator declarator: (_) @name value: (initializer_list)? @body)
    (identifier) @name
    (pointer_declarator declarator: (_) @name)
    (reference_declarator (_) @name)
    (array_declarator declarator: (_) @name)
    (function_declarator declarator: (parenthesized_declarator (_) @name .))
  ] @definition.variable) @_d
  (#not-has-parent? @_d "ERROR")
  (#descend! @name "declarator")
  (#not-has-parent? @name "function_declarator" "structured_binding_declarator" "operator_name")
  (#not-match? @name "^[[]|::|[(]|_(BEGIN|END)_"))
((declaration
  .
  type: [(type_identifier) (qualified_identifier) (template_type) (primitive_type) (sized_type_specifier)
    (struct_specifier) (class_specifier) (union_specifier) (enum_specifier)] @_first @type
  declarator: [
    (init_declarator declarator: (_) @name value: (initializer_list)? @body)
    (identifier) @name
    (pointer_declarator declarator: (_) @name)
    (reference_declarator (_) @name)
    (array_declarator declarator: (_) @name)
    (function_declarator declarator: (parenthesized_declarator (_) @name .))
  ] @definition.variable
  declarator: (_)) @_d
  (#not-any-of? @_first "extern" "friend" "using" "typedef" "explicit")
  (#not-has-parent? @_d "ERROR")
  (#descend! @name "declarator")
  (#not-has-parent? @name "function_declarator" "structured_binding_declarator" "operator_name")
  (#not-match? @name "^[[]|::|[(]|_(BEGIN|END)_"))
((declaration
  .
  (_) @_first
  type: [(type_identifier) (qualified_identifier) (template_type) (primitive_type) (sized_type_specifier)
    (struct_specifier) (class_specifier) (union_specifier) (enum_specifier)]? @type
  declarator: [
    (init_declarator declarator: (_) @name value: (initializer_list)? @body)
    (identifier) @name
    (pointer_declarator declarator: (_) @name)
    (reference_declarator (_) @name)
    (array_declarator declarator: (_) @name)
    (function_declarator declarator: (parenthesized_declarator (_) @name .))
  ] @definition.variable
  declarator: (_)) @_d
  (#not-any-of? @_first "extern" "friend" "using" "typedef" "explicit")
  (#not-has-parent? @_d "ERROR")
  (#descend! @name "declarator")
  (#not-has-parent? @name "function_declarator" "structured_binding_declarator" "operator_name")
  (#not-match? @name "^[[]|::|[(]|_(BEGIN|END)_"))
(declaration
  declarator: [
    (function_declarator declarator: (parenthesized_declarator (qualified_identifier
      name: (pointer_type_declarator declarator: (type_identifier) @name))))
    (init_declarator declarator: (function_declarator declarator: (parenthesized_declarator (qualified_identifier
      name: (pointer_type_declarator declarator: (type_identifier) @name)))))]) @definition.variable
; A constant has no pointer or reference about it, and a value.
((declaration
  (type_qualifier) @_q
  type: [(type_identifier) (qualified_identifier) (template_type) (primitive_type) (sized_type_specifier)
    (struct_specifier) (class_specifier) (union_specifier) (enum_specifier)]? @type
  declarator: (init_declarator
    declarator: [
      (identifier) @name
      (template_function name: (identifier) @name)
      (array_declarator declarator: (identifier) @name)]
    value: (initializer_list)? @body)) @definition.constant
  (#any-of? @_q "const" "constexpr")
  (#not-has-parent? @definition.constant "ERROR")
  (#not-within?
    "function" "method" "constructor" "destructor" "operator" "variable" "constant" "field" "class" "struct" "union"))
; That of a template stands in the scope of its parameters.
(template_declaration
  (declaration declarator: [
    (identifier) @name
    (init_declarator declarator: [(identifier) @name (template_function name: (identifier) @name)])])
    @definition.constant
  (#not-any-of? @name "public" "private" "protected"))
; Of these the value says the type.
((declaration
  type: (placeholder_type_specifier)
  declarator: (init_declarator
    declarator: [(identifier) (pointer_declarator) (reference_declarator)] @name
    value: (call_expression function: [
      (template_function name: (identifier) @_cast arguments: (template_argument_list . (type_descriptor type: (_) @type)))
      (qualified_identifier name: (template_function
        name: (identifier) @_cast arguments: (template_argument_list . (type_descriptor type: (_) @type))))]))) @definition.variable
  (#any-of? @_cast
    "make_unique" "make_shared" "static_cast" "dynamic_cast" "const_cast" "reinterpret_cast" "down_cast")
  (#not-has-parent? @definition.variable "ERROR")
  (#descend! @name "declarator")
  (#not-has-parent? @name "function_declarator" "structured_binding_declarator" "operator_name")
  (#not-match? @name "^[[]"))
((declaration
  type: (placeholder_type_specifier)
  declarator: (init_declarator declarator: [(identifier) (pointer_declarator) (reference_declarator)] @name value: (_) @value)) @definition.variable
  (#not-has-parent? @definition.variable "ERROR")
  (#descend! @name "declarator")
  (#not-has-parent? @name "function_declarator" "structured_binding_declarator" "operator_name")
  (#not-match? @name "^[[]"))
((declaration
  .
  type: [(type_identifier) (qualified_identifier) (template_type) (primitive_type) (sized_type_specifier)
    (struct_specifier) (class_specifier) (union_specifier) (enum_specifier)] @_first @type
  declarator: [
    (init_declarator declarator: (_) @name value: (initializer_list)? @body)
    (identifier) @name
    (pointer_declarator declarator: (_) @name)
    (reference_declarator (_) @name)
    (array_declarator declarator: (_) @name)
    (function_declarator declarator: (parenthesized_declarator (_) @name .))
  ]) @definition.variable
  (#not-any-of? @_first "extern" "friend" "using" "typedef" "explicit")
  (#not-has-parent? @definition.variable "ERROR" "linkage_specification")
  (#descend! @name "declarator")
  (#not-has-parent? @name "function_declarator" "structured_binding_declarator" "operator_name")
  (#not-match? @name "^[[]|::|[(]|_(BEGIN|END)_")
  (#not-any-of? @name "" "struct" "class" "enum" "int" "void" "unsigned" "long" "char" "const" "bool" "namespace"))
((declaration
  .
  (_) @_first
  type: [(type_identifier) (qualified_identifier) (template_type) (primitive_type) (sized_type_specifier)
    (struct_specifier) (class_specifier) (union_specifier) (enum_specifier)]? @type
  declarator: [
    (init_declarator declarator: (_) @name value: (initializer_list)? @body)
    (identifier) @name
    (pointer_declarator declarator: (_) @name)
    (reference_declarator (_) @name)
    (array_declarator declarator: (_) @name)
    (function_declarator declarator: (parenthesized_declarator (_) @name .))
  ]) @definition.variable
  (#not-any-of? @_first "extern" "friend" "using" "typedef" "explicit")
  (#not-has-parent? @definition.variable "ERROR" "linkage_specification")
  (#descend! @name "declarator")
  (#not-has-parent? @name "function_declarator" "structured_binding_declarator" "operator_name")
  (#not-match? @name "^[[]|::|[(]|_(BEGIN|END)_")
  (#not-any-of? @name "" "struct" "class" "enum" "int" "void" "unsigned" "long" "char" "const" "bool" "namespace"))
((structured_binding_declarator (identifier) @definition.variable))
((declaration
  declarator: [
    (init_declarator declarator: (_) @local.definition)
    (identifier) @local.definition
    (pointer_declarator declarator: (_) @local.definition)
    (reference_declarator (_) @local.definition)
    (array_declarator declarator: (_) @local.definition)
  ]) @_d
  (#has-parent? @_d "ERROR")
  (#descend! @local.definition "declarator"))

; Parameters, of templates too, and what a lambda takes in by a name of its own.
(parameter_declaration
  type: [(type_identifier) (qualified_identifier) (template_type) (primitive_type) (sized_type_specifier)
    (struct_specifier) (class_specifier) (union_specifier) (enum_specifier)] @type
  declarator: [(identifier) (pointer_declarator) (reference_declarator)] @local.definition
  (#descend! @local.definition "declarator"))
(parameter_declaration
  declarator: [(identifier) (pointer_declarator) (reference_declarator) (array_declarator) (function_declarator)
    (parenthesized_declarator)] @local.definition
  (#descend! @local.definition "declarator"))
(optional_parameter_declaration
  type: [(type_identifier) (qualified_identifier) (template_type) (primitive_type) (sized_type_specifier)
    (struct_specifier) (class_specifier) (union_specifier) (enum_specifier)] @type
  declarator: [(identifier) (pointer_declarator) (reference_declarator)] @local.definition
  (#descend! @local.definition "declarator"))
(optional_parameter_declaration
  declarator: [(identifier) (pointer_declarator) (reference_declarator) (array_declarator) (function_declarator)
    (parenthesized_declarator)] @local.definition
  (#descend! @local.definition "declarator"))
(variadic_parameter_declaration
  declarator: [(variadic_declarator) (pointer_declarator) (reference_declarator)] @local.definition
  (#descend! @local.definition "declarator"))
(pointer_type_declarator declarator: (type_identifier) @local.definition)
(for_range_loop
  type: [(type_identifier) (qualified_identifier) (template_type) (primitive_type) (sized_type_specifier)
    (struct_specifier) (class_specifier) (union_specifier) (enum_specifier)] @type
  declarator: [(identifier) (pointer_declarator) (reference_declarator)] @local.definition
  (#descend! @local.definition "declarator")
  (#not-has-parent? @local.definition "structured_binding_declarator"))
(for_range_loop
  declarator: [(identifier) (pointer_declarator) (reference_declarator)] @local.definition
  (#descend! @local.definition "declarator")
  (#not-has-parent? @local.definition "structured_binding_declarator"))
(preproc_params (identifier) @local.definition)
(type_parameter_declaration (type_identifier) @local.definition)
(variadic_type_parameter_declaration (type_identifier) @local.definition)
(optional_type_parameter_declaration name: (type_identifier) @local.definition)
(template_declaration parameters: (template_parameter_list (template_template_parameter_declaration
  [(type_parameter_declaration (type_identifier) @local.definition)
    (optional_type_parameter_declaration name: (type_identifier) @local.definition)
    (variadic_type_parameter_declaration (type_identifier) @local.definition)])))
(lambda_capture_initializer left: (identifier) @local.definition right: (_) @value)

; Names that are declared here and defined elsewhere.
(field_declaration
  declarator: [(function_declarator) (pointer_declarator) (reference_declarator)] @ignore
  (#descend! @ignore "declarator")
  (#has-parent? @ignore "function_declarator"))
(declaration
  declarator: (function_declarator declarator: (identifier) @local.definition)
  (#within? "function" "method" "constructor" "destructor" "operator"))
(declaration
  declarator: [
    (function_declarator declarator: [(identifier) (destructor_name) (operator_name)] @ignore)
    (pointer_declarator declarator: (function_declarator declarator: [(identifier) (operator_name)] @ignore))
    (pointer_declarator declarator: (pointer_declarator declarator: (function_declarator
      declarator: [(identifier) (operator_name)] @ignore)))
    (reference_declarator (function_declarator declarator: [(identifier) (operator_name)] @ignore))])
(declaration
  .
  (storage_class_specifier) @_s
  declarator: [(identifier) (pointer_declarator) (array_declarator) (reference_declarator)] @ignore
  (#eq? @_s "extern")
  (#descend! @ignore "declarator")
  (#not-has-parent? @ignore "function_declarator"))
(linkage_specification body: (declaration
  declarator: [(identifier) (pointer_declarator) (array_declarator)] @ignore
  (#descend! @ignore "declarator")
  (#not-has-parent? @ignore "function_declarator")))

; Words that name nothing.
(attribute_specifier (argument_list [(identifier) (call_expression)] @ignore))
(attribute prefix: (identifier) @ignore)
(attribute name: (identifier) @ignore)
(module_declaration name: (_) @ignore)
(call_expression
  function: (identifier) @local.definition
  (#any-of? @local.definition "typeof" "__typeof__" "__typeof" "_Static_assert" "typeid" "noexcept" "decltype"))
(call_expression
  function: (template_function name: (identifier) @local.definition)
  (#any-of? @local.definition "static_cast" "dynamic_cast" "const_cast" "reinterpret_cast"))
(gnu_asm_output_operand symbol: (identifier) @ignore)
(gnu_asm_input_operand symbol: (identifier) @ignore)
(gnu_asm_goto_list label: (identifier) @ignore)
(operator_name (identifier) @ignore)
(destructor_name (identifier) @ignore)
(function_definition declarator: (identifier) @ignore (#eq? @ignore "namespace"))

; Includes, modules, and names taken over from other namespaces. In a class `using` names a member of a base.
(preproc_include path: [(system_lib_string) (string_literal)] @name) @reference.import
(import_declaration name: (module_name) @name @ignore) @reference.import
(import_declaration header: [(system_lib_string) (string_literal)] @name) @reference.import
(using_declaration [
  (identifier) @name
  (qualified_identifier !scope name: (identifier) @name)
  (qualified_identifier scope: (_) @qualifier name: [(identifier) @name (type_identifier) @name])
  (qualified_identifier name: (qualified_identifier scope: (_) @qualifier name: (identifier) @name))
  (qualified_identifier name: (qualified_identifier name: (qualified_identifier
    scope: (_) @qualifier name: (identifier) @name)))
  (qualified_identifier name: (qualified_identifier name: (qualified_identifier name: (qualified_identifier
    scope: (_) @qualifier name: (identifier) @name))))]
  (#not-within? "class" "struct" "union")) @reference.import
(namespace_alias_definition
  name: (namespace_identifier) @alias @ignore
  [(namespace_identifier) @name
    (nested_namespace_specifier (_) @qualifier . (namespace_identifier) @name)
    (nested_namespace_specifier (_) . (nested_namespace_specifier (_) @qualifier . (namespace_identifier) @name))
    (nested_namespace_specifier (_) . (nested_namespace_specifier (_) . (nested_namespace_specifier
      (_) @qualifier . (namespace_identifier) @name)))] .) @reference.import

; Base classes.
(function_definition
  type: [(class_specifier !body) (struct_specifier !body)]
  (ERROR . (identifier))
  declarator: (identifier) @reference.inheritance)
(function_definition
  type: [(class_specifier !body) (struct_specifier !body)]
  declarator: (identifier)
  .
  (ERROR (identifier) @reference.inheritance .))
(declaration
  type: [(class_specifier !body) (struct_specifier !body)]
  declarator: (init_declarator
    declarator: (identifier) (ERROR (identifier) @reference.inheritance .) value: (initializer_list)))
(base_class_clause [
  (type_identifier) @name
  (template_type name: (type_identifier) @name)
  (qualified_identifier
    scope: [(template_type name: (_) @qualifier) (_) @qualifier]
    name: [(type_identifier) @name (template_type name: (type_identifier) @name)])
  (qualified_identifier name: (qualified_identifier
    scope: [(template_type name: (_) @qualifier) (_) @qualifier]
    name: [(type_identifier) @name (template_type name: (type_identifier) @name)]))
  (qualified_identifier name: (qualified_identifier name: (qualified_identifier
    scope: [(template_type name: (_) @qualifier) (_) @qualifier]
    name: [(type_identifier) @name (template_type name: (type_identifier) @name)])))
  (dependent_type (qualified_identifier
    scope: [(template_type name: (_) @qualifier) (_) @qualifier] name: (type_identifier) @name))])
  @reference.inheritance

; Calls, the function named, a member, in a variable, or in an array of those. Of a path what stands right before the
; name is its qualifier.
(call_expression function: [
  (identifier) @name
  (template_function name: (identifier) @name)
  (qualified_identifier !scope name: [(identifier) @name (template_function name: (identifier) @name)])]
  arguments: (_) @arguments) @reference.call
(call_expression function: (qualified_identifier
  scope: [(template_type name: (_) @qualifier) (_) @qualifier]
  name: [
    (identifier) @name
    (template_function name: (identifier) @name)
    (operator_name) @name
    (dependent_name (template_function name: (identifier) @name))])
  arguments: (_) @arguments) @reference.call
(call_expression function: (qualified_identifier name: (qualified_identifier
  scope: [(template_type name: (_) @qualifier) (_) @qualifier]
  name: [
    (identifier) @name
    (template_function name: (identifier) @name)
    (operator_name) @name
    (dependent_name (template_function name: (identifier) @name))]))
  arguments: (_) @arguments) @reference.call
(call_expression function: (qualified_identifier name: (qualified_identifier name: (qualified_identifier
  scope: [(template_type name: (_) @qualifier) (_) @qualifier]
  name: [(identifier) @name (template_function name: (identifier) @name)])))
  arguments: (_) @arguments) @reference.call
(call_expression function: (qualified_identifier name: (qualified_identifier name: (qualified_identifier
  name: (qualified_identifier
    scope: [(template_type name: (_) @qualifier) (_) @qualifier]
    name: [(identifier) @name (template_function name: (identifier) @name)]))))
  arguments: (_) @arguments) @reference.call
(call_expression function: (field_expression
  argument: (_) @qualifier
  field: [
    (field_identifier) @name
    (template_method name: (field_identifier) @name)
    (dependent_name (template_method name: (field_identifier) @name))
    (operator_name) @name
    (destructor_name) @name
    (qualified_identifier name: [
      (field_identifier) @name
      (identifier) @name
      (template_method name: (field_identifier) @name)])])
  arguments: (_) @arguments) @reference.call
(call_expression function: (subscript_expression argument: (identifier) @name)
  arguments: (_) @arguments) @reference.call
(call_expression function: (subscript_expression
  argument: (field_expression argument: (_) @qualifier field: (field_identifier) @name))
  arguments: (_) @arguments) @reference.call
(call_expression
  function: (parenthesized_expression [
    (identifier) @name
    (pointer_expression argument: (identifier) @name)
    (field_expression argument: (_) @qualifier field: (field_identifier) @name)
    (pointer_expression
      argument: (field_expression argument: (_) @qualifier field: (field_identifier) @name))])
  arguments: (_) @arguments) @reference.call
; A type named where a value of it is made.
(new_expression type: [
  (type_identifier) @name
  (template_type name: (type_identifier) @name)
  (qualified_identifier
    scope: [(template_type name: (_) @qualifier) (_) @qualifier]
    name: [(type_identifier) @name (template_type name: (type_identifier) @name)])
  (qualified_identifier name: (qualified_identifier
    scope: [(template_type name: (_) @qualifier) (_) @qualifier]
    name: [(type_identifier) @name (template_type name: (type_identifier) @name)]))
  (qualified_identifier name: (qualified_identifier name: (qualified_identifier
    scope: [(template_type name: (_) @qualifier) (_) @qualifier]
    name: [(type_identifier) @name (template_type name: (type_identifier) @name)])))]
  arguments: (argument_list)? @arguments) @reference.new
(compound_literal_expression type: [
  (type_identifier) @name
  (template_type name: (type_identifier) @name)
  (qualified_identifier
    scope: [(template_type name: (_) @qualifier) (_) @qualifier]
    name: [(type_identifier) @name (template_type name: (type_identifier) @name)])
  (qualified_identifier name: (qualified_identifier
    scope: [(template_type name: (_) @qualifier) (_) @qualifier]
    name: [(type_identifier) @name (template_type name: (type_identifier) @name)]))]) @reference.call
(declaration
  type: [
    (type_identifier) @name
    (template_type name: (type_identifier) @name)
    (qualified_identifier
      scope: [(template_type name: (_) @qualifier) (_) @qualifier]
      name: [(type_identifier) @name (template_type name: (type_identifier) @name)])
    (qualified_identifier name: (qualified_identifier
      scope: [(template_type name: (_) @qualifier) (_) @qualifier]
      name: [(type_identifier) @name (template_type name: (type_identifier) @name)]))]
  declarator: (init_declarator declarator: (identifier) "=" value: (initializer_list))) @reference.type
(declaration
  type: [
    (type_identifier) @name
    (template_type name: (type_identifier) @name)
    (qualified_identifier
      scope: [(template_type name: (_) @qualifier) (_) @qualifier]
      name: [(type_identifier) @name (template_type name: (type_identifier) @name)])
    (qualified_identifier name: (qualified_identifier
      scope: [(template_type name: (_) @qualifier) (_) @qualifier]
      name: [(type_identifier) @name (template_type name: (type_identifier) @name)]))]
  declarator: (init_declarator declarator: (identifier) value: [(argument_list) @arguments (initializer_list)])) @reference.call
; `Lock lock(mutex);` looks like a function's declaration.
(declaration
  type: [
    (type_identifier) @name
    (template_type name: (type_identifier) @name)
    (qualified_identifier
      scope: [(template_type name: (_) @qualifier) (_) @qualifier]
      name: [(type_identifier) @name (template_type name: (type_identifier) @name)])]
  declarator: (function_declarator parameters: (parameter_list (parameter_declaration type: (type_identifier) !declarator)))
  (#within? "function" "method" "constructor" "destructor" "operator")) @reference.call
(declaration
  declarator: (function_declarator parameters: (parameter_list
    (parameter_declaration type: (type_identifier) @reference.value !declarator)))
  (#within? "function" "method" "constructor" "destructor" "operator"))
; The constructor of a base, or another of the same type; a name in small letters is a field's.
(field_initializer . (field_identifier) @name . (argument_list)? @arguments (#match? @name "^[A-Z].*[a-z]")) @reference.call
(field_initializer . (template_method name: (field_identifier) @name) . (argument_list)? @arguments) @reference.call
(field_initializer . (qualified_identifier
  scope: [(template_type name: (_) @qualifier) (_) @qualifier]
  name: [(field_identifier) @name (identifier) @name (template_method name: (field_identifier) @name)]) . (argument_list)? @arguments) @reference.call
(field_initializer . (qualified_identifier name: (qualified_identifier
  scope: [(template_type name: (_) @qualifier) (_) @qualifier]
  name: [(field_identifier) @name (identifier) @name (template_method name: (field_identifier) @name)])) . (argument_list)? @arguments) @reference.call
; The macro that makes a function, or a loop.
(function_definition !type declarator: (function_declarator declarator: (identifier) @name)) @reference.call
(function_definition
  declarator: (function_declarator declarator: (identifier) @name)
  (#any-of? @name "TEST" "TEST_F" "TEST_P" "TYPED_TEST" "TYPED_TEST_P")) @reference.call

; What else is named. Of a path each name is qualified by the one before it.
((preproc_call directive: (preproc_directive) @_d argument: (preproc_arg) @reference.value)
  (#eq? @_d "#undef")
  (#match? @reference.value "^[A-Za-z_][A-Za-z0-9_]*$"))
(qualified_identifier
  scope: [(template_type name: (_) @qualifier) (_) @qualifier]
  name: [
    (type_identifier) @name
    (template_type name: (type_identifier) @name)
    (qualified_identifier scope: [(namespace_identifier) @name (template_type name: (type_identifier) @name)])])
  @reference.type
(qualified_identifier
  scope: [(template_type name: (_) @qualifier) (_) @qualifier]
  name: [
    (identifier) @name
    (template_function name: (identifier) @name)
    (operator_name) @name]) @reference.value
((namespace_identifier) @reference.type (#not-any-of? @reference.type "" "std"))
((type_identifier) @reference.type
  (#not-any-of? @reference.type "" "final" "override" "class" "struct" "typename" "constexpr" "explicit"))
((identifier) @reference.value
  (#not-any-of? @reference.value
    "" "struct" "class" "int" "unsigned" "const" "long" "void" "char" "bool" "enum" "union" "short" "if" "explicit"
    "virtual" "override" "final" "constexpr" "noexcept" "public" "private" "protected" "defined" "__has_include"
    "namespace" "typename" "template" "auto" "static" "inline" "friend" "operator" "default" "delete"))
