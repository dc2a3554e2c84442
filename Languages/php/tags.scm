; PHP.

; Containers: a file, namespaces, types and their bodies, and the blocks of statements in between, so that a function under
; `if (!function_exists('f')) { ... }` is found as if it stood outside.
(program) @container
(namespace_definition) @container
(class_declaration) @container
(interface_declaration) @container
(trait_declaration) @container
(enum_declaration) @container
(declaration_list) @container
(enum_declaration_list) @container
(compound_statement) @container
(colon_block) @container
(if_statement) @container
(else_if_clause) @container
(else_clause) @container
(try_statement) @container
(while_statement) @container

; Scopes of locals. A block opens none.
(function_definition) @local.scope
(method_declaration) @local.scope
(anonymous_function) @local.scope
(arrow_function) @local.scope
(property_hook) @local.scope

; Test code: PHPUnit, by base class and by attribute; Pest and Kahlan, whose tests are calls.
((class_declaration (base_clause [(name) @_base (qualified_name (name) @_base)])) @test
  (#match? @_base "(TestCase|TestBase|BaseTest)$|^Abstract.*Test$"))
((method_declaration attributes: (attribute_list (attribute_group (attribute [
  (name) @_test
  (qualified_name (name) @_test)])))) @test
  (#any-of? @_test
    "Test" "DataProvider" "TestWith" "TestDox" "Before" "BeforeClass" "After" "AfterClass" "PreCondition"
    "PostCondition"))
((class_declaration attributes: (attribute_list (attribute_group (attribute [
  (name) @_test
  (qualified_name (name) @_test)])))) @test
  (#any-of? @_test "CoversClass" "CoversFunction" "CoversMethod" "CoversNothing" "TestDox"))
((function_call_expression
  function: (name) @_test
  arguments: (arguments
    .
    (argument [(string (string_content) @name .) (encapsed_string (string_content) @name .)])
    .
    (argument [(anonymous_function body: (_) @body) (arrow_function body: (_) @body)]))) @definition.test
  (#any-of? @_test "test" "it" "describe" "arch")
  (#set! test))

; Namespaces and types. A namespace's name is what is declared, whole; one for the rest of the file holds nothing. A class
; without a name is named by its keyword, as no other can be.
(namespace_definition name: (_) @name @ignore) @definition.namespace
(class_declaration name: (name) @name) @definition.class
(interface_declaration name: (name) @name) @definition.interface
(trait_declaration name: (name) @name) @definition.trait
(enum_declaration name: (name) @name) @definition.enum
(enum_case name: (name) @name) @definition.enum_member
(anonymous_class "class" @name) @definition.class

; Properties, those made by the constructor's parameters among them, and what reads and writes them in their stead.
(method_declaration parameters: (formal_parameters (property_promotion_parameter type: [(named_type) (optional_type) (union_type)] @type name: [
  (variable_name (name) @name)
  (by_ref (variable_name (name) @name))]) @definition.property))
(method_declaration parameters: (formal_parameters (property_promotion_parameter name: [
  (variable_name (name) @name)
  (by_ref (variable_name (name) @name))]) @definition.property))
(property_declaration type: [(named_type) (optional_type) (union_type)] @type "," (property_element name: (variable_name (name) @name)) @definition.property)
(property_declaration type: [(named_type) (optional_type) (union_type)] @type (property_element name: (variable_name (name) @name)) @definition.property ",")
(property_declaration
  type: [(named_type) (optional_type) (union_type)] @type
  (property_element name: (variable_name (name) @name))
  (property_hook_list) @body) @definition.property
(property_declaration type: [(named_type) (optional_type) (union_type)] @type (property_element name: (variable_name (name) @name))) @definition.property
(property_declaration "," (property_element name: (variable_name (name) @name)) @definition.property)
(property_declaration (property_element name: (variable_name (name) @name)) @definition.property ",")
(property_declaration
  (property_element name: (variable_name (name) @name))
  (property_hook_list) @body) @definition.property
(property_declaration (property_element name: (variable_name (name) @name))) @definition.property
((property_hook (name) @name body: (_)) @definition.getter (#eq? @name "get"))
((property_hook (name) @name body: (_)) @definition.setter (#eq? @name "set"))

; Constants. One that is declared alone encloses its modifiers and type, of several each but its own value.
(const_declaration "," (const_element . (name) @name) @definition.constant)
(const_declaration (const_element . (name) @name) @definition.constant ",")
(const_declaration (const_element . (name) @name)) @definition.constant
((function_call_expression
  function: [(name) @_define (qualified_name . "\\" . (name) @_define)]
  arguments: (arguments
    .
    (argument [(string (string_content) @name .) (encapsed_string . (string_content) @name .)]))) @definition.constant
  (#eq? @_define "define")
  (#match? @name "^[A-Za-z_\\][A-Za-z0-9_\\]*$"))
((function_call_expression
  function: [(name) @_alias (qualified_name . "\\" . (name) @_alias)]
  arguments: (arguments
    .
    (_)
    .
    (argument [(string (string_content) @name .) (encapsed_string . (string_content) @name .)]))) @definition.type_alias
  (#eq? @_alias "class_alias")
  (#match? @name "^[A-Za-z_][A-Za-z0-9_]*$"))

; Functions.
(function_definition name: (name) @name return_type: [(named_type) (optional_type) (union_type)] @type) @definition.function
(function_definition name: (name) @name) @definition.function
((method_declaration name: (name) @name) @definition.constructor (#eq? @name "__construct"))
((method_declaration name: (name) @name) @definition.destructor (#eq? @name "__destruct"))
(method_declaration name: (name) @name return_type: [(named_type) (optional_type) (union_type)] @type) @definition.method
(method_declaration name: (name) @name) @definition.method
; A method of a trait by another name is one more.
(use_as_clause (_) (name) @name .) @definition.method
; A closure by a name, which keeps its sign: `$f` and `f` have nothing to do with each other.
(assignment_expression
  left: (variable_name) @name
  right: [
    (anonymous_function body: (_) @body)
    (arrow_function body: (_) @body)
    (parenthesized_expression [(anonymous_function body: (_) @body) (arrow_function body: (_) @body)])]) @definition.function

; Variables: of a function they are locals, outside they are the program's. Of several on the left each is an entity without
; extent.
(assignment_expression left: (variable_name) @name @definition.variable right: (assignment_expression))
(assignment_expression
  left: (variable_name) @name
  right: [
    (object_creation_expression . [(name) (qualified_name)] @type)
    (parenthesized_expression (object_creation_expression . [(name) (qualified_name)] @type))]) @definition.variable
(assignment_expression
  left: (variable_name) @name
  right: [
    (function_call_expression)
    (member_call_expression)
    (nullsafe_member_call_expression)
    (scoped_call_expression)
    (member_access_expression)
    (nullsafe_member_access_expression)
    (scoped_property_access_expression)
    (class_constant_access_expression)
    (clone_expression)
    (variable_name)] @value) @definition.variable
(assignment_expression left: (variable_name) @name) @definition.variable
(reference_assignment_expression left: (variable_name) @name) @definition.variable
(list_literal (variable_name) @name @definition.variable)
(list_literal (by_ref (variable_name) @name @definition.variable))
(foreach_statement (_) . [
  (variable_name) @name @definition.variable
  (by_ref (variable_name) @name @definition.variable)
  (pair (variable_name) @name @definition.variable)
  (pair (by_ref (variable_name) @name @definition.variable))] . body: (_))
((catch_clause type: (type_list . (named_type) @type .) name: (variable_name) @local.definition)
  (#within? "function" "method" "constructor" "destructor" "getter" "setter"))
((catch_clause name: (variable_name) @local.definition)
  (#within? "function" "method" "constructor" "destructor" "getter" "setter"))
((catch_clause (variable_name) @name @definition.variable)
  (#not-within? "function" "method" "constructor" "destructor" "getter" "setter"))

; Parameters and variables that keep their value.
((simple_parameter type: [(named_type) (optional_type) (union_type)] @type name: [(variable_name) @local.definition (by_ref (variable_name) @local.definition)]) (#not-eq? @type "object"))
(simple_parameter name: [(variable_name) @local.definition (by_ref (variable_name) @local.definition)])
(variadic_parameter name: [(variable_name) @local.definition (by_ref (variable_name) @local.definition)])
(property_promotion_parameter type: [(named_type) (optional_type) (union_type)] @type name: [(variable_name) @local.definition (by_ref (variable_name) @local.definition)])
(property_promotion_parameter name: [(variable_name) @local.definition (by_ref (variable_name) @local.definition)])
(static_variable_declaration name: (variable_name) @local.definition)
; What is asserted of a variable holds from there on.
((function_call_expression
  function: (name) @_assert
  arguments: (arguments . (argument (binary_expression
    left: (variable_name) @local.definition
    operator: "instanceof"
    right: [(name) (qualified_name)] @type))))
  (#eq? @_assert "assert"))

; No names of the program.
(namespace_name) @ignore
(argument name: (name) @ignore)
(named_label_statement (name) @ignore)
(goto_statement (name) @ignore)
(use_as_clause . (name) @ignore)
((property_hook (name) @ignore) (#any-of? @ignore "get" "set"))
(encapsed_string (subscript_expression (name) @ignore .))
(heredoc_body (subscript_expression (name) @ignore .))

; Imports: of names, and of files whose path, or the end of whose path, is written out.
(namespace_use_declaration (namespace_name) @qualifier body: (_)) @prefix
(namespace_use_clause . [
  (name) @name
  (qualified_name prefix: (namespace_name) @qualifier (name) @name)
  (qualified_name . "\\" . (name) @name)] alias: (name) @alias) @reference.import
(namespace_use_clause . [
  (name) @name
  (qualified_name prefix: (namespace_name) @qualifier (name) @name)
  (qualified_name . "\\" . (name) @name)] !alias) @reference.import
((include_expression [
  (string (string_content) @name .)
  (encapsed_string (string_content) @name .)
  (binary_expression right: [(string (string_content) @name .) (encapsed_string (string_content) @name .)])
  (parenthesized_expression [
    (string (string_content) @name .)
    (encapsed_string (string_content) @name .)
    (binary_expression right: [(string (string_content) @name .) (encapsed_string (string_content) @name .)])])]) @reference.import
  (#match? @name "^([.]*/|[A-Za-z0-9_]).*[.][A-Za-z0-9]+$"))
((include_once_expression [
  (string (string_content) @name .)
  (encapsed_string (string_content) @name .)
  (binary_expression right: [(string (string_content) @name .) (encapsed_string (string_content) @name .)])
  (parenthesized_expression [
    (string (string_content) @name .)
    (encapsed_string (string_content) @name .)
    (binary_expression right: [(string (string_content) @name .) (encapsed_string (string_content) @name .)])])]) @reference.import
  (#match? @name "^([.]*/|[A-Za-z0-9_]).*[.][A-Za-z0-9]+$"))
((require_expression [
  (string (string_content) @name .)
  (encapsed_string (string_content) @name .)
  (binary_expression right: [(string (string_content) @name .) (encapsed_string (string_content) @name .)])
  (parenthesized_expression [
    (string (string_content) @name .)
    (encapsed_string (string_content) @name .)
    (binary_expression right: [(string (string_content) @name .) (encapsed_string (string_content) @name .)])])]) @reference.import
  (#match? @name "^([.]*/|[A-Za-z0-9_]).*[.][A-Za-z0-9]+$"))
((require_once_expression [
  (string (string_content) @name .)
  (encapsed_string (string_content) @name .)
  (binary_expression right: [(string (string_content) @name .) (encapsed_string (string_content) @name .)])
  (parenthesized_expression [
    (string (string_content) @name .)
    (encapsed_string (string_content) @name .)
    (binary_expression right: [(string (string_content) @name .) (encapsed_string (string_content) @name .)])])]) @reference.import
  (#match? @name "^([.]*/|[A-Za-z0-9_]).*[.][A-Za-z0-9]+$"))

; What a type is made from; a trait gives what it has, so that is inherited as well. A leading `\` stands for the root where
; a class is named: `class E extends \E`.
(base_clause [
  (name) @name
  (qualified_name prefix: (namespace_name) @qualifier (name) @name)
  (qualified_name . "\\" @qualifier . (name) @name)
  (relative_name prefix: (namespace_name) @qualifier (name) @name)
  (relative_name "namespace" @qualifier "\\" . (name) @name)]) @reference.inheritance
(use_declaration [
  (name) @name
  (qualified_name prefix: (namespace_name) @qualifier (name) @name)
  (qualified_name . "\\" @qualifier . (name) @name)
  (relative_name prefix: (namespace_name) @qualifier (name) @name)
  (relative_name "namespace" @qualifier "\\" . (name) @name)]) @reference.inheritance
(class_interface_clause [
  (name) @name
  (qualified_name prefix: (namespace_name) @qualifier (name) @name)
  (qualified_name . "\\" @qualifier . (name) @name)
  (relative_name prefix: (namespace_name) @qualifier (name) @name)
  (relative_name "namespace" @qualifier "\\" . (name) @name)]) @reference.implementation

; Calls: of a function, which is looked for at the root as well, with `\` or without; of a closure by its variable; of one
; that a property holds; of methods; an object made. `f(...)` makes a callable of what it names. What only looks like a call of
; a function is none, in any case of letters.
((function_call_expression function: (name) @name) @reference.call
  (#not-match? @name
    "^([iI][sS][sS][eE][tT]|[eE][mM][pP][tT][yY]|[eE][vV][aA][lL]|[dD][iI][eE]|[eE][xX][iI][tT]|__halt_compiler)$"))
(function_call_expression function: [
  (qualified_name prefix: (namespace_name) @qualifier (name) @name)
  (qualified_name . "\\" . (name) @name)
  (relative_name prefix: (namespace_name) @qualifier (name) @name)
  (relative_name "namespace" @qualifier "\\" . (name) @name)
  (variable_name) @name
  (parenthesized_expression (variable_name) @name)
  (parenthesized_expression (member_access_expression object: (_) @qualifier name: (name) @name))
  (parenthesized_expression (scoped_property_access_expression scope: (_) @qualifier name: (variable_name (name) @name)))]) @reference.call
(member_call_expression object: (_) @qualifier name: (name) @name) @reference.call
(nullsafe_member_call_expression object: (_) @qualifier name: (name) @name) @reference.call
(scoped_call_expression scope: (_) @qualifier name: (name) @name) @reference.call
(object_creation_expression . [
  (name) @name
  (qualified_name prefix: (namespace_name) @qualifier (name) @name)
  (qualified_name . "\\" @qualifier . (name) @name)
  (relative_name prefix: (namespace_name) @qualifier (name) @name)
  (relative_name "namespace" @qualifier "\\" . (name) @name)]) @reference.new

; Methods handed over: `[$this, 'm']`, `[C::class, 'm']`.
((array_creation_expression
  .
  (array_element_initializer . [
    (variable_name) @qualifier
    (name) @qualifier @_magic
    (class_constant_access_expression . (_) @qualifier (name) @_class .)] .)
  .
  (array_element_initializer . (string (string_content) @name .) .) .) @reference.value
  (#match? @qualifier "^([$]this|[^$].*)$")
  (#eq? @_class "class")
  (#eq? @_magic "__CLASS__")
  (#match? @name "^[A-Za-z_][A-Za-z0-9_]*$"))

; Members by name, but none of an expression; `C::class` is C.
((class_constant_access_expression . (_) @qualifier (name) @name .) @reference.value
  (#not-eq? @name "class") (#not-match? @qualifier "[][({\"'`<]"))
((member_access_expression object: (_) @qualifier name: (name) @name) @reference.value
  (#not-match? @qualifier "[][({\"'`<]"))
((nullsafe_member_access_expression object: (_) @qualifier name: (name) @name) @reference.value
  (#not-match? @qualifier "[][({\"'`<]"))
((scoped_property_access_expression scope: (_) @qualifier name: (variable_name (name) @name)) @reference.value
  (#not-match? @qualifier "[][({\"'`<]"))

; Types, and what is left: constants, and variables that no function has to itself.
(class_constant_access_expression . (name) @reference.type)
(named_type (qualified_name . "\\" @qualifier . (name) @name)) @reference.type
(attribute (qualified_name . "\\" @qualifier . (name) @name)) @reference.type
(class_constant_access_expression . (qualified_name . "\\" @qualifier . (name) @name)) @reference.type
(scoped_call_expression scope: (qualified_name . "\\" @qualifier . (name) @name)) @reference.type
(scoped_property_access_expression scope: (qualified_name . "\\" @qualifier . (name) @name)) @reference.type
(binary_expression operator: "instanceof" right: (qualified_name . "\\" @qualifier . (name) @name)) @reference.type
(qualified_name prefix: (namespace_name) @qualifier (name) @name) @reference.type
(qualified_name . "\\" . (name) @name) @reference.value
(relative_name prefix: (namespace_name) @qualifier (name) @name) @reference.type
(relative_name "namespace" @qualifier "\\" . (name) @name) @reference.type
((named_type (name) @reference.type) (#not-any-of? @reference.type "self" "static" "parent" "object" "readonly"))
((name) @reference.value
  (#not-has-parent? @reference.value
    "named_type" "variable_name" "dynamic_variable_name" "qualified_name" "relative_name" "class_constant_access_expression"
    "member_access_expression" "nullsafe_member_access_expression" "function_call_expression" "namespace_use_clause"
    "ERROR")
  (#not-any-of? @reference.value
    "self" "static" "parent" "__LINE__" "__FILE__" "__DIR__" "__FUNCTION__" "__CLASS__" "__TRAIT__" "__METHOD__"
    "__NAMESPACE__" "__PROPERTY__" "__COMPILER_HALT_OFFSET__"))
(global_declaration (variable_name) @reference.value)
(anonymous_function_use_clause [(variable_name) @reference.value (by_ref (variable_name) @reference.value)])
((variable_name) @reference.value
  (#not-within? "function" "method" "constructor" "destructor" "property" "getter" "setter")
  (#not-has-parent? @reference.value
    "property_element" "scoped_property_access_expression" "dynamic_variable_name" "global_declaration")
  (#not-any-of? @reference.value
    "$this" "$GLOBALS" "$_SERVER" "$_GET" "$_POST" "$_FILES" "$_COOKIE" "$_SESSION" "$_REQUEST" "$_ENV" "$argc" "$argv"))
