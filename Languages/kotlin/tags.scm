; Kotlin.

; Containers: a file, types and their bodies.
(source_file) @container
(class_declaration) @container
(object_declaration) @container
(companion_object) @container
(class_body) @container
(enum_class_body) @container
(enum_entry) @container

; Scopes of locals. A generic type depends on the names of its parameters, one with constructor parameters that are no
; properties on theirs: it opens a scope after it is defined, which makes it one piece.
((class_declaration (type_parameters)) @local.scope)
((class_declaration (primary_constructor (class_parameter . (simple_identifier)))) @local.scope)
(function_declaration) @local.scope
(anonymous_function) @local.scope
(lambda_literal) @local.scope
(anonymous_initializer) @local.scope
(secondary_constructor) @local.scope
((property_declaration (type_parameters)) @local.scope)
(getter) @local.scope
(setter) @local.scope
(type_alias) @local.scope
(for_statement) @local.scope
(when_expression) @local.scope
(try_expression) @local.scope
(catch_block) @local.scope
(finally_block) @local.scope
(control_structure_body) @local.scope

; Of parameters.
(parameter_modifiers) @count.none

; Test code: JUnit, kotlin.test and TestNG by annotation, Kotest and JUnit 3 by base class.
((function_declaration (modifiers (annotation [
  (user_type (type_identifier) @_test .)
  (constructor_invocation (user_type (type_identifier) @_test .))]))) @test
  (#any-of? @_test
    "Test" "ParameterizedTest" "RepeatedTest" "TestFactory" "TestTemplate" "Theory" "Property"
    "Before" "BeforeClass" "BeforeEach" "BeforeAll" "BeforeTest" "After" "AfterClass" "AfterEach" "AfterAll" "AfterTest"
    "BeforeMethod" "AfterMethod" "BeforeSuite" "AfterSuite" "DataProvider"))
((class_declaration (modifiers (annotation [
  (user_type (type_identifier) @_test .)
  (constructor_invocation (user_type (type_identifier) @_test .))]))) @test
  (#any-of? @_test "Nested" "RunWith" "ExtendWith" "SpringBootTest" "Testcontainers" "TestConfiguration"))
((class_declaration (delegation_specifier (constructor_invocation (user_type (type_identifier) @_base .)))) @test
  (#match? @_base "TestCase$|^(String|Fun|Describe|Behavior|Should|Free|Word|Feature|Expect|Annotation)Spec$"))

; Seen in their own file only, or just in the type they stand in.
((function_declaration (modifiers (visibility_modifier "private"))) @file_local)
((property_declaration (modifiers (visibility_modifier "private"))) @file_local)
((class_declaration (modifiers (visibility_modifier "private"))) @file_local)
((object_declaration (modifiers (visibility_modifier "private"))) @file_local)
((type_alias (modifiers (visibility_modifier "private"))) @file_local)
((secondary_constructor (modifiers (visibility_modifier "private"))) @file_local)
((class_parameter (modifiers (visibility_modifier "private"))) @file_local)

; Definitions. A package's name is what is declared, dots and all; a companion without a name is called by its keyword.
; A primary constructor is in its class's signature.
(package_header (identifier) @name @ignore) @definition.package
(class_declaration "interface" (type_identifier) @name [(class_body) (enum_class_body)] @body) @definition.interface
(class_declaration "interface" (type_identifier) @name) @definition.interface
(class_declaration "enum" (type_identifier) @name [(class_body) (enum_class_body)] @body) @definition.enum
(class_declaration "enum" (type_identifier) @name) @definition.enum
(class_declaration (type_identifier) @name [(class_body) (enum_class_body)] @body) @definition.class
(class_declaration (type_identifier) @name
  (delegation_specifier (explicit_delegation (call_expression (call_suffix (annotated_lambda) @body))))) @definition.class
(class_declaration (type_identifier) @name) @definition.class
(object_declaration (type_identifier) @name (class_body) @body) @definition.object
(object_declaration (type_identifier) @name) @definition.object
((companion_object (type_identifier) @name (class_body) @body) @definition.object (#set! companion))
((companion_object (type_identifier) @name) @definition.object (#set! companion))
((companion_object "companion" @name "object" . (class_body) @body) @definition.object (#set! companion))
((companion_object "companion" @name "object" . (delegation_specifier) (class_body) @body) @definition.object (#set! companion))
((companion_object "companion" @name "object" . (delegation_specifier)) @definition.object (#set! companion))
((companion_object "companion" @name "object" .) @definition.object (#set! companion))
(enum_entry (simple_identifier) @name (class_body) @body) @definition.enum_member
(enum_entry (simple_identifier) @name) @definition.enum_member
(type_alias . (type_identifier) @name [(user_type) (nullable_type)]? @type) @definition.type_alias
(type_alias (modifiers) . (type_identifier) @name [(user_type) (nullable_type)]? @type) @definition.type_alias
(secondary_constructor "constructor" @name
  [(function_value_parameters (parameter_modifiers (parameter_modifier "vararg"))) (function_value_parameters) @parameters] (statements)? @body) @definition.constructor
; A return type or, without one, what a body is that is a single expression. Of one that takes any number of values no number is told.
((function_declaration (simple_identifier) @name
  [(function_value_parameters (parameter_modifiers (parameter_modifier "vararg"))) (function_value_parameters) @parameters] . [(user_type) (nullable_type)] @type (function_body)? @body) @definition.method
  (#has-parent? @definition.method "class_body" "enum_class_body"))
((function_declaration (simple_identifier) @name
  [(function_value_parameters (parameter_modifiers (parameter_modifier "vararg"))) (function_value_parameters) @parameters] [(function_body "=" (_) @value) (function_body)]? @body) @definition.method
  (#has-parent? @definition.method "class_body" "enum_class_body"))
(function_declaration (simple_identifier) @name
  [(function_value_parameters (parameter_modifiers (parameter_modifier "vararg"))) (function_value_parameters) @parameters] . [(user_type) (nullable_type)] @type (function_body)? @body
  (#within? "class" "interface" "enum" "object" "enum_member")) @definition.method
(function_declaration (simple_identifier) @name
  [(function_value_parameters (parameter_modifiers (parameter_modifier "vararg"))) (function_value_parameters) @parameters] [(function_body "=" (_) @value) (function_body)]? @body
  (#within? "class" "interface" "enum" "object" "enum_member")) @definition.method
; An extension is called like a member of what it extends.
(function_declaration receiver: (_) (simple_identifier) @name
  [(function_value_parameters (parameter_modifiers (parameter_modifier "vararg"))) (function_value_parameters) @parameters] . [(user_type) (nullable_type)] @type (function_body)? @body
  (#not-within? "function" "method" "constructor" "getter" "setter")) @definition.method
(function_declaration receiver: (_) (simple_identifier) @name
  [(function_value_parameters (parameter_modifiers (parameter_modifier "vararg"))) (function_value_parameters) @parameters] [(function_body "=" (_) @value) (function_body)]? @body
  (#not-within? "function" "method" "constructor" "getter" "setter")) @definition.method
(function_declaration (simple_identifier) @name
  [(function_value_parameters (parameter_modifiers (parameter_modifier "vararg"))) (function_value_parameters) @parameters] . [(user_type) (nullable_type)] @type (function_body)? @body) @definition.function
(function_declaration (simple_identifier) @name
  [(function_value_parameters (parameter_modifiers (parameter_modifier "vararg"))) (function_value_parameters) @parameters] [(function_body "=" (_) @value) (function_body)]? @body) @definition.function
(getter "get" @name (function_body) @body) @definition.getter
(setter "set" @name (function_body) @body) @definition.setter
(class_parameter (modifiers (parameter_modifier "vararg")) (binding_pattern_kind) . (simple_identifier) @name) @definition.property
(class_parameter (binding_pattern_kind) . (simple_identifier) @name . (_)? @type) @definition.property

; Properties; `const` is a constant.
(property_declaration (modifiers (property_modifier) @_const) (variable_declaration . (simple_identifier) @name . (_)? @type) . (_)? @value (#eq? @_const "const")) @definition.constant
((property_declaration (variable_declaration . (simple_identifier) @name . (_) @type) [(getter) (setter)] @body) @definition.property (#has-parent? @definition.property "class_body" "enum_class_body"))
((property_declaration (variable_declaration . (simple_identifier) @name) [(getter (function_body "=" (_) @value)) (getter) (setter)] @body) @definition.property (#has-parent? @definition.property "class_body" "enum_class_body"))
((property_declaration (variable_declaration . (simple_identifier) @name . (_)? @type) . (_)? @value) @definition.property (#has-parent? @definition.property "class_body" "enum_class_body"))
((property_declaration (variable_declaration . (simple_identifier) @name . (_) @type) [(getter) (setter)] @body) @definition.property (#within? "class" "interface" "enum" "object" "enum_member"))
((property_declaration (variable_declaration . (simple_identifier) @name) [(getter (function_body "=" (_) @value)) (getter) (setter)] @body) @definition.property (#within? "class" "interface" "enum" "object" "enum_member"))
((property_declaration (variable_declaration . (simple_identifier) @name . (_)? @type) . (_)? @value) @definition.property (#within? "class" "interface" "enum" "object" "enum_member"))
(property_declaration receiver: (_) (variable_declaration . (simple_identifier) @name . (_) @type) [(getter) (setter)] @body) @definition.property
(property_declaration receiver: (_) (variable_declaration . (simple_identifier) @name) [(getter (function_body "=" (_) @value)) (getter) (setter)] @body) @definition.property
(property_declaration receiver: (_) (variable_declaration . (simple_identifier) @name . (_)? @type) . (_)? @value) @definition.property
((property_declaration (binding_pattern_kind "val") (variable_declaration . (simple_identifier) @name . (_) @type) [(getter) (setter)] @body) @definition.constant (#has-parent? @definition.constant "source_file"))
((property_declaration (binding_pattern_kind "val") (variable_declaration . (simple_identifier) @name) [(getter (function_body "=" (_) @value)) (getter) (setter)] @body) @definition.constant (#has-parent? @definition.constant "source_file"))
((property_declaration (binding_pattern_kind "val") (variable_declaration . (simple_identifier) @name . (_)? @type) . (_)? @value) @definition.constant (#has-parent? @definition.constant "source_file"))
(property_declaration (variable_declaration . (simple_identifier) @name . (_) @type) [(getter) (setter)] @body) @definition.variable
(property_declaration (variable_declaration . (simple_identifier) @name) [(getter (function_body "=" (_) @value)) (getter) (setter)] @body) @definition.variable
(property_declaration (variable_declaration . (simple_identifier) @name) . (as_expression [(user_type) (nullable_type)] @type)) @definition.variable
(property_declaration (variable_declaration . (simple_identifier) @name) . (elvis_expression . (_) @value)) @definition.variable
(property_declaration (variable_declaration . (simple_identifier) @name . (_)? @type) . (_)? @value) @definition.variable
((property_declaration (multi_variable_declaration (variable_declaration . (simple_identifier) @name) @definition.property)) @_in (#has-parent? @_in "class_body" "enum_class_body"))
((property_declaration (binding_pattern_kind "val") (multi_variable_declaration (variable_declaration . (simple_identifier) @name) @definition.constant)) @_in (#has-parent? @_in "source_file"))
(property_declaration (multi_variable_declaration (variable_declaration . (simple_identifier) @name) @definition.variable))

; Locals, parameters, type parameters.
(type_parameter (type_identifier) @local.definition)
(function_type_parameters (parameter . (simple_identifier) @ignore))
(function_value_parameters (parameter_modifiers (parameter_modifier "vararg")) . (parameter . (simple_identifier) @local.definition))
((parameter . (simple_identifier) @local.definition . (_)? @type) @_parameter (#not-has-parent? @_parameter "function_type_parameters"))
(parameter_with_optional_type . (simple_identifier) @local.definition . (_)? @type)
(setter (simple_identifier) @local.definition)
(class_parameter (modifiers (parameter_modifier "vararg")) . (simple_identifier) @local.definition)
(class_parameter . (simple_identifier) @local.definition . (_)? @type)
(class_parameter (modifiers) . (simple_identifier) @local.definition . (_)? @type)
(catch_block . (simple_identifier) @local.definition . (_)? @type)
(catch_block (annotation) . (simple_identifier) @local.definition . (_)? @type)
(when_subject (variable_declaration . (simple_identifier) @local.definition) . (_) @value)
(variable_declaration . (simple_identifier) @local.definition . (_)? @type)
(variable_declaration (annotation) . (simple_identifier) @local.definition . (_)? @type)

; No names of the program.
(value_argument . (simple_identifier) @ignore . "=")
(label) @ignore

; Imports.
(import_header (identifier) @qualifier @ignore (wildcard_import) @name) @reference.import
(import_header (identifier) @name @ignore (import_alias (type_identifier) @alias @ignore)) @reference.import
((import_header (identifier) @name @ignore) @reference.import (#not-match? @reference.import "^import[[:space:]]+[^[:space:]]*[.][*]"))

; What a type is made from: a class is called with its constructor's arguments, an interface is not. An object without
; a name calls what it is made from.
(object_literal (delegation_specifier [
  (constructor_invocation (user_type . (type_identifier) @name .))
  (constructor_invocation (user_type . (type_identifier) @name . (type_arguments) .))
  (constructor_invocation (user_type (type_identifier) @qualifier . (type_identifier) @name .))
  (constructor_invocation (user_type (type_identifier) @qualifier . (type_identifier) @name . (type_arguments) .))
  (constructor_invocation (user_type (type_identifier) @qualifier . (type_arguments) . (type_identifier) @name .))
  (constructor_invocation (user_type (type_identifier) @qualifier . (type_arguments) . (type_identifier) @name . (type_arguments) .))])) @reference.call
(object_literal (delegation_specifier [
  (user_type . (type_identifier) @name .)
  (user_type . (type_identifier) @name . (type_arguments) .)
  (user_type (type_identifier) @qualifier . (type_identifier) @name .)
  (user_type (type_identifier) @qualifier . (type_identifier) @name . (type_arguments) .)
  (user_type (type_identifier) @qualifier . (type_arguments) . (type_identifier) @name .)
  (user_type (type_identifier) @qualifier . (type_arguments) . (type_identifier) @name . (type_arguments) .)])) @reference.type
(object_literal (delegation_specifier (explicit_delegation [
  (user_type . (type_identifier) @name .)
  (user_type . (type_identifier) @name . (type_arguments) .)
  (user_type (type_identifier) @qualifier . (type_identifier) @name .)
  (user_type (type_identifier) @qualifier . (type_identifier) @name . (type_arguments) .)
  (user_type (type_identifier) @qualifier . (type_arguments) . (type_identifier) @name .)
  (user_type (type_identifier) @qualifier . (type_arguments) . (type_identifier) @name . (type_arguments) .)]))) @reference.type
(class_declaration "interface" (delegation_specifier [
  (user_type . (type_identifier) @name .)
  (user_type . (type_identifier) @name . (type_arguments) .)
  (user_type (type_identifier) @qualifier . (type_identifier) @name .)
  (user_type (type_identifier) @qualifier . (type_identifier) @name . (type_arguments) .)
  (user_type (type_identifier) @qualifier . (type_arguments) . (type_identifier) @name .)
  (user_type (type_identifier) @qualifier . (type_arguments) . (type_identifier) @name . (type_arguments) .)])) @reference.inheritance
(delegation_specifier [
  (constructor_invocation (user_type . (type_identifier) @name .))
  (constructor_invocation (user_type . (type_identifier) @name . (type_arguments) .))
  (constructor_invocation (user_type (type_identifier) @qualifier . (type_identifier) @name .))
  (constructor_invocation (user_type (type_identifier) @qualifier . (type_identifier) @name . (type_arguments) .))
  (constructor_invocation (user_type (type_identifier) @qualifier . (type_arguments) . (type_identifier) @name .))
  (constructor_invocation (user_type (type_identifier) @qualifier . (type_arguments) . (type_identifier) @name . (type_arguments) .))]) @reference.inheritance
(delegation_specifier [
  (user_type . (type_identifier) @name .)
  (user_type . (type_identifier) @name . (type_arguments) .)
  (user_type (type_identifier) @qualifier . (type_identifier) @name .)
  (user_type (type_identifier) @qualifier . (type_identifier) @name . (type_arguments) .)
  (user_type (type_identifier) @qualifier . (type_arguments) . (type_identifier) @name .)
  (user_type (type_identifier) @qualifier . (type_arguments) . (type_identifier) @name . (type_arguments) .)]) @reference.implementation
(explicit_delegation [
  (user_type . (type_identifier) @name .)
  (user_type . (type_identifier) @name . (type_arguments) .)
  (user_type (type_identifier) @qualifier . (type_identifier) @name .)
  (user_type (type_identifier) @qualifier . (type_identifier) @name . (type_arguments) .)
  (user_type (type_identifier) @qualifier . (type_arguments) . (type_identifier) @name .)
  (user_type (type_identifier) @qualifier . (type_arguments) . (type_identifier) @name . (type_arguments) .)]) @reference.implementation

; The grammar takes a class's body for an argument of what it delegates to.
(explicit_delegation (call_expression . (simple_identifier) @reference.value (call_suffix . (annotated_lambda) .)))

; Calls. `this@A.m()` leads to a member of A.
; Where a lambda stands behind the arguments, or a list is spread, their number is not told.
(call_expression . (simple_identifier) @reference.call (call_suffix (value_arguments (value_argument (spread_expression)))) (#not-eq? @reference.call "init"))
(call_expression . (navigation_expression
  . [
    (postfix_expression . (_) @qualifier "!!")
    (parenthesized_expression . [(simple_identifier) (this_expression)] @qualifier .)
    (this_expression (type_identifier) @qualifier)
    (super_expression (user_type) @qualifier)
    (_) @qualifier]
  (navigation_suffix (simple_identifier) @name)) (call_suffix (value_arguments (value_argument (spread_expression))))) @reference.call
(call_expression . (simple_identifier) @reference.call (call_suffix (value_arguments) @arguments .) (#not-eq? @reference.call "init"))
(call_expression . (navigation_expression
  . [
    (postfix_expression . (_) @qualifier "!!")
    (parenthesized_expression . [(simple_identifier) (this_expression)] @qualifier .)
    (this_expression (type_identifier) @qualifier)
    (super_expression (user_type) @qualifier)
    (_) @qualifier]
  (navigation_suffix (simple_identifier) @name)) (call_suffix (value_arguments) @arguments .)) @reference.call
(call_expression . (simple_identifier) @reference.call (call_suffix) (#not-eq? @reference.call "init"))
(call_expression . (navigation_expression
  . [
    (postfix_expression . (_) @qualifier "!!")
    (parenthesized_expression . [(simple_identifier) (this_expression)] @qualifier .)
    (this_expression (type_identifier) @qualifier)
    (super_expression (user_type) @qualifier)
    (_) @qualifier]
  (navigation_suffix (simple_identifier) @name)) (call_suffix)) @reference.call
((infix_expression . (_) @qualifier . (simple_identifier) @name . (_)) @reference.call
  (#not-any-of? @name "class" "interface" "object" "annotation" "expect" "actual" "open" "data" "import"))
(constructor_delegation_call ["this" "super"] @name (value_arguments (value_argument (spread_expression)))) @reference.call
(constructor_delegation_call ["this" "super"] @name (value_arguments) @arguments) @reference.call

; Members by name.
(navigation_expression
  . [
    (postfix_expression . (_) @qualifier "!!")
    (parenthesized_expression . [(simple_identifier) (this_expression)] @qualifier .)
    (this_expression (type_identifier) @qualifier)
    (super_expression (user_type) @qualifier)
    (_) @qualifier]
  (navigation_suffix (simple_identifier) @name)) @reference.value
(directly_assignable_expression [
    (this_expression (type_identifier) @qualifier)
    (_) @qualifier] . (navigation_suffix (simple_identifier) @name)) @reference.value
(callable_reference (type_identifier) @qualifier (simple_identifier) @name) @reference.value

; Types. Of a path the last name is a type; one before it if it begins with a capital, else it is a package.
(user_type (type_identifier) @qualifier . (type_identifier) @name .) @reference.type
(user_type (type_identifier) @qualifier . (type_identifier) @name . (type_arguments) .) @reference.type
(user_type (type_identifier) @qualifier . (type_arguments) . (type_identifier) @name) @reference.type
((user_type (type_identifier) @qualifier . (type_identifier) @name) @reference.type (#match? @name "^[A-Z]"))
((user_type . (type_identifier) @ignore . (type_identifier)) (#not-match? @ignore "^[A-Z]"))
((user_type (type_identifier) . (type_identifier) @ignore . (type_identifier)) (#not-match? @ignore "^[A-Z]"))

; What is left.
((type_identifier) @reference.type (#not-any-of? @reference.type "dynamic" ""))
((interpolated_identifier) @reference.value (#not-any-of? @reference.value "it" "field" "this"))
((simple_identifier) @reference.value (#not-any-of? @reference.value "it" "field" "init" "_" ""))
