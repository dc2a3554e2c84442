; Scala 2 and 3.

; Containers: a file, types and their bodies.
(compilation_unit) @container
(package_clause) @container
(package_object) @container
(class_definition) @container
(trait_definition) @container
(object_definition) @container
(enum_definition) @container
(template_body) @container
(enum_body) @container

; Scopes of locals. A type with parameters, of types or of its constructor, or with a name for itself depends on these
; names: it opens a scope after it is defined, which makes it one piece.
((class_definition type_parameters: (_)) @local.scope)
((class_definition class_parameters: (class_parameters (class_parameter))) @local.scope)
((class_definition body: (template_body (self_type))) @local.scope)
((trait_definition type_parameters: (_)) @local.scope)
((trait_definition class_parameters: (class_parameters (class_parameter))) @local.scope)
((trait_definition body: (template_body (self_type))) @local.scope)
((object_definition body: (template_body (self_type))) @local.scope)
((enum_definition type_parameters: (_)) @local.scope)
((enum_definition class_parameters: (class_parameters (class_parameter))) @local.scope)
(full_enum_case) @local.scope
(function_definition) @local.scope
(function_declaration) @local.scope
(extension_definition) @local.scope
(given_definition) @local.scope
(type_definition) @local.scope
(type_lambda) @local.scope
(function_type) @local.scope
(type_case_clause) @local.scope
(instance_expression) @local.scope
(lambda_expression) @local.scope
(block) @local.scope
(indented_block) @local.scope
(colon_argument) @local.scope
(case_clause) @local.scope
(catch_clause) @local.scope
(for_expression) @local.scope
(quote_expression) @local.scope
(splice_expression) @local.scope

; Test code: JUnit and TestNG by annotation; ScalaTest, munit, specs2, uTest, ScalaCheck, weaver, ZIO by what a suite
; is made from.
((function_definition (annotation name: [
  (type_identifier) @_test
  (stable_type_identifier (type_identifier) @_test .)])) @test
  (#any-of? @_test
    "Test" "ParameterizedTest" "RepeatedTest" "TestFactory" "TestTemplate" "Theory" "Property" "Before" "BeforeClass"
    "BeforeEach" "BeforeAll" "BeforeMethod" "BeforeSuite" "After" "AfterClass" "AfterEach" "AfterAll" "AfterMethod"
    "AfterSuite" "DataProvider"))
((class_definition extend: (extends_clause type: [
  (type_identifier) @_base
  (stable_type_identifier (type_identifier) @_base .)
  (generic_type type: (type_identifier) @_base)])) @test
  (#match? @_base "(Suite|Spec|Specs|Specification|SuiteLike|SpecLike|TestCase|ZIOSpecDefault)$|^Properties$"))
((object_definition extend: (extends_clause type: [
  (type_identifier) @_base
  (stable_type_identifier (type_identifier) @_base .)
  (generic_type type: (type_identifier) @_base)])) @test
  (#match? @_base "(Suite|Spec|Specs|Specification|SuiteLike|SpecLike|TestCase|ZIOSpecDefault)$|^Properties$"))

; Seen in their own file only: what is private in a type is for it and its companion, and they share a file.
((function_definition (modifiers (access_modifier) @_private)) @file_local
  (#any-of? @_private "private" "private[this]") (#within? "class" "trait" "object" "enum"))
((val_definition (modifiers (access_modifier) @_private)) @file_local
  (#any-of? @_private "private" "private[this]") (#within? "class" "trait" "object" "enum"))
((var_definition (modifiers (access_modifier) @_private)) @file_local
  (#any-of? @_private "private" "private[this]") (#within? "class" "trait" "object" "enum"))
((type_definition (modifiers (access_modifier) @_private)) @file_local
  (#any-of? @_private "private" "private[this]") (#within? "class" "trait" "object" "enum"))
((class_definition (modifiers (access_modifier) @_private)) @file_local
  (#any-of? @_private "private" "private[this]") (#within? "class" "trait" "object" "enum"))
((trait_definition (modifiers (access_modifier) @_private)) @file_local
  (#any-of? @_private "private" "private[this]") (#within? "class" "trait" "object" "enum"))
((object_definition (modifiers (access_modifier) @_private)) @file_local
  (#any-of? @_private "private" "private[this]") (#within? "class" "trait" "object" "enum"))

; Imports and exports. The path is written name by name, each a prefix of what comes after it; two imports in one
; statement would mix theirs, so of these only the last name before is told.
((import_declaration path: (_) @qualifier . path: (_)) @prefix
  (#not-match? @prefix "^[^{},]*([{][^{}]*[}][^{},]*)*,"))
((import_declaration path: (_) @qualifier . [(namespace_wildcard) (namespace_selectors) (as_renamed_identifier)]) @prefix
  (#not-match? @prefix "^[^{},]*([{][^{}]*[}][^{},]*)*,"))
((export_declaration path: (_) @qualifier . path: (_)) @prefix
  (#not-match? @prefix "^[^{},]*([{][^{}]*[}][^{},]*)*,"))
((export_declaration path: (_) @qualifier . [(namespace_wildcard) (namespace_selectors) (as_renamed_identifier)]) @prefix
  (#not-match? @prefix "^[^{},]*([{][^{}]*[}][^{},]*)*,"))

; Definitions. A package's name is what is declared, dots and all; one without braces holds nothing.
(package_clause name: (package_identifier) @name @ignore) @definition.package
(package_object name: (_) @name) @definition.object
(class_definition name: (_) @name) @definition.class
(trait_definition name: (_) @name) @definition.trait
(object_definition name: (_) @name) @definition.object
(enum_definition name: (_) @name) @definition.enum
(simple_enum_case name: (_) @name) @definition.enum_member
(full_enum_case name: (_) @name) @definition.enum_member
((type_definition !type name: (_) @name) @definition.associated_type
  (#not-has-parent? @definition.associated_type "refinement" "structural_type"))
((type_definition name: (_) @name type: (_)? @type) @definition.type_alias
  (#not-has-parent? @definition.type_alias "refinement" "structural_type"))

; A given with members is an object, one that is but a value a constant; one without a name is called by its keyword.
(given_definition name: (_) @name body: (with_template_body)) @definition.object
(given_definition "given" @name !name body: (with_template_body)) @definition.object
(given_definition name: (_) @name return_type: (_)? @type) @definition.constant
(given_definition "given" @name !name) @definition.constant

; Tests by a title: `test("...") { }`, `"..." in { }`, `"..." should "..." in { }`.
((call_expression
  function: (call_expression
    function: (identifier) @_test
    arguments: (arguments . [
      (string) @name
      (interpolated_string_expression) @name
      (field_expression value: (string) @name)
      (call_expression function: (field_expression value: (string) @name))]))
  arguments: (_) @body) @definition.test
  (#any-of? @_test
    "test" "it" "they" "describe" "feature" "Feature" "scenario" "Scenario" "property" "test_" "ignore" "suite" "suiteAll"
    "testAsync" "testFuture" "testCatsEffect" "simpleTest" "pureTest" "loggedTest" "real" "ticked" "given" "When" "Then")
  (#set! test))
((infix_expression
  left: [(string) @name (infix_expression right: (string) @name)]
  operator: (identifier) @_in
  right: [(block) (call_expression) (colon_argument)] @body) @definition.test
  (#any-of? @_in "in" "should" "must" "can" "when" "which" "that" "ignore")
  (#set! test))
((assignment_expression
  left: (call_expression function: (identifier) @_test arguments: (arguments . (string) @name))
  right: (_) @body) @definition.test
  (#any-of? @_test "property" "propertyWithSeed")
  (#set! test))

; Functions. Secondary constructors are called `this`. An extension's methods are called like members of what it extends.
((function_definition name: (identifier) @name . (parameters (parameter type: (repeated_parameter_type)))) @definition.constructor (#eq? @name "this"))
((function_definition name: (identifier) @name . (parameters)? @parameters) @definition.constructor (#eq? @name "this"))
((function_definition name: (_) @name . (type_parameters)? . [(parameters (parameter type: (repeated_parameter_type))) (parameters) @parameters]
  return_type: (_) @type) @definition.function
  (#has-parent? @definition.function "template_body") (#within? "package"))
((function_definition name: (_) @name . (type_parameters)? . [(parameters (parameter type: (repeated_parameter_type))) (parameters) @parameters]
  body: [(instance_expression . (type_identifier) @type) (instance_expression . (stable_type_identifier) @type)
    (instance_expression . (generic_type) @type)
    (call_expression) @value (field_expression) @value (identifier) @value (integer_literal) @value (floating_point_literal) @value]?) @definition.function
  (#has-parent? @definition.function "template_body") (#within? "package"))
((function_definition name: (_) @name . (type_parameters)?
  return_type: (_) @type) @definition.function
  (#has-parent? @definition.function "template_body") (#within? "package"))
((function_definition name: (_) @name . (type_parameters)?
  body: [(instance_expression . (type_identifier) @type) (instance_expression . (stable_type_identifier) @type)
    (instance_expression . (generic_type) @type)
    (call_expression) @value (field_expression) @value (identifier) @value (integer_literal) @value (floating_point_literal) @value]?) @definition.function
  (#has-parent? @definition.function "template_body") (#within? "package"))
((function_definition name: (_) @name . (type_parameters)? . [(parameters (parameter type: (repeated_parameter_type))) (parameters) @parameters]
  return_type: (_) @type) @definition.method
  (#has-parent? @definition.method "template_body" "with_template_body" "enum_body" "extension_definition"))
((function_definition name: (_) @name . (type_parameters)? . [(parameters (parameter type: (repeated_parameter_type))) (parameters) @parameters]
  body: [(instance_expression . (type_identifier) @type) (instance_expression . (stable_type_identifier) @type)
    (instance_expression . (generic_type) @type)
    (call_expression) @value (field_expression) @value (identifier) @value (integer_literal) @value (floating_point_literal) @value]?) @definition.method
  (#has-parent? @definition.method "template_body" "with_template_body" "enum_body" "extension_definition"))
((function_definition name: (_) @name . (type_parameters)?
  return_type: (_) @type) @definition.method
  (#has-parent? @definition.method "template_body" "with_template_body" "enum_body" "extension_definition"))
((function_definition name: (_) @name . (type_parameters)?
  body: [(instance_expression . (type_identifier) @type) (instance_expression . (stable_type_identifier) @type)
    (instance_expression . (generic_type) @type)
    (call_expression) @value (field_expression) @value (identifier) @value (integer_literal) @value (floating_point_literal) @value]?) @definition.method
  (#has-parent? @definition.method "template_body" "with_template_body" "enum_body" "extension_definition"))
;   Within an error node there is no body around.
(function_definition name: (_) @name (#within? "class" "trait" "object" "enum")) @definition.method
(function_definition name: (_) @name . (type_parameters)? . [(parameters (parameter type: (repeated_parameter_type))) (parameters) @parameters]
  return_type: (_) @type) @definition.function
(function_definition name: (_) @name . (type_parameters)? . [(parameters (parameter type: (repeated_parameter_type))) (parameters) @parameters]
  body: [(instance_expression . (type_identifier) @type) (instance_expression . (stable_type_identifier) @type)
    (instance_expression . (generic_type) @type)
    (call_expression) @value (field_expression) @value (identifier) @value (integer_literal) @value (floating_point_literal) @value]?) @definition.function
(function_definition name: (_) @name . (type_parameters)?
  return_type: (_) @type) @definition.function
(function_definition name: (_) @name . (type_parameters)?
  body: [(instance_expression . (type_identifier) @type) (instance_expression . (stable_type_identifier) @type)
    (instance_expression . (generic_type) @type)
    (call_expression) @value (field_expression) @value (identifier) @value (integer_literal) @value (floating_point_literal) @value]?) @definition.function
((function_declaration name: (_) @name . (type_parameters)? . [(parameters (parameter type: (repeated_parameter_type))) (parameters) @parameters] return_type: (_)? @type) @definition.method
  (#not-has-parent? @definition.method "refinement" "structural_type"))
((function_declaration name: (_) @name . (type_parameters)? return_type: (_)? @type) @definition.method
  (#not-has-parent? @definition.method "refinement" "structural_type"))

; Values. In a type they are fields, in a package constants and variables, in a function locals, but one that is a lambda
; is a function there.
((val_definition pattern: (identifier) @name type: (_) @type) @definition.constant (#has-parent? @definition.constant "compilation_unit"))
((val_definition pattern: (identifier) @name
  value: [(instance_expression . (type_identifier) @type) (instance_expression . (stable_type_identifier) @type)
    (instance_expression . (generic_type) @type)
    (call_expression) @value (field_expression) @value (identifier) @value (integer_literal) @value (floating_point_literal) @value]?) @definition.constant (#has-parent? @definition.constant "compilation_unit"))
((val_definition pattern: (identifier) @name type: (_) @type) @definition.constant
  (#has-parent? @definition.constant "template_body") (#within? "package"))
((val_definition pattern: (identifier) @name
  value: [(instance_expression . (type_identifier) @type) (instance_expression . (stable_type_identifier) @type)
    (instance_expression . (generic_type) @type)
    (call_expression) @value (field_expression) @value (identifier) @value (integer_literal) @value (floating_point_literal) @value]?) @definition.constant
  (#has-parent? @definition.constant "template_body") (#within? "package"))
((val_definition pattern: (identifier) @name type: (_) @type) @definition.field
  (#has-parent? @definition.field "template_body" "with_template_body" "enum_body"))
((val_definition pattern: (identifier) @name
  value: [(instance_expression . (type_identifier) @type) (instance_expression . (stable_type_identifier) @type)
    (instance_expression . (generic_type) @type)
    (call_expression) @value (field_expression) @value (identifier) @value (integer_literal) @value (floating_point_literal) @value]?) @definition.field
  (#has-parent? @definition.field "template_body" "with_template_body" "enum_body"))
(val_definition pattern: (identifier) @name value: [
  (lambda_expression) @body (block . (lambda_expression) .) @body (indented_block . (lambda_expression) .) @body])
  @definition.function
((val_definition pattern: [
  (identifiers (identifier) @name @definition.constant)
  (tuple_pattern (identifier) @name @definition.constant)
  (tuple_pattern (typed_pattern pattern: (identifier) @name @definition.constant))
  (tuple_pattern (case_class_pattern pattern: (identifier) @name @definition.constant))
  (case_class_pattern pattern: (identifier) @name @definition.constant)
  (infix_pattern left: (identifier) @name @definition.constant)
  (infix_pattern right: (identifier) @name @definition.constant)
  (typed_pattern pattern: (identifier) @name @definition.constant)
  (capture_pattern name: (identifier) @name @definition.constant)]) @_in
  (#has-parent? @_in "compilation_unit") (#match? @name "^[a-z_]"))
((val_definition pattern: [
  (identifiers (identifier) @name @definition.field)
  (tuple_pattern (identifier) @name @definition.field)
  (tuple_pattern (typed_pattern pattern: (identifier) @name @definition.field))
  (tuple_pattern (case_class_pattern pattern: (identifier) @name @definition.field))
  (case_class_pattern pattern: (identifier) @name @definition.field)
  (infix_pattern left: (identifier) @name @definition.field)
  (infix_pattern right: (identifier) @name @definition.field)
  (typed_pattern pattern: (identifier) @name @definition.field)
  (capture_pattern name: (identifier) @name @definition.field)]) @_in
  (#has-parent? @_in "template_body" "with_template_body" "enum_body") (#match? @name "^[a-z_]"))
((val_definition pattern: (identifiers (identifier) @name @definition.field)) @_in
  (#has-parent? @_in "template_body" "with_template_body" "enum_body"))
((val_declaration name: (_) @name @definition.field . ",") @_in (#not-has-parent? @_in "refinement" "structural_type"))
((val_declaration "," . name: (_) @name @definition.field) @_in (#not-has-parent? @_in "refinement" "structural_type"))
((val_declaration name: (_) @name type: (_)? @type) @definition.field (#not-has-parent? @definition.field "refinement" "structural_type"))
((var_definition pattern: (identifier) @name type: (_) @type) @definition.variable (#has-parent? @definition.variable "compilation_unit"))
((var_definition pattern: (identifier) @name
  value: [(instance_expression . (type_identifier) @type) (instance_expression . (stable_type_identifier) @type)
    (instance_expression . (generic_type) @type)
    (call_expression) @value (field_expression) @value (identifier) @value (integer_literal) @value (floating_point_literal) @value]?) @definition.variable (#has-parent? @definition.variable "compilation_unit"))
((var_definition pattern: (identifier) @name type: (_) @type) @definition.variable
  (#has-parent? @definition.variable "template_body") (#within? "package"))
((var_definition pattern: (identifier) @name
  value: [(instance_expression . (type_identifier) @type) (instance_expression . (stable_type_identifier) @type)
    (instance_expression . (generic_type) @type)
    (call_expression) @value (field_expression) @value (identifier) @value (integer_literal) @value (floating_point_literal) @value]?) @definition.variable
  (#has-parent? @definition.variable "template_body") (#within? "package"))
((var_definition pattern: (identifier) @name type: (_) @type) @definition.field
  (#has-parent? @definition.field "template_body" "with_template_body" "enum_body"))
((var_definition pattern: (identifier) @name
  value: [(instance_expression . (type_identifier) @type) (instance_expression . (stable_type_identifier) @type)
    (instance_expression . (generic_type) @type)
    (call_expression) @value (field_expression) @value (identifier) @value (integer_literal) @value (floating_point_literal) @value]?) @definition.field
  (#has-parent? @definition.field "template_body" "with_template_body" "enum_body"))
((var_definition pattern: [
  (identifiers (identifier) @name @definition.field)
  (tuple_pattern (identifier) @name @definition.field)]) @_in
  (#has-parent? @_in "template_body" "with_template_body" "enum_body"))
((var_definition pattern: [
  (identifiers (identifier) @name @definition.variable)
  (tuple_pattern (identifier) @name @definition.variable)]) @_in
  (#has-parent? @_in "compilation_unit"))
((var_declaration name: (_) @name @definition.field . ",") @_in (#not-has-parent? @_in "refinement" "structural_type"))
((var_declaration "," . name: (_) @name @definition.field) @_in (#not-has-parent? @_in "refinement" "structural_type"))
((var_declaration name: (_) @name type: (_)? @type) @definition.field (#not-has-parent? @definition.field "refinement" "structural_type"))

; What a class is made with: of a case class all parameters are its fields.
(class_definition "case" class_parameters: (class_parameters (class_parameter name: (_) @name type: (_)? @type) @definition.field))
(full_enum_case class_parameters: (class_parameters (class_parameter name: (_) @name type: (_)? @type) @definition.field))
(class_parameter ["val" "var"] name: (_) @name type: (_)? @type) @definition.field

; Locals, parameters, type parameters, and what patterns bind: names with a small letter.
(type_parameters name: (identifier) @local.definition)
(covariant_type_parameter name: (identifier) @local.definition)
(contravariant_type_parameter name: (identifier) @local.definition)
(type_lambda name: (identifier) @local.definition)
(type_case_clause . (generic_type type_arguments: (type_arguments (type_identifier) @local.definition))
  (#match? @local.definition "^[a-z]"))
(context_bound name: (identifier) @local.definition)
(parameter name: (_) @local.definition type: (repeated_parameter_type))
(parameter name: (_) @local.definition type: [(lazy_parameter_type type: (_) @type) (_) @type]?)
(class_parameter name: (_) @local.definition type: (repeated_parameter_type))
(class_parameter name: (_) @local.definition type: [(lazy_parameter_type type: (_) @type) (_) @type]?)
(binding name: (_) @local.definition type: (_)? @type)
(lambda_expression parameters: (identifier) @local.definition)
(colon_argument lambda_start: (identifier) @local.definition)
(class_definition name: (_) @type body: (template_body (self_type . (identifier) @local.definition)))
(trait_definition name: (_) @type body: (template_body (self_type . (identifier) @local.definition)))
(object_definition name: (_) @type body: (template_body (self_type . (identifier) @local.definition)))
(self_type . [(identifier) (operator_identifier)] @local.definition)
(val_definition pattern: (identifier) @local.definition type: (_) @type)
((val_definition pattern: (identifier) @local.definition
  value: (generic_function function: (field_expression field: (_) @_as) type_arguments: (type_arguments . (_) @type)))
  (#eq? @_as "asInstanceOf"))
(val_definition pattern: (identifier) @local.definition
  value: [(instance_expression . (type_identifier) @type) (instance_expression . (stable_type_identifier) @type)
    (instance_expression . (generic_type) @type)
    (call_expression) @value (field_expression) @value (identifier) @value (integer_literal) @value (floating_point_literal) @value]?)
(var_definition pattern: (identifier) @local.definition type: (_) @type)
(var_definition pattern: (identifier) @local.definition
  value: [(instance_expression . (type_identifier) @type) (instance_expression . (stable_type_identifier) @type)
    (instance_expression . (generic_type) @type)
    (call_expression) @value (field_expression) @value (identifier) @value (integer_literal) @value (floating_point_literal) @value]?)
(identifiers (identifier) @local.definition)
(enumerator . (identifier) @local.definition (#match? @local.definition "^[a-z_]"))
(case_clause pattern: (identifier) @local.definition (#match? @local.definition "^[a-z_]"))
(catch_clause pattern: (identifier) @local.definition (#match? @local.definition "^[a-z_]"))
(tuple_pattern (identifier) @local.definition (#match? @local.definition "^[a-z_]"))
(case_class_pattern pattern: (identifier) @local.definition (#match? @local.definition "^[a-z_]"))
(infix_pattern left: (identifier) @local.definition (#match? @local.definition "^[a-z_]"))
(infix_pattern right: (identifier) @local.definition (#match? @local.definition "^[a-z_]"))
(alternative_pattern (identifier) @local.definition (#match? @local.definition "^[a-z_]"))
(capture_pattern name: (identifier) @local.definition pattern: (case_class_pattern type: (_) @type))
(capture_pattern name: (identifier) @local.definition)
(typed_pattern pattern: (identifier) @local.definition type: (_)? @type)
(repeat_pattern pattern: (identifier) @local.definition)
(named_pattern . (identifier) @ignore)
(named_pattern (_) . (identifier) @local.definition (#match? @local.definition "^[a-z_]"))

; No names of the program: names of arguments and of parts of a tuple, who may see a member.
(arguments (assignment_expression left: (identifier) @ignore))
(name_and_type name: (_) @ignore)
(access_qualifier) @ignore
(refinement [
  (function_declaration name: (_) @ignore) (function_definition name: (_) @ignore) (val_declaration name: (_) @ignore)
  (var_declaration name: (_) @ignore) (type_definition name: (_) @ignore)])
(structural_type [
  (function_declaration name: (_) @ignore) (function_definition name: (_) @ignore) (val_declaration name: (_) @ignore)
  (var_declaration name: (_) @ignore) (type_definition name: (_) @ignore)])

; Imports, continued.
((import_declaration path: (_) @name .) @reference.import
  (#not-match? @reference.import "^[^{},]*([{][^{}]*[}][^{},]*)*,"))
((export_declaration path: (_) @name .) @reference.import
  (#not-match? @reference.import "^[^{},]*([{][^{}]*[}][^{},]*)*,"))
(import_declaration path: (_) @qualifier . "." . path: (_) @name . ",") @reference.import
((import_declaration "," path: (_) @qualifier . "." . path: (_) @name .) @reference.import)
(import_declaration path: (_) @ignore)
(export_declaration path: (_) @ignore)
((import_declaration path: (_) @qualifier . (namespace_wildcard) @name) @reference.import
  (#match? @reference.import "^[^{},]*([{][^{}]*[}][^{},]*)*,"))
(import_declaration (namespace_wildcard) @name) @reference.import
(export_declaration (namespace_wildcard) @name) @reference.import
((import_declaration path: (_) @qualifier . (namespace_selectors) @prefix) @_in
  (#match? @_in "^[^{},]*([{][^{}]*[}][^{},]*)*,"))
(namespace_selectors (namespace_wildcard) @name) @reference.import
(namespace_selectors [(identifier) (operator_identifier)] @name) @reference.import
(arrow_renamed_identifier name: (_) @ignore alias: (wildcard))
(arrow_renamed_identifier name: (_) @name @ignore alias: (identifier) @alias @ignore) @reference.import
(as_renamed_identifier name: (_) @ignore alias: (wildcard))
(as_renamed_identifier name: (_) @name @ignore alias: (identifier) @alias @ignore) @reference.import

; What a type is made from: first a class, or a trait, further ones are traits; a trait is made from traits. A given with
; members is an instance of its type.
(trait_definition extend: (extends_clause type: [
  (type_identifier) @name
  (stable_type_identifier (_) @qualifier . (type_identifier) @name .)
  (generic_type type: (type_identifier) @name)
  (generic_type type: (stable_type_identifier (_) @qualifier . (type_identifier) @name .))])) @reference.inheritance
(extends_clause . type: [
  (type_identifier) @name
  (stable_type_identifier (_) @qualifier . (type_identifier) @name .)
  (generic_type type: (type_identifier) @name)
  (generic_type type: (stable_type_identifier (_) @qualifier . (type_identifier) @name .))
  (compound_type base: (type_identifier) @name)
  (compound_type base: (stable_type_identifier (_) @qualifier . (type_identifier) @name .))
  (compound_type base: (generic_type type: (type_identifier) @name))
  (compound_type base: (generic_type type: (stable_type_identifier (_) @qualifier . (type_identifier) @name .)))]) @reference.inheritance
(extends_clause type: [
  (type_identifier) @name
  (stable_type_identifier (_) @qualifier . (type_identifier) @name .)
  (generic_type type: (type_identifier) @name)
  (generic_type type: (stable_type_identifier (_) @qualifier . (type_identifier) @name .))
  (compound_type extra: (type_identifier) @name)
  (compound_type extra: (stable_type_identifier (_) @qualifier . (type_identifier) @name .))
  (compound_type extra: (generic_type type: (type_identifier) @name))
  (compound_type extra: (generic_type type: (stable_type_identifier (_) @qualifier . (type_identifier) @name .)))]) @reference.implementation
(given_definition return_type: [
  (type_identifier) @name
  (stable_type_identifier (_) @qualifier . (type_identifier) @name .)
  (generic_type type: (type_identifier) @name)
  (generic_type type: (stable_type_identifier (_) @qualifier . (type_identifier) @name .))]
  body: (with_template_body)) @reference.implementation

; Calls: by name, of a member, with types only, between its arguments, of a constructor. `a :: b` is a member of b.
((call_expression function: [(identifier) (operator_identifier)] @name arguments: (arguments)? @arguments) @reference.call
  (#not-any-of? @name
    "abstract" "case" "catch" "class" "def" "do" "else" "enum" "export" "extends" "final" "finally" "for" "given"
    "if" "implicit" "import" "lazy" "match" "new" "object" "override" "package" "private" "protected" "return"
    "sealed" "then" "throw" "trait" "try" "type" "val" "var" "while" "with" "yield" "=>" "_"))
(call_expression function: (field_expression value: (_) @qualifier field: (_) @name) arguments: (arguments)? @arguments) @reference.call
(generic_function function: (identifier) @name) @reference.call
((generic_function function: (field_expression value: (_) @qualifier field: (_) @name)) @reference.call
  (#not-eq? @name "super"))
; The grammar takes `a + f[T]` for `(a + f)[T]`, and `!f[T]` likewise.
(generic_function function: [
  (infix_expression right: (identifier) @name)
  (infix_expression right: (field_expression value: (_) @qualifier field: (_) @name))
  (infix_expression right: (prefix_expression (field_expression value: (_) @qualifier field: (_) @name)))
  (prefix_expression (identifier) @name)
  (prefix_expression (field_expression value: (_) @qualifier field: (_) @name))]) @reference.call
((infix_expression operator: (_) @name right: (_) @qualifier) @reference.call (#match? @name ":$"))
((infix_expression left: (_) @qualifier operator: (_) @name) @reference.call
  (#not-any-of? @name
    "abstract" "case" "catch" "class" "def" "do" "else" "enum" "export" "extends" "final" "finally" "for" "given"
    "if" "implicit" "import" "lazy" "match" "new" "object" "override" "package" "private" "protected" "return"
    "sealed" "then" "throw" "trait" "try" "type" "val" "var" "while" "with" "yield" "=>" "_"))
((infix_expression operator: (identifier) @_with right: [
  (identifier) @reference.type
  (call_expression function: (identifier) @reference.type)
  (call_expression function: (generic_function function: (identifier) @reference.type))])
  (#eq? @_with "with"))
((postfix_expression (_) @qualifier . [(identifier) (operator_identifier)] @name .) @reference.call
  (#not-any-of? @name
    "abstract" "case" "catch" "class" "def" "do" "else" "enum" "export" "extends" "final" "finally" "for" "given"
    "if" "implicit" "import" "lazy" "match" "new" "object" "override" "package" "private" "protected" "return"
    "sealed" "then" "throw" "trait" "try" "type" "val" "var" "while" "with" "yield" "=>" "_" "*" "end" "using"))
(interpolated_string_expression interpolator: (identifier) @ignore)
(interpolated_string_expression interpolator: (identifier) @reference.call (#not-any-of? @reference.call "s" "f" "raw"))
(instance_expression . [
  (type_identifier) @name
  (stable_type_identifier (_) @qualifier . (type_identifier) @name .)
  (generic_type type: (type_identifier) @name)
  (generic_type type: (stable_type_identifier (_) @qualifier . (type_identifier) @name .))
  (compound_type base: (type_identifier) @name)
  (compound_type base: (stable_type_identifier (_) @qualifier . (type_identifier) @name .))
  (compound_type base: (generic_type type: (type_identifier) @name))
  (compound_type base: (generic_type type: (stable_type_identifier (_) @qualifier . (type_identifier) @name .)))]) @reference.new

; Members by name; a method without parameters is called so.
((field_expression value: (_) @qualifier field: (_) @name) @reference.value (#not-any-of? @name "this" "super"))
(field_expression field: (_) @ignore)
((stable_identifier (_) @qualifier . [(identifier) (operator_identifier)] @name .) @reference.value
  (#not-any-of? @name "this" "super"))
(stable_identifier (_) . (_) @ignore)
(infix_pattern operator: (operator_identifier) @reference.value)
(stable_type_identifier (_) @qualifier . (type_identifier) @name .) @reference.type
(stable_type_identifier . (identifier) @ignore (#not-match? @ignore "^[A-Z]"))
(stable_type_identifier . (stable_identifier) @ignore (#not-match? @ignore "^[A-Z]|[.][A-Z]"))
(projected_type type: (_) @qualifier selector: (type_identifier) @name) @reference.type
((infix_type operator: [(identifier) (operator_identifier)] @reference.type) (#not-any-of? @reference.type "|" "&"))

; What is left.
((type_identifier) @reference.type (#not-any-of? @reference.type "_" "?" "" "*"))
((identifier) @reference.value
  (#not-has-parent? @reference.value "ERROR")
  (#not-any-of? @reference.value "" "this" "super" "_root_"
    "abstract" "case" "catch" "class" "def" "do" "else" "enum" "export" "extends" "final" "finally" "for" "given"
    "if" "implicit" "import" "lazy" "match" "new" "object" "override" "package" "private" "protected" "return"
    "sealed" "then" "throw" "trait" "try" "type" "val" "var" "while" "with" "yield" "=>" "_"))
((identifier) @reference.value
  (#has-parent? @reference.value "ERROR")
  (#match? @reference.value "^[A-Z]"))
