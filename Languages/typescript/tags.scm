; TypeScript: what it adds to ../javascript/common.scm, or writes in another way.

; Containers.
(abstract_class_declaration) @container
(interface_declaration) @container
(interface_body) @container
(ambient_declaration) @container
(internal_module) @container
(module) @container

; Scopes of locals. The block of a namespace is none.
((statement_block (lexical_declaration)) @local.scope
  (#not-has-parent? @local.scope "internal_module" "module" "ambient_declaration"))
; Where types bring in names of their own.
(function_signature) @local.scope
(method_signature) @local.scope
(abstract_method_signature) @local.scope
(call_signature) @local.scope
(construct_signature) @local.scope
(index_signature) @local.scope
(function_type) @local.scope
(constructor_type) @local.scope
(conditional_type) @local.scope
(type_alias_declaration) @local.scope
; Only generic ones, since a scope cannot be extracted member by member.
((class_declaration type_parameters: (_)) @local.scope)
((abstract_class_declaration type_parameters: (_)) @local.scope)
((class type_parameters: (_)) @local.scope)
((interface_declaration type_parameters: (_)) @local.scope)

; Functions, classes and their members. What may be anything is not said of.
((function_signature name: (identifier) @name return_type: (type_annotation (_) @type)) @definition.function (#not-any-of? @type "any" "unknown" "object" "Function" "const"))
(function_signature name: (identifier) @name) @definition.function
((export_statement "default" (function_declaration name: (identifier) @name return_type: (type_annotation (_) @type)) @definition.function)
  (#not-any-of? @type "any" "unknown" "object" "Function" "const") (#set! default_export))
((function_declaration name: (identifier) @name return_type: (type_annotation (_) @type)) @definition.function (#not-any-of? @type "any" "unknown" "object" "Function" "const"))
((method_definition "get" name: [
  [(property_identifier) (private_property_identifier) (number) (computed_property_name)] @name
  (string . (string_fragment) @name .)] return_type: (type_annotation (_) @type)) @definition.getter (#not-any-of? @type "any" "unknown" "object" "Function" "const"))
((method_definition name: [
  [(property_identifier) (private_property_identifier) (number) (computed_property_name)] @name
  (string . (string_fragment) @name .)] return_type: (type_annotation (_) @type)) @definition.method (#not-any-of? @type "any" "unknown" "object" "Function" "const"))
((pair key: [
  [(property_identifier) (private_property_identifier) (number) (computed_property_name)] @name
  (string . (string_fragment) @name .)] value: [
  (arrow_function return_type: (type_annotation (_) @type) body: (_) @body)
  (function_expression return_type: (type_annotation (_) @type) body: (_) @body)]) @definition.method (#not-any-of? @type "any" "unknown" "object" "Function" "const"))
((lexical_declaration (variable_declarator name: (identifier) @name value: [
  (arrow_function return_type: (type_annotation (_) @type) body: (_) @body)
  (function_expression return_type: (type_annotation (_) @type) body: (_) @body)]) @definition.function) (#not-any-of? @type "any" "unknown" "object" "Function" "const"))
((export_statement "default" (abstract_class_declaration name: (type_identifier) @name) @definition.class) (#set! default_export))
(abstract_class_declaration name: (type_identifier) @name) @definition.class
; A parameter with a modifier is a field of the class; found from the constructor, it stands beside it.
((method_definition name: (property_identifier) @_constructor parameters: (formal_parameters [
  (required_parameter
    [(accessibility_modifier) (override_modifier) "readonly"]
    pattern: (identifier) @name type: (type_annotation (_) @type)) @definition.field
  (optional_parameter
    [(accessibility_modifier) (override_modifier) "readonly"]
    pattern: (identifier) @name type: (type_annotation (_) @type)) @definition.field]))
  (#eq? @_constructor "constructor") (#not-any-of? @type "any" "unknown" "object" "Function" "const"))
((method_definition name: (property_identifier) @_constructor parameters: (formal_parameters [
  (required_parameter
    [(accessibility_modifier) (override_modifier) "readonly"]
    pattern: (identifier) @name) @definition.field
  (optional_parameter
    [(accessibility_modifier) (override_modifier) "readonly"]
    pattern: (identifier) @name) @definition.field]))
  (#eq? @_constructor "constructor"))
((public_field_definition name: [
  [(property_identifier) (private_property_identifier) (number) (computed_property_name)] @name
  (string . (string_fragment) @name .)] value: [
  (arrow_function return_type: (type_annotation (_) @type) body: (_) @body)
  (function_expression return_type: (type_annotation (_) @type) body: (_) @body)]) @definition.method (#not-any-of? @type "any" "unknown" "object" "Function" "const"))
(public_field_definition name: [
  [(property_identifier) (private_property_identifier) (number) (computed_property_name)] @name
  (string . (string_fragment) @name .)] value: [
  (arrow_function body: (_) @body)
  (function_expression body: (_) @body)
  (generator_function body: (_) @body)]) @definition.method
((public_field_definition name: [
  [(property_identifier) (private_property_identifier) (number) (computed_property_name)] @name
  (string . (string_fragment) @name .)] type: (type_annotation (_) @type)) @definition.field (#not-any-of? @type "any" "unknown" "object" "Function" "const"))
(public_field_definition name: [
  [(property_identifier) (private_property_identifier) (number) (computed_property_name)] @name
  (string . (string_fragment) @name .)]
  value: (as_expression . (_) . (_) @type .)) @definition.field
(public_field_definition name: [
  [(property_identifier) (private_property_identifier) (number) (computed_property_name)] @name
  (string . (string_fragment) @name .)]
  value: [(new_expression) (call_expression) (await_expression) (member_expression)] @value) @definition.field
(public_field_definition name: [
  [(property_identifier) (private_property_identifier) (number) (computed_property_name)] @name
  (string . (string_fragment) @name .)]) @definition.field
((method_signature name: (property_identifier) @name) @definition.constructor
  (#eq? @name "constructor") (#has-parent? @definition.constructor "class_body"))
; Signatures: those of classes, interfaces and aliases, not those that are written where a parameter has its type.
((method_signature "get" name: [
  [(property_identifier) (private_property_identifier) (number) (computed_property_name)] @name
  (string . (string_fragment) @name .)] return_type: (type_annotation (_) @type)) @definition.getter
  (#within? "class" "interface" "type_alias" "property") (#not-any-of? @type "any" "unknown" "object" "Function" "const"))
((method_signature "get" name: [
  [(property_identifier) (private_property_identifier) (number) (computed_property_name)] @name
  (string . (string_fragment) @name .)]) @definition.getter
  (#within? "class" "interface" "type_alias" "property"))
((method_signature "set" name: [
  [(property_identifier) (private_property_identifier) (number) (computed_property_name)] @name
  (string . (string_fragment) @name .)]) @definition.setter
  (#within? "class" "interface" "type_alias" "property"))
((method_signature name: [
  [(property_identifier) (private_property_identifier) (number) (computed_property_name)] @name
  (string . (string_fragment) @name .)] return_type: (type_annotation (_) @type)) @definition.method
  (#within? "class" "interface" "type_alias" "property") (#not-any-of? @type "any" "unknown" "object" "Function" "const"))
((method_signature name: [
  [(property_identifier) (private_property_identifier) (number) (computed_property_name)] @name
  (string . (string_fragment) @name .)]) @definition.method
  (#within? "class" "interface" "type_alias" "property"))
((abstract_method_signature "get" name: [
  [(property_identifier) (private_property_identifier) (number) (computed_property_name)] @name
  (string . (string_fragment) @name .)] return_type: (type_annotation (_) @type)) @definition.getter (#not-any-of? @type "any" "unknown" "object" "Function" "const"))
(abstract_method_signature "get" name: [
  [(property_identifier) (private_property_identifier) (number) (computed_property_name)] @name
  (string . (string_fragment) @name .)]) @definition.getter
(abstract_method_signature "set" name: [
  [(property_identifier) (private_property_identifier) (number) (computed_property_name)] @name
  (string . (string_fragment) @name .)]) @definition.setter
((abstract_method_signature name: [
  [(property_identifier) (private_property_identifier) (number) (computed_property_name)] @name
  (string . (string_fragment) @name .)] return_type: (type_annotation (_) @type)) @definition.method (#not-any-of? @type "any" "unknown" "object" "Function" "const"))
(abstract_method_signature name: [
  [(property_identifier) (private_property_identifier) (number) (computed_property_name)] @name
  (string . (string_fragment) @name .)]) @definition.method
((property_signature name: [
  [(property_identifier) (private_property_identifier) (number) (computed_property_name)] @name
  (string . (string_fragment) @name .)] type: (type_annotation (_) @type)) @definition.property
  (#within? "interface" "type_alias" "property") (#not-any-of? @type "any" "unknown" "object" "Function" "const"))
((property_signature name: [
  [(property_identifier) (private_property_identifier) (number) (computed_property_name)] @name
  (string . (string_fragment) @name .)]) @definition.property
  (#within? "interface" "type_alias" "property"))

; Types and namespaces.
(interface_declaration name: (type_identifier) @name) @definition.interface
(type_alias_declaration name: (type_identifier) @name
  value: [(type_identifier) (generic_type) (nested_type_identifier) (union_type)] @type) @definition.type_alias
(type_alias_declaration name: (type_identifier) @name) @definition.type_alias
(enum_declaration name: (identifier) @name) @definition.enum
(enum_body (property_identifier) @name @definition.enum_member)
(enum_body (string . (string_fragment) @name .) @definition.enum_member)
(enum_body (enum_assignment
  name: [(property_identifier) @name (string . (string_fragment) @name .)]) @definition.enum_member)
(internal_module name: (identifier) @name) @definition.namespace
(internal_module name: (nested_identifier) @name @ignore) @definition.namespace
(module name: (string . (string_fragment) @name .)) @definition.module
(module name: (identifier) @name) @definition.namespace
(module name: (nested_identifier) @name @ignore) @definition.namespace

; Variables with a type, but for functions.
((lexical_declaration kind: "const"
  (variable_declarator name: (identifier) @name type: (type_annotation (_) @type)
    value: [(new_expression) (call_expression) (await_expression) (member_expression) (identifier) (object) (array) (null) (undefined)]) @definition.constant) @_declaration
  (#has-parent? @_declaration "program" "export_statement") (#not-any-of? @type "any" "unknown" "object" "Function" "const"))
((lexical_declaration kind: "const"
  (variable_declarator name: (identifier) @name
    value: (as_expression . [(identifier) (member_expression) (call_expression) (new_expression) (object)] . (_) @type .)) @definition.constant) @_declaration
  (#has-parent? @_declaration "program" "export_statement") (#not-any-of? @type "any" "unknown" "object" "Function" "const"))
((lexical_declaration kind: "const"
  (variable_declarator name: (identifier) @name type: (type_annotation (_) @type)) @definition.constant) @_declaration
  (#has-parent? @_declaration "ambient_declaration") (#not-any-of? @type "any" "unknown" "object" "Function" "const"))
((variable_declarator name: (identifier) @name type: (type_annotation (_) @type) !value) @definition.variable (#not-any-of? @type "any" "unknown" "object" "Function" "const"))
((variable_declarator name: (identifier) @name type: (type_annotation (_) @type)
  value: [(new_expression) (call_expression) (await_expression) (member_expression) (identifier) (object) (array) (null) (undefined)]) @definition.variable (#not-any-of? @type "any" "unknown" "object" "Function" "const"))
((variable_declarator name: (identifier) @name
  value: (as_expression . [(identifier) (member_expression) (call_expression) (new_expression) (object)] . (_) @type .)) @definition.variable
  (#not-any-of? @type "any" "unknown" "object" "Function" "const"))
; Constants that are but declared, and what is bound to a name with a type after it.
((lexical_declaration kind: "const"
  (variable_declarator name: (identifier) @name) @definition.constant) @_declaration
  (#has-parent? @_declaration "ambient_declaration"))
(lexical_declaration (variable_declarator name: (identifier) @name value: [
    (as_expression . [
      (arrow_function body: (_) @body)
      (function_expression body: (_) @body)
      (generator_function body: (_) @body)])
    (as_expression . (parenthesized_expression [
      (arrow_function body: (_) @body)
      (function_expression body: (_) @body)
      (generator_function body: (_) @body)]))
    (satisfies_expression . [
      (arrow_function body: (_) @body)
      (function_expression body: (_) @body)
      (generator_function body: (_) @body)])]) @definition.function)
(variable_declaration (variable_declarator name: (identifier) @name value: [
    (as_expression . [
      (arrow_function body: (_) @body)
      (function_expression body: (_) @body)
      (generator_function body: (_) @body)])
    (as_expression . (parenthesized_expression [
      (arrow_function body: (_) @body)
      (function_expression body: (_) @body)
      (generator_function body: (_) @body)]))
    (satisfies_expression . [
      (arrow_function body: (_) @body)
      (function_expression body: (_) @body)
      (generator_function body: (_) @body)])]) @definition.function)
; Functions and classes with a name that are handed over as they are written.
((function_expression name: (identifier) @name) @definition.function
  (#not-has-parent? @definition.function "variable_declarator" "pair" "assignment_expression" "public_field_definition"))
((generator_function name: (identifier) @name) @definition.function
  (#not-has-parent? @definition.function "variable_declarator" "pair" "assignment_expression" "public_field_definition"))
((class name: (_) @name) @definition.class
  (#not-has-parent? @definition.class "variable_declarator" "pair" "assignment_expression" "public_field_definition"))

; Parameters and type parameters.
((required_parameter pattern: (identifier) @local.definition type: (type_annotation (_) @type)) (#not-any-of? @type "any" "unknown" "object" "Function" "const"))
((required_parameter pattern: (identifier) @local.definition value: [(new_expression) (call_expression) (member_expression)] @value))
(required_parameter pattern: (identifier) @local.definition)
((optional_parameter pattern: (identifier) @local.definition type: (type_annotation (_) @type)) (#not-any-of? @type "any" "unknown" "object" "Function" "const"))
(optional_parameter pattern: (identifier) @local.definition)
(required_parameter name: [(identifier) (rest_pattern)] @ignore)
(optional_parameter name: (identifier) @ignore)
(index_signature name: (identifier) @local.definition)
(mapped_type_clause name: (type_identifier) @local.definition)
; What is inferred within a function's type is known to all of the condition.
(conditional_type right: [
  (function_type return_type: (infer_type (type_identifier) @local.definition))
  (constructor_type type: (infer_type (type_identifier) @local.definition))
  (function_type parameters: (formal_parameters (_ type: (type_annotation
    (infer_type (type_identifier) @local.definition)))))
  (constructor_type parameters: (formal_parameters (_ type: (type_annotation
    (infer_type (type_identifier) @local.definition)))))
  (function_type return_type: (generic_type type_arguments: (type_arguments (infer_type (type_identifier) @local.definition))))
  (constructor_type type: (generic_type type_arguments: (type_arguments (infer_type (type_identifier) @local.definition))))
  (function_type parameters: (formal_parameters (_ type: (type_annotation
    (generic_type type_arguments: (type_arguments (infer_type (type_identifier) @local.definition)))))))
  (constructor_type parameters: (formal_parameters (_ type: (type_annotation
    (generic_type type_arguments: (type_arguments (infer_type (type_identifier) @local.definition)))))))])
(conditional_type right: (parenthesized_type [
  (function_type return_type: (infer_type (type_identifier) @local.definition))
  (constructor_type type: (infer_type (type_identifier) @local.definition))
  (function_type parameters: (formal_parameters (_ type: (type_annotation
    (infer_type (type_identifier) @local.definition)))))
  (constructor_type parameters: (formal_parameters (_ type: (type_annotation
    (infer_type (type_identifier) @local.definition)))))
  (function_type return_type: (generic_type type_arguments: (type_arguments (infer_type (type_identifier) @local.definition))))
  (constructor_type type: (generic_type type_arguments: (type_arguments (infer_type (type_identifier) @local.definition))))
  (function_type parameters: (formal_parameters (_ type: (type_annotation
    (generic_type type_arguments: (type_arguments (infer_type (type_identifier) @local.definition)))))))
  (constructor_type parameters: (formal_parameters (_ type: (type_annotation
    (generic_type type_arguments: (type_arguments (infer_type (type_identifier) @local.definition)))))))]))
(infer_type (type_identifier) @local.definition)
(type_parameter name: (type_identifier) @local.definition)

; Imports.
(import_statement (import_require_clause (identifier) @name source: (string) @qualifier)) @reference.import
(import_statement (import_require_clause (identifier) @alias source: (string) @name)) @reference.import
(import_alias
  .
  (identifier) @alias @ignore
  (nested_identifier object: (_) @qualifier property: (_) @name) @ignore) @reference.import
(import_alias . (identifier) @alias @ignore (identifier) @name) @reference.import
(export_statement "namespace" (identifier) @ignore)
((export_statement "=" (identifier) @name) @reference.value (#set! default_export))
; `import('x').Y` is a type; what is called on a promise of a module is not.
(member_expression
  object: (call_expression function: (import) arguments: (arguments (string) @qualifier))
  property: (_) @name) @reference.import

; Bases.
(extends_clause value: [
  (identifier) @name
  (member_expression object: (_) @qualifier property: (_) @name)]) @reference.inheritance
(extends_type_clause type: [
  (type_identifier) @name
  (generic_type name: (type_identifier) @name)
  (nested_type_identifier module: (_) @qualifier name: (type_identifier) @name)
  (generic_type name: (nested_type_identifier module: (_) @qualifier name: (type_identifier) @name))]) @reference.inheritance
(implements_clause [
  (type_identifier) @name
  (generic_type name: (type_identifier) @name)
  (nested_type_identifier module: (_) @qualifier name: (type_identifier) @name)
  (generic_type name: (nested_type_identifier module: (_) @qualifier name: (type_identifier) @name))]) @reference.implementation

; Calls.
(call_expression function:
  (member_expression object: (non_null_expression (_) @qualifier) property: (_) @name)) @reference.call
; The grammar takes `a || b!()` for a call of `(a || b)!`.
(call_expression function: [
  (non_null_expression [(identifier) @name (binary_expression right: (identifier) @name)])
  (instantiation_expression (identifier) @name)
  (parenthesized_expression (as_expression . (identifier) @name))]) @reference.call
(call_expression function: [
  (non_null_expression (member_expression object: (_) @qualifier property: (_) @name))
  (non_null_expression (binary_expression right: (member_expression object: (_) @qualifier property: (_) @name)))
  (instantiation_expression (member_expression object: (_) @qualifier property: (_) @name))
  (parenthesized_expression (as_expression . (member_expression object: (_) @qualifier property: (_) @name)))]) @reference.call

; Types.
(nested_type_identifier module: (_) @qualifier name: (type_identifier) @name) @reference.type
((type_identifier) @reference.type (#not-any-of? @reference.type "bigint" "const" ""))
