; C#.

; Containers: a file, namespaces, types and their bodies.
(compilation_unit) @container
(namespace_declaration) @container
(class_declaration) @container
(struct_declaration) @container
(record_declaration) @container
(interface_declaration) @container
(enum_declaration) @container
(declaration_list) @container
(enum_member_declaration_list) @container
(preproc_if) @container
(preproc_elif) @container
(preproc_else) @container

; Scopes of locals. A type with parameters, of its own or of its constructor, depends on their names, so it opens one
; after it is defined, which makes it one piece.
((class_declaration (type_parameter_list)) @local.scope)
((class_declaration (parameter_list)) @local.scope)
((struct_declaration (type_parameter_list)) @local.scope)
((struct_declaration (parameter_list)) @local.scope)
((record_declaration (type_parameter_list)) @local.scope)
((interface_declaration (type_parameter_list)) @local.scope)
(delegate_declaration) @local.scope
(method_declaration) @local.scope
(constructor_declaration) @local.scope
(destructor_declaration) @local.scope
(operator_declaration) @local.scope
(conversion_operator_declaration) @local.scope
(indexer_declaration) @local.scope
(accessor_declaration) @local.scope
(local_function_statement) @local.scope
(lambda_expression) @local.scope
(anonymous_method_expression) @local.scope
(block) @local.scope
(for_statement) @local.scope
(foreach_statement) @local.scope
(using_statement) @local.scope
(fixed_statement) @local.scope
(catch_clause) @local.scope
(switch_section) @local.scope
(switch_expression_arm) @local.scope
(query_expression) @local.scope
((property_declaration value: (_)) @local.scope)

; Of parameters and arguments. What `params` declares stands without a node of its own.
(array_type) @count.rest
(generic_name) @count.rest
(nullable_type) @count.rest
(identifier) @count.none
(attribute_list) @count.none

; What implements an interface by its name is called through that only, so no call of the class means it.
(method_declaration (explicit_interface_specifier)) @file_local
(property_declaration (explicit_interface_specifier)) @file_local
; Seen in this file only.
(class_declaration (modifier) @_m (#eq? @_m "file")) @file_local
(struct_declaration (modifier) @_m (#eq? @_m "file")) @file_local
(record_declaration (modifier) @_m (#eq? @_m "file")) @file_local
(interface_declaration (modifier) @_m (#eq? @_m "file")) @file_local
(enum_declaration (modifier) @_m (#eq? @_m "file")) @file_local
(delegate_declaration (modifier) @_m (#eq? @_m "file")) @file_local

; Test code: xUnit, NUnit, MSTest, by attribute.
((method_declaration (attribute_list (attribute name: [
  (identifier) @_test (qualified_name name: (identifier) @_test)]))) @test
  (#any-of? @_test
    "Fact" "Theory" "SkippableFact" "SkippableTheory" "ConditionalFact" "ConditionalTheory" "WpfFact" "StaFact" "Test"
    "TestCase" "TestCaseSource" "Combinatorial" "TestMethod" "DataTestMethod" "SetUp" "TearDown" "OneTimeSetUp"
    "OneTimeTearDown" "TestFixtureSetUp" "TestFixtureTearDown" "TestInitialize" "TestCleanup" "ClassInitialize"
    "ClassCleanup" "AssemblyInitialize" "AssemblyCleanup" "Property" "Scenario" "Given" "When" "Then"))
((class_declaration (attribute_list (attribute name: [
  (identifier) @_test (qualified_name name: (identifier) @_test)]))) @test
  (#any-of? @_test "TestFixture" "TestClass" "SetUpFixture" "CollectionDefinition" "TestSubjectFixture"))
((class_declaration (base_list [
  (identifier) @_base (generic_name (identifier) @_base) (qualified_name name: (identifier) @_base)])) @test
  (#any-of? @_base "IClassFixture" "ICollectionFixture" "IAsyncLifetime"))

; Namespaces and types. A namespace's name is what is declared, dots and all; one for the file holds nothing.
(namespace_declaration name: (_) @name @ignore) @definition.namespace
(file_scoped_namespace_declaration name: (_) @name @ignore) @definition.namespace
(class_declaration name: (identifier) @name) @definition.class
(struct_declaration name: (identifier) @name) @definition.struct
(record_declaration "struct" name: (identifier) @name) @definition.struct
(record_declaration name: (identifier) @name) @definition.class
(interface_declaration name: (identifier) @name) @definition.interface
(enum_declaration name: (identifier) @name) @definition.enum
(enum_member_declaration name: (identifier) @name) @definition.enum_member
(delegate_declaration name: (identifier) @name) @definition.delegate

; Functions. An operator is named by its sign, a conversion by its first word, an indexer by `this`.
; What extends a type is called on a value of it, which is its first argument.
(method_declaration
  returns: (_) @type name: (identifier) @name
  parameters: (parameter_list . (parameter (modifier) @_this))
  (#eq? @_this "this") (#set! extending)) @definition.method
(method_declaration returns: (_) @type name: (identifier) @name parameters: (_) @parameters) @definition.method
(constructor_declaration name: (identifier) @name parameters: (_) @parameters) @definition.constructor
(destructor_declaration name: (identifier) @name) @definition.destructor
(operator_declaration type: (_) @type operator: _ @name) @definition.operator
(conversion_operator_declaration ["implicit" "explicit"] @name) @definition.operator
(local_function_statement type: (_) @type name: (identifier) @name parameters: (_) @parameters) @definition.function
; A lambda by a name.
(local_declaration_statement (variable_declaration (variable_declarator
  name: (identifier) @name
  [(lambda_expression body: (_) @body) (anonymous_method_expression (block) @body)]) @definition.function))

; Properties, events and their accessors, if those have code of their own. What a record is made from are properties.
(property_declaration type: (_) @type name: (identifier) @name accessors: (accessor_list) @body) @definition.property
(property_declaration type: (_) @type name: (identifier) @name value: (arrow_expression_clause) @body) @definition.property
(property_declaration type: (_) @type name: (identifier) @name) @definition.property
(indexer_declaration type: (_) @type "this" @name accessors: (accessor_list) @body) @definition.subscript
(indexer_declaration type: (_) @type "this" @name value: (arrow_expression_clause) @body) @definition.subscript
(accessor_declaration name: "get" @name body: (_)) @definition.getter
(accessor_declaration name: ["set" "init"] @name body: (_)) @definition.setter
(accessor_declaration name: ["add" "remove"] @name body: (_)) @definition.accessor
(event_declaration type: (_) @type name: (identifier) @name accessors: (accessor_list)? @body) @definition.event
(event_field_declaration (variable_declaration "," (variable_declarator name: (identifier) @name) @definition.event))
(event_field_declaration (variable_declaration (variable_declarator name: (identifier) @name) @definition.event ","))
(event_field_declaration (variable_declaration (variable_declarator name: (identifier) @name))) @definition.event
(record_declaration (parameter_list (parameter type: (_) @type name: (identifier) @name) @definition.property))

; Fields. One that is declared alone encloses its type and attributes, of several each but its own value.
(field_declaration
  (modifier) @_m
  (variable_declaration type: (_) @type "," (variable_declarator name: (identifier) @name) @definition.constant)
  (#eq? @_m "const"))
(field_declaration
  (modifier) @_m
  (variable_declaration type: (_) @type (variable_declarator name: (identifier) @name) @definition.constant ",")
  (#eq? @_m "const"))
(field_declaration
  (modifier) @_m
  (variable_declaration type: (_) @type (variable_declarator name: (identifier) @name))
  (#eq? @_m "const")) @definition.constant
(field_declaration
  (modifier) @_m
  (modifier) @_n
  (variable_declaration . type: (_) @type . (variable_declarator name: (identifier) @name) .)
  (#any-of? @_m "static" "readonly")
  (#any-of? @_n "static" "readonly")) @definition.constant
(field_declaration
  (modifier) @_m
  (modifier) @_n
  (variable_declaration type: (_) @type "," (variable_declarator name: (identifier) @name) @definition.constant)
  (#any-of? @_m "static" "readonly")
  (#any-of? @_n "static" "readonly"))
(field_declaration
  (modifier) @_m
  (modifier) @_n
  (variable_declaration type: (_) @type (variable_declarator name: (identifier) @name) @definition.constant ",")
  (#any-of? @_m "static" "readonly")
  (#any-of? @_n "static" "readonly"))
(field_declaration (variable_declaration type: (_) @type "," (variable_declarator name: (identifier) @name) @definition.field))
(field_declaration (variable_declaration type: (_) @type (variable_declarator name: (identifier) @name) @definition.field ","))
(field_declaration (variable_declaration type: (_) @type (variable_declarator name: (identifier) @name))) @definition.field

; Locals, parameters, type parameters, patterns.
(type_parameter name: (identifier) @local.definition)
(parameter type: (_) @type name: (identifier) @local.definition)
(parameter name: (identifier) @local.definition)
(parameter_list name: (identifier) @local.definition)
(bracketed_parameter_list name: (identifier) @local.definition)
(implicit_parameter) @local.definition
(local_declaration_statement (variable_declaration type: [(identifier) (generic_name) (qualified_name) (alias_qualified_name) (nullable_type) (predefined_type) (array_type)] @type (variable_declarator name: (identifier) @local.definition)))
(local_declaration_statement (variable_declaration
  type: (implicit_type)
  (variable_declarator name: (identifier) @local.definition . [
    (object_creation_expression type: (_) @type)
    (cast_expression type: (_) @type)
    (as_expression right: (_) @type)] .)))
(local_declaration_statement (variable_declaration
  type: (implicit_type) (variable_declarator name: (identifier) @local.definition . (_) @value .)))
(local_declaration_statement (variable_declaration (variable_declarator name: (identifier) @local.definition)))
(using_statement (variable_declaration type: [(identifier) (generic_name) (qualified_name) (alias_qualified_name) (nullable_type) (predefined_type) (array_type)] @type (variable_declarator name: (identifier) @local.definition)))
(using_statement (variable_declaration
  type: (implicit_type)
  (variable_declarator name: (identifier) @local.definition . [
    (object_creation_expression type: (_) @type)
    (cast_expression type: (_) @type)
    (as_expression right: (_) @type)] .)))
(using_statement (variable_declaration
  type: (implicit_type) (variable_declarator name: (identifier) @local.definition . (_) @value .)))
(using_statement (variable_declaration (variable_declarator name: (identifier) @local.definition)))
(fixed_statement (variable_declaration type: [(identifier) (generic_name) (qualified_name) (alias_qualified_name) (nullable_type) (predefined_type) (array_type)] @type (variable_declarator name: (identifier) @local.definition)))
(fixed_statement (variable_declaration (variable_declarator name: (identifier) @local.definition)))
(for_statement (variable_declaration type: [(identifier) (generic_name) (qualified_name) (alias_qualified_name) (nullable_type) (predefined_type) (array_type)] @type (variable_declarator name: (identifier) @local.definition)))
(for_statement (variable_declaration (variable_declarator name: (identifier) @local.definition)))
(foreach_statement type: [(identifier) (generic_name) (qualified_name) (alias_qualified_name) (nullable_type) (predefined_type) (array_type)] @type left: (identifier) @local.definition)
(foreach_statement left: (identifier) @local.definition)
(tuple_pattern name: (identifier) @local.definition)
(catch_declaration type: (_) @type name: (identifier) @local.definition)
(declaration_expression type: [(identifier) (generic_name) (qualified_name) (alias_qualified_name) (nullable_type) (predefined_type) (array_type)] @type name: (identifier) @local.definition)
(declaration_expression name: (identifier) @local.definition)
(declaration_pattern type: [(identifier) (generic_name) (qualified_name) (alias_qualified_name) (nullable_type) (predefined_type) (array_type)] @type name: (identifier) @local.definition)
(declaration_pattern name: (identifier) @local.definition)
(recursive_pattern type: (_) @type name: (identifier) @local.definition)
(recursive_pattern name: (identifier) @local.definition)
(list_pattern name: (identifier) @local.definition)
(var_pattern name: (identifier) @local.definition)
(parenthesized_variable_designation name: (identifier) @local.definition)
(from_clause name: (identifier) @local.definition)
(join_clause . (identifier) @local.definition . "in")
(join_clause type: (_) . (identifier) @local.definition . "in")
(join_into_clause (identifier) @local.definition)
(let_clause . (identifier) @local.definition . "=")
(query_expression "into" . (identifier) @local.definition)
((identifier) @local.definition (#eq? @local.definition "value") (#within? "setter" "accessor"))

; No names of the program.
(labeled_statement . (identifier) @ignore)
(goto_statement (identifier) @ignore)
(argument name: (identifier) @ignore)
(attribute_argument (identifier) @ignore . ":")
(attribute_argument name: (identifier) @ignore)
(attribute_argument (assignment_expression left: (identifier) @ignore))
(initializer_expression (assignment_expression left: (identifier) @ignore))
(with_initializer . (identifier) @ignore . "=")
(anonymous_object_creation_expression (identifier) @ignore . "=")
(subpattern . (identifier) @ignore . ":")
(subpattern . (member_access_expression) @ignore . ":")
(tuple_element name: (identifier) @ignore)
(extern_alias_directive name: (identifier) @ignore)
(invocation_expression function: (identifier) @local.definition (#eq? @local.definition "nameof"))

; Imports. An alias may be of any type.
(using_directive name: (identifier) @alias @ignore [
  (identifier) @name @ignore
  (qualified_name qualifier: (alias_qualified_name name: (_) @qualifier) name: (identifier) @name) @ignore
  (qualified_name name: (identifier)) @name @ignore
  (qualified_name qualifier: (_) @qualifier @ignore name: (generic_name . (identifier) @name))
  (generic_name . (identifier) @name)
  (alias_qualified_name name: (_) @name) @ignore] .
  (#not-match? @name "::")) @reference.import
(using_directive name: (identifier) @ignore)
(using_directive !name [
  (identifier) @name @ignore
  (qualified_name qualifier: (alias_qualified_name name: (_) @qualifier) name: (identifier) @name) @ignore
  (qualified_name name: (identifier)) @name @ignore
  (qualified_name qualifier: (_) @qualifier @ignore name: (generic_name . (identifier) @name))
  (generic_name . (identifier) @name)
  (alias_qualified_name name: (_) @name) @ignore]
  (#not-match? @name "::")) @reference.import

; What a type is made from. A class is made from one class at most, which stands first; that it is an interface says its
; name. What an interface is made from are interfaces.
((base_list [
  (identifier) @name
  (generic_name . (identifier) @name)
  (qualified_name
    qualifier: [(generic_name . (identifier) @qualifier) (_) @qualifier]
    name: [(identifier) @name (generic_name . (identifier) @name)])
  (alias_qualified_name name: [(identifier) @name (generic_name . (identifier) @name)])]) @reference.inheritance
  (#has-parent? @reference.inheritance "interface_declaration"))
((base_list [
  (identifier) @name
  (generic_name . (identifier) @name)
  (qualified_name
    qualifier: [(generic_name . (identifier) @qualifier) (_) @qualifier]
    name: [(identifier) @name (generic_name . (identifier) @name)])
  (alias_qualified_name name: [(identifier) @name (generic_name . (identifier) @name)])]) @reference.implementation
  (#has-parent? @reference.implementation "struct_declaration"))
(base_list . [
  (identifier) @name
  (generic_name . (identifier) @name)
  (qualified_name
    qualifier: [(generic_name . (identifier) @qualifier) (_) @qualifier]
    name: [(identifier) @name (generic_name . (identifier) @name)])
  (alias_qualified_name name: [(identifier) @name (generic_name . (identifier) @name)])
  (primary_constructor_base_type type: [
    (identifier) @name
    (generic_name . (identifier) @name)
    (qualified_name
      qualifier: [(generic_name . (identifier) @qualifier) (_) @qualifier]
      name: [(identifier) @name (generic_name . (identifier) @name)])])]
  (#not-match? @name "^I([A-NQ-Z]|[OP][^A-Z])")) @reference.inheritance
((base_list [
  (identifier) @name
  (generic_name . (identifier) @name)
  (qualified_name
    qualifier: [(generic_name . (identifier) @qualifier) (_) @qualifier]
    name: [(identifier) @name (generic_name . (identifier) @name)])
  (alias_qualified_name name: [(identifier) @name (generic_name . (identifier) @name)])]) @reference.implementation
  (#not-has-parent? @reference.implementation "enum_declaration"))

; Calls: by name, of a member, of one that may be missing; an object made; the other constructor.
(invocation_expression function: [(identifier) @name (generic_name . (identifier) @name)] arguments: (_) @arguments) @reference.call
(invocation_expression function: (member_access_expression
  expression: [(generic_name . (identifier) @qualifier) _ @qualifier]
  name: [(identifier) @name (generic_name . (identifier) @name)]) arguments: (_) @arguments) @reference.call
(invocation_expression function: (conditional_access_expression
  condition: (_) @qualifier
  [(member_binding_expression name: [(identifier) @name (generic_name . (identifier) @name)])
    (conditional_access_expression
      (member_binding_expression name: [(identifier) @name (generic_name . (identifier) @name)]) .)] .) arguments: (_) @arguments) @reference.call
(invocation_expression function: (alias_qualified_name name: (identifier) @name) arguments: (_) @arguments) @reference.call
(invocation_expression function: (parenthesized_expression (identifier) @name) arguments: (_) @arguments) @reference.call
(invocation_expression function: (element_access_expression expression: (identifier) @name) arguments: (_) @arguments) @reference.call
(invocation_expression function: (element_access_expression
  expression: (member_access_expression expression: _ @qualifier name: (identifier) @name)) arguments: (_) @arguments) @reference.call
(object_creation_expression type: [
  (identifier) @name
  (generic_name . (identifier) @name)
  (qualified_name
    qualifier: [(generic_name . (identifier) @qualifier) (_) @qualifier]
    name: [(identifier) @name (generic_name . (identifier) @name)])
  (alias_qualified_name name: [(identifier) @name (generic_name . (identifier) @name)])] arguments: (_)? @arguments) @reference.new
; `new()` makes one of the type that is declared.
(variable_declaration
  type: [
    (identifier) @name
    (generic_name . (identifier) @name)
    (nullable_type type: [(identifier) @name (generic_name . (identifier) @name)])
    (qualified_name
      qualifier: [(generic_name . (identifier) @qualifier) (_) @qualifier]
      name: [(identifier) @name (generic_name . (identifier) @name)])]
  (variable_declarator (implicit_object_creation_expression (argument_list) @arguments))) @reference.new
(property_declaration
  type: [
    (identifier) @name
    (generic_name . (identifier) @name)
    (nullable_type type: [(identifier) @name (generic_name . (identifier) @name)])
    (qualified_name
      qualifier: [(generic_name . (identifier) @qualifier) (_) @qualifier]
      name: [(identifier) @name (generic_name . (identifier) @name)])]
  value: (implicit_object_creation_expression (argument_list) @arguments)) @reference.new
(constructor_initializer ["base" "this"] @name (argument_list) @arguments) @reference.call

; Members by name, but none of an expression.
((member_access_expression
  expression: [(generic_name . (identifier) @qualifier) _ @qualifier]
  name: [(identifier) @name (generic_name . (identifier) @name)]) @reference.value
  (#not-match? @qualifier "[][({\"'`<?!]"))
((conditional_access_expression
  condition: (_) @qualifier
  (member_binding_expression name: [(identifier) @name (generic_name . (identifier) @name)])) @reference.value
  (#not-match? @qualifier "[][({\"'`<!]"))
(qualified_name
  qualifier: [(generic_name . (identifier) @qualifier) (_) @qualifier]
  name: [(identifier) @name (generic_name . (identifier) @name)]) @reference.type
(alias_qualified_name name: [(identifier) @name (generic_name . (identifier) @name)]) @reference.type
(alias_qualified_name alias: (identifier) @ignore)

; What is left.
((identifier) @reference.value
  (#not-has-parent? @reference.value "member_access_expression" "member_binding_expression" "ERROR")
  (#not-any-of? @reference.value "_" "" "var" "dynamic" "notnull" "unmanaged" "nameof" "nint" "nuint" "global"))
(member_access_expression expression: (identifier) @reference.value)
((identifier) @reference.value
  (#has-parent? @reference.value "ERROR")
  (#match? @reference.value "^[A-Z]"))
