; Go.

(source_file) @container

; The names of a type's parameters, of results and parameters, and of what a block declares. Types of functions and
; the methods of an interface name parameters too.
(function_declaration) @local.scope
(method_declaration) @local.scope
(func_literal) @local.scope
(function_type) @local.scope
(method_elem) @local.scope
(type_spec) @local.scope
(type_alias) @local.scope
(block) @local.scope
(if_statement) @local.scope
(for_statement) @local.scope
(expression_switch_statement) @local.scope
(type_switch_statement) @local.scope
(expression_case) @local.scope
(type_case) @local.scope
(default_case) @local.scope
(communication_case) @local.scope

; The package is a file's own: what others import is the directory.
((package_clause (package_identifier) @name) @definition.package (#set! file_local))

; Functions; one named `_`, which checks something when it is compiled, holds what is in it. Of several results the first
; is what a call is of. A method stands in the piece of its type that the receiver names; all such pieces in a file are one.
(function_declaration
  name: (identifier) @name result: (parameter_list . (parameter_declaration type: (_) @type))) @definition.function
(function_declaration name: (identifier) @name result: (_) @type) @definition.function
(function_declaration name: (identifier) @name) @definition.function
(method_declaration receiver: (parameter_list . (parameter_declaration type: [
  (type_identifier) @name
  (generic_type type: (type_identifier) @name)
  (pointer_type (type_identifier) @name)
  (pointer_type (generic_type type: (type_identifier) @name))
  (parenthesized_type (type_identifier) @name)
  (parenthesized_type (pointer_type (type_identifier) @name))
  (parenthesized_type (pointer_type (generic_type type: (type_identifier) @name)))
  (pointer_type (parenthesized_type (type_identifier) @name))]))) @definition.impl
(method_declaration
  name: (field_identifier) @name result: (parameter_list . (parameter_declaration type: (_) @type))) @definition.method
(method_declaration name: (field_identifier) @name result: (_) @type) @definition.method
(method_declaration name: (field_identifier) @name) @definition.method

; A function that a local name stands for.
(short_var_declaration
  left: (expression_list . (identifier) @name .)
  right: (expression_list . (func_literal body: (block) @body) .)
  (#not-eq? @name "_")) @definition.function
((var_spec
  name: (identifier) @name value: (expression_list . (func_literal body: (block) @body) .)) @definition.function
  (#not-eq? @name "_") (#within? "function" "method") (#has-parent? @definition.function "var_spec_list"))
((var_declaration (var_spec
  name: (identifier) @name value: (expression_list . (func_literal body: (block) @body) .))) @definition.function
  (#not-eq? @name "_")
  (#has-parent? @definition.function
    "block" "expression_case" "type_case" "default_case" "communication_case" "labeled_statement"))

; Types. In a group each begins at its name, else at `type`.
(type_declaration "(" (type_spec
  name: (type_identifier) @name type: (struct_type (field_declaration_list) @body)
  (#not-eq? @name "_")) @definition.struct)
(type_declaration "(" (type_spec
  name: (type_identifier) @name type: (interface_type) @body
  (#not-eq? @name "_")) @definition.interface)
(type_declaration "(" (type_spec name: (type_identifier) @name (#not-eq? @name "_")) @definition.type)
(type_declaration "(" (type_alias name: (type_identifier) @name type: (_) @type (#not-eq? @name "_")) @definition.type_alias)
(type_declaration (type_spec
  name: (type_identifier) @name type: (struct_type (field_declaration_list) @body)
  (#not-eq? @name "_"))) @definition.struct
(type_declaration (type_spec
  name: (type_identifier) @name type: (interface_type) @body
  (#not-eq? @name "_"))) @definition.interface
(type_declaration (type_spec name: (type_identifier) @name (#not-eq? @name "_"))) @definition.type
(type_declaration (type_alias name: (type_identifier) @name type: (_) @type (#not-eq? @name "_"))) @definition.type_alias

; Members. Those of a type without a name in a function are as local as its values.
((field_declaration_list (field_declaration name: (field_identifier) @name type: (_) @type) @definition.field)
  (#not-eq? @name "_") (#not-within? "function" "method"))
((interface_type (method_elem
    name: (field_identifier) @name result: (parameter_list . (parameter_declaration type: (_) @type)))
    @definition.method) @_interface
  (#not-eq? @name "_") (#not-within? "function" "method") (#not-has-parent? @_interface "type_constraint"))
((interface_type (method_elem name: (field_identifier) @name result: (_) @type) @definition.method) @_interface
  (#not-eq? @name "_") (#not-within? "function" "method") (#not-has-parent? @_interface "type_constraint"))
((interface_type (method_elem name: (field_identifier) @name) @definition.method) @_interface
  (#not-eq? @name "_") (#not-within? "function" "method") (#not-has-parent? @_interface "type_constraint"))

; Constants and variables. A lone one begins at its keyword, else at its name. Of several in a group, and of several that
; are given values, each is without extent, else all that is said of them would be the last one's. In a function they are
; locals. Nothing here goes through all that a group holds: some hold thousands.
((const_declaration "(" . (const_spec name: (identifier) @name) @definition.constant .) @_all
  (#not-eq? @name "_")
  (#not-has-parent? @_all
    "block" "expression_case" "type_case" "default_case" "communication_case" "labeled_statement"))
((const_declaration . (const_spec name: (identifier) @name ",") @definition.constant .) @_all
  (#not-eq? @name "_")
  (#not-has-parent? @_all
    "block" "expression_case" "type_case" "default_case" "communication_case" "labeled_statement"))
((const_declaration . (const_spec "," name: (identifier) @name) @definition.constant .) @_all
  (#not-eq? @name "_")
  (#not-has-parent? @_all
    "block" "expression_case" "type_case" "default_case" "communication_case" "labeled_statement"))
((const_declaration . (const_spec name: (identifier) @name) .) @definition.constant
  (#not-eq? @name "_")
  (#not-has-parent? @definition.constant
    "block" "expression_case" "type_case" "default_case" "communication_case" "labeled_statement"))
((const_spec name: (identifier) @name @definition.constant ",")
  (#not-eq? @name "_")
  (#not-within? "function" "method" "variable" "constant" "type" "struct" "interface" "type_alias" "field"))
((const_spec "," name: (identifier) @name @definition.constant)
  (#not-eq? @name "_")
  (#not-within? "function" "method" "variable" "constant" "type" "struct" "interface" "type_alias" "field"))
((const_spec name: (identifier) @name) @definition.constant
  (#not-eq? @name "_")
  (#not-within? "function" "method" "variable" "constant" "type" "struct" "interface" "type_alias" "field"))
(const_spec name: (identifier) @local.definition)

((var_declaration . [
  (var_spec name: (identifier) @name @definition.variable "," type: (_) @type value: (_))
  (var_spec "," name: (identifier) @name @definition.variable type: (_) @type value: (_))
  (var_spec . name: (identifier) @name @definition.variable "," value: (expression_list . (_) @value))
  (var_spec name: (identifier) @name @definition.variable "," value: (_))
  (var_spec "," name: (identifier) @name @definition.variable value: (_))
  (var_spec name: (identifier) @name "," type: (_) @type) @definition.variable
  (var_spec "," name: (identifier) @name type: (_) @type) @definition.variable])
  (#not-eq? @name "_"))
(var_declaration . (var_spec name: (identifier) @name type: (_) @type) (#not-eq? @name "_")) @definition.variable
(var_declaration . (var_spec name: (identifier) @name value: (expression_list . [
  (composite_literal type: (_) @type)
  (unary_expression "&" operand: (composite_literal type: (_) @type))
  (type_assertion_expression type: (_) @type)])) (#not-eq? @name "_")) @definition.variable
((var_declaration . (var_spec name: (identifier) @name value: (expression_list .
  (call_expression function: (identifier) @_new arguments: (argument_list . (_) @type))))) @definition.variable
  (#not-eq? @name "_") (#any-of? @_new "new" "make"))
(var_declaration . (var_spec name: (identifier) @name value: (expression_list . (_) @value)) (#not-eq? @name "_")) @definition.variable
(var_spec name: (identifier) @name @definition.variable "," type: (_) @type (#not-eq? @name "_"))
(var_spec "," name: (identifier) @name @definition.variable type: (_) @type (#not-eq? @name "_"))
(var_spec . name: (identifier) @name @definition.variable "," value: (expression_list . (_) @value) (#not-eq? @name "_"))
(var_spec name: (identifier) @name @definition.variable "," (#not-eq? @name "_"))
(var_spec "," name: (identifier) @name @definition.variable (#not-eq? @name "_"))
(var_spec name: (identifier) @name type: (_) @type (#not-eq? @name "_")) @definition.variable
(var_spec name: (identifier) @name value: (expression_list . [
  (composite_literal type: (_) @type)
  (unary_expression "&" operand: (composite_literal type: (_) @type))
  (type_assertion_expression type: (_) @type)]) (#not-eq? @name "_")) @definition.variable
((var_spec name: (identifier) @name value: (expression_list .
  (call_expression function: (identifier) @_new arguments: (argument_list . (_) @type)))) @definition.variable
  (#not-eq? @name "_") (#any-of? @_new "new" "make"))
(var_spec name: (identifier) @name value: (expression_list . (_) @value) (#not-eq? @name "_")) @definition.variable

; Locals.
(parameter_declaration name: (identifier) @local.definition type: (_) @type)
(variadic_parameter_declaration name: (identifier) @local.definition)
(type_parameter_declaration name: (identifier) @local.definition)
(method_declaration receiver: (parameter_list . (parameter_declaration type: [
  (generic_type type_arguments: (type_arguments (type_elem (type_identifier) @local.definition)))
  (pointer_type (generic_type type_arguments: (type_arguments (type_elem (type_identifier) @local.definition))))
  (parenthesized_type (pointer_type
    (generic_type type_arguments: (type_arguments (type_elem (type_identifier) @local.definition)))))])))
(short_var_declaration
  left: (expression_list . (identifier) @local.definition)
  right: (expression_list . [
    (composite_literal type: (_) @type)
    (unary_expression "&" operand: (composite_literal type: (_) @type))
    (type_assertion_expression type: (_) @type)]))
((short_var_declaration
  left: (expression_list . (identifier) @local.definition)
  right: (expression_list . (call_expression function: (identifier) @_new arguments: (argument_list . (_) @type))))
  (#any-of? @_new "new" "make"))
(short_var_declaration
  left: (expression_list . (identifier) @local.definition) right: (expression_list . (_) @value))
; The further results of a call are not known, but what `err` is: no type of that name, so none in the tree.
((short_var_declaration left: (expression_list (identifier) @local.definition @type))
  (#match? @local.definition "^err[0-9]*$"))
(short_var_declaration left: (expression_list (identifier) @local.definition))
(range_clause left: (expression_list (identifier) @local.definition) ":=")
(receive_statement left: (expression_list (identifier) @local.definition) ":=")
(type_switch_statement alias: (expression_list (identifier) @local.definition))

; Imports. `import . "path"` brings in all names.
(import_spec name: (dot) @name path: (_) @qualifier) @reference.import
(import_spec name: [(package_identifier) (blank_identifier)] @alias path: (_) @name) @reference.import
(import_spec !name path: (_) @name) @reference.import

; What is embedded. A union, or a type with `~`, is a constraint and no base.
((struct_type (field_declaration_list (field_declaration !name type: [
  (type_identifier) @name
  (generic_type type: (type_identifier) @name)
  (qualified_type package: (_) @qualifier name: (type_identifier) @name)
  (generic_type type: (qualified_type package: (_) @qualifier name: (type_identifier) @name))]))) @reference.implementation
  (#within? "struct"))
((interface_type (type_elem . [
  (type_identifier) @name
  (generic_type type: (type_identifier) @name)
  (qualified_type package: (_) @qualifier name: (type_identifier) @name)
  (generic_type type: (qualified_type package: (_) @qualifier name: (type_identifier) @name))] .)) @reference.inheritance
  (#within? "interface"))

; Names of fields in a literal of a struct; in one of a map or array a key is a value.
(composite_literal
  type: [(map_type) (array_type) (slice_type) (implicit_length_array_type)]
  body: (literal_value (keyed_element key: (literal_element (identifier) @reference.value)))
  (#not-eq? @reference.value "_"))
(keyed_element key: (literal_element (identifier) @ignore))

; Calls. One with a single type argument, or of what a map holds, looks like a conversion.
((call_expression function: [
  (identifier) @name
  (parenthesized_expression (identifier) @name)]) @reference.call
  (#not-any-of? @name "_"
    "bool" "byte" "complex128" "complex64" "error" "float32" "float64" "int" "int16" "int32" "int64"
    "int8" "rune" "string" "uint" "uint16" "uint32" "uint64" "uint8" "uintptr"))
(call_expression function: [
  (selector_expression
    operand: [
      (parenthesized_expression (unary_expression ["*" "&"] operand: (identifier) @qualifier))
      (_) @qualifier]
    field: (field_identifier) @name)
  (parenthesized_expression (selector_expression operand: (_) @qualifier field: (field_identifier) @name))]) @reference.call
(type_conversion_expression type: (generic_type type: [
  (type_identifier) @name
  (qualified_type package: (_) @qualifier name: (type_identifier) @name)])) @reference.call

; Types.
(qualified_type package: (_) @qualifier name: (type_identifier) @name) @reference.type

; What is selected by name: of a package, of a type, or of a value. Not of an expression.
((selector_expression operand: [
  (identifier) @qualifier
  (selector_expression) @qualifier
  (parenthesized_expression (unary_expression ["*" "&"] operand: (identifier) @qualifier))]
  field: (field_identifier) @name) @reference.value
  (#not-match? @qualifier "[][({\"'`]"))

; What is left.
((type_identifier) @reference.type
  (#not-any-of? @reference.type "_"
    "any" "bool" "byte" "comparable" "complex128" "complex64" "error" "float32" "float64" "int" "int16" "int32" "int64"
    "int8" "nil" "rune" "string" "type" "uint" "uint16" "uint32" "uint64" "uint8" "uintptr"))
((identifier) @reference.value
  (#not-any-of? @reference.value "_"
    "bool" "byte" "complex128" "complex64" "error" "float32" "float64" "int" "int16" "int32" "int64"
    "int8" "rune" "string" "uint" "uint16" "uint32" "uint64" "uint8" "uintptr"))
