; Java.

; Containers: a file, types and their bodies.
(program) @container
(class_declaration) @container
(interface_declaration) @container
(annotation_type_declaration) @container
(enum_declaration) @container
(record_declaration) @container
(class_body) @container
(interface_body) @container
(annotation_type_body) @container
(enum_body) @container
(enum_body_declarations) @container
(enum_constant) @container

; Scopes of locals. A generic type depends on the names of its parameters, so it opens one after it is defined, which
; makes it one piece.
((class_declaration type_parameters: (_)) @local.scope)
((interface_declaration type_parameters: (_)) @local.scope)
((record_declaration type_parameters: (_)) @local.scope)
(method_declaration) @local.scope
(constructor_declaration) @local.scope
(compact_constructor_declaration) @local.scope
(static_initializer) @local.scope
(lambda_expression) @local.scope
(block) @local.scope
(for_statement) @local.scope
(enhanced_for_statement) @local.scope
(try_with_resources_statement) @local.scope
(catch_clause) @local.scope
(switch_block) @local.scope

; Of parameters.
(receiver_parameter) @count.none
(spread_parameter) @count.rest

; Test code: JUnit and TestNG, by annotation; JUnit 3 by base class.
((method_declaration (modifiers [
  (marker_annotation name: [(identifier) @_test (scoped_identifier name: (identifier) @_test)])
  (annotation name: [(identifier) @_test (scoped_identifier name: (identifier) @_test)])])) @test
  (#any-of? @_test
    "Test" "ParameterizedTest" "RepeatedTest" "TestFactory" "TestTemplate" "Theory" "Property" "ArchTest"
    "Before" "BeforeClass" "BeforeEach" "BeforeAll" "After" "AfterClass" "AfterEach" "AfterAll"
    "BeforeMethod" "AfterMethod" "BeforeSuite" "AfterSuite" "BeforeTest" "AfterTest" "DataProvider" "DataPoints"))
((class_declaration (modifiers [
  (marker_annotation name: [(identifier) @_test (scoped_identifier name: (identifier) @_test)])
  (annotation name: [(identifier) @_test (scoped_identifier name: (identifier) @_test)])])) @test
  (#any-of? @_test "Test" "Nested" "RunWith" "ExtendWith" "SpringBootTest" "Testcontainers" "TestConfiguration"))
((class_declaration superclass: (superclass [
  (type_identifier) @_base
  (scoped_type_identifier (type_identifier) @_base .)])) @test
  (#match? @_base "TestCase$"))

; Definitions. A package's and a module's name are what is declared, dots and all.
(package_declaration [(identifier) (scoped_identifier)] @name @ignore) @definition.package
(module_declaration name: (_) @name @ignore) @definition.module
(class_declaration name: (identifier) @name) @definition.class
(record_declaration name: (identifier) @name) @definition.class
(interface_declaration name: (identifier) @name) @definition.interface
(annotation_type_declaration name: (identifier) @name) @definition.interface
(enum_declaration name: (identifier) @name) @definition.enum
(enum_constant name: (identifier) @name) @definition.enum_member
(method_declaration type: (_) @type name: (identifier) @name parameters: (_) @parameters) @definition.method
(annotation_type_element_declaration type: (_) @type name: (identifier) @name) @definition.method
(constructor_declaration name: (identifier) @name parameters: (_) @parameters) @definition.constructor
(compact_constructor_declaration name: (identifier) @name) @definition.constructor
(record_declaration parameters: (formal_parameters (formal_parameter type: (_) @type name: (identifier) @name) @definition.field))
(record_declaration parameters: (formal_parameters
  (spread_parameter (variable_declarator name: (identifier) @name)) @definition.field))

; Fields; `static final` is a constant. One that is declared alone encloses its type and annotations, of several each
; but its own value.
(field_declaration [(modifiers "static" "final") (modifiers "final" "static")] type: (_) @type "," declarator: (variable_declarator name: (identifier) @name) @definition.constant)
(field_declaration [(modifiers "static" "final") (modifiers "final" "static")] type: (_) @type declarator: (variable_declarator name: (identifier) @name) @definition.constant ",")
(field_declaration [(modifiers "static" "final") (modifiers "final" "static")] type: (_) @type declarator: (variable_declarator name: (identifier) @name)) @definition.constant
(field_declaration type: (_) @type "," declarator: (variable_declarator name: (identifier) @name) @definition.field)
(field_declaration type: (_) @type declarator: (variable_declarator name: (identifier) @name) @definition.field ",")
(field_declaration type: (_) @type declarator: (variable_declarator name: (identifier) @name)) @definition.field
(constant_declaration type: (_) @type "," declarator: (variable_declarator name: (identifier) @name) @definition.constant)
(constant_declaration type: (_) @type declarator: (variable_declarator name: (identifier) @name) @definition.constant ",")
(constant_declaration type: (_) @type declarator: (variable_declarator name: (identifier) @name)) @definition.constant

; Locals, parameters, type parameters, patterns.
(type_parameter (type_identifier) @local.definition)
(formal_parameter type: (_) @type name: (identifier) @local.definition)
(spread_parameter (variable_declarator name: (identifier) @local.definition))
(catch_formal_parameter (catch_type . (_) @type .) name: (identifier) @local.definition)
(catch_formal_parameter name: (identifier) @local.definition)
((resource type: (_) @_type name: (identifier) @local.definition value: (_) @value) (#eq? @_type "var"))
(resource type: (_) @type name: (identifier) @local.definition)
((local_variable_declaration type: (_) @_type declarator: (variable_declarator name: (identifier) @local.definition value: (_) @value))
  (#eq? @_type "var"))
(local_variable_declaration type: (_) @type declarator: (variable_declarator name: (identifier) @local.definition))
((enhanced_for_statement type: (_) @_type name: (identifier) @local.definition) (#eq? @_type "var"))
(enhanced_for_statement type: (_) @type name: (identifier) @local.definition)
(lambda_expression parameters: (identifier) @local.definition)
(inferred_parameters (identifier) @local.definition)
(instanceof_expression right: (_) @type name: (identifier) @local.definition)
(type_pattern (_) @type (identifier) @local.definition .)
(record_pattern_component (_) @type (identifier) @local.definition .)

; No names of the program.
(labeled_statement . (identifier) @ignore)
(break_statement (identifier) @ignore)
(continue_statement (identifier) @ignore)
(element_value_pair key: (identifier) @ignore)
(exports_module_directive (_) @ignore)
(opens_module_directive (_) @ignore)

; Imports. What a module requires is an import too.
(import_declaration [(identifier) (scoped_identifier)] @qualifier @ignore (asterisk) @name) @reference.import
(import_declaration [(identifier) (scoped_identifier)] @name @ignore .) @reference.import
(requires_module_directive module: (_) @name @ignore) @reference.import

; What a type is made from. What it permits refers to it.
(superclass [
  (type_identifier) @name
  (generic_type . (type_identifier) @name)
  (scoped_type_identifier . [(generic_type . (_) @qualifier) (_) @qualifier] (type_identifier) @name .)
  (generic_type . (scoped_type_identifier . [(generic_type . (_) @qualifier) (_) @qualifier] (type_identifier) @name .))
  (annotated_type [
    (type_identifier) @name
    (generic_type . (type_identifier) @name)
    (scoped_type_identifier . (_) @qualifier (type_identifier) @name .)
    (generic_type . (scoped_type_identifier . (_) @qualifier (type_identifier) @name .))] .)]) @reference.inheritance
(extends_interfaces (type_list [
  (type_identifier) @name
  (generic_type . (type_identifier) @name)
  (scoped_type_identifier . [(generic_type . (_) @qualifier) (_) @qualifier] (type_identifier) @name .)
  (generic_type . (scoped_type_identifier . [(generic_type . (_) @qualifier) (_) @qualifier] (type_identifier) @name .))
  (annotated_type [
    (type_identifier) @name
    (generic_type . (type_identifier) @name)
    (scoped_type_identifier . (_) @qualifier (type_identifier) @name .)
    (generic_type . (scoped_type_identifier . (_) @qualifier (type_identifier) @name .))] .)])) @reference.inheritance
(super_interfaces (type_list [
  (type_identifier) @name
  (generic_type . (type_identifier) @name)
  (scoped_type_identifier . [(generic_type . (_) @qualifier) (_) @qualifier] (type_identifier) @name .)
  (generic_type . (scoped_type_identifier . [(generic_type . (_) @qualifier) (_) @qualifier] (type_identifier) @name .))
  (annotated_type [
    (type_identifier) @name
    (generic_type . (type_identifier) @name)
    (scoped_type_identifier . (_) @qualifier (type_identifier) @name .)
    (generic_type . (scoped_type_identifier . (_) @qualifier (type_identifier) @name .))] .)])) @reference.implementation

; Calls. `A.super.m()` and `A.this.m()` lead to members of A.
(method_invocation !object name: (identifier) @name arguments: (_) @arguments) @reference.call
(method_invocation
  object: [
    (field_access object: (_) @qualifier field: (this))
    (parenthesized_expression [(identifier) (this)] @qualifier)
    (_) @qualifier]
  name: (identifier) @name arguments: (_) @arguments) @reference.call
(explicit_constructor_invocation constructor: [(this) (super)] @name arguments: (_) @arguments) @reference.call
(object_creation_expression type: [
  (type_identifier) @name
  (generic_type . (type_identifier) @name)
  (scoped_type_identifier . [(generic_type . (_) @qualifier) (_) @qualifier] (type_identifier) @name .)
  (generic_type . (scoped_type_identifier . [(generic_type . (_) @qualifier) (_) @qualifier] (type_identifier) @name .))
  (annotated_type [
    (type_identifier) @name
    (generic_type . (type_identifier) @name)
    (scoped_type_identifier . (_) @qualifier (type_identifier) @name .)
    (generic_type . (scoped_type_identifier . (_) @qualifier (type_identifier) @name .))] .)] arguments: (_) @arguments) @reference.new

; Types. Of a path the last name is a type; one before it if it begins with a capital, else it is a package.
((scoped_type_identifier . [(generic_type . (_) @qualifier) (_) @qualifier] (type_identifier) @name .) @reference.type
  (#not-has-parent? @reference.type "scoped_type_identifier"))
((scoped_type_identifier . [(generic_type . (_) @qualifier) (_) @qualifier] (type_identifier) @name .) @reference.type
  (#match? @name "^[A-Z]"))
((scoped_identifier scope: (_) @qualifier name: (identifier) @name) @reference.type
  (#not-has-parent? @reference.type "scoped_identifier"))
((scoped_identifier scope: (_) @qualifier name: (identifier) @name) @reference.type
  (#match? @name "^[A-Z]"))
(marker_annotation name: (identifier) @name) @reference.type
(annotation name: (identifier) @name) @reference.type
(record_pattern . (identifier) @name) @reference.type

; Members by name, but none of an expression.
((field_access
  object: [
    (field_access object: (_) @qualifier field: (this))
    (parenthesized_expression (this) @qualifier)
    (_) @qualifier]
  field: (identifier) @name) @reference.value
  (#not-match? @qualifier "[][({\"'`<]"))
(method_reference . [(generic_type . (_) @qualifier) (_) @qualifier] (identifier) @name .) @reference.value

; What is left.
((type_identifier) @reference.type
  (#not-has-parent? @reference.type "scoped_type_identifier") (#not-any-of? @reference.type "var" ""))
((type_identifier) @reference.type (#has-parent? @reference.type "scoped_type_identifier") (#match? @reference.type "^[A-Z]"))
((identifier) @reference.value
  (#not-has-parent? @reference.value "scoped_identifier" "field_access" "method_reference")
  (#not-any-of? @reference.value "_" "default" ""))
((identifier) @reference.value (#has-parent? @reference.value "scoped_identifier") (#match? @reference.value "^[A-Z]"))
(field_access object: (identifier) @reference.value)
(method_reference . (identifier) @reference.value)
