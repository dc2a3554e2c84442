; What JavaScript, TypeScript and TSX have in common; each puts patterns of its own before these.

; Containers: what stands outside of functions is extracted piece by piece. Bodies of wrappers (`(function () { ... })()`,
; `describe(...)`) are within functions and go as one.
(program) @container
(export_statement) @container
(expression_statement) @container
(statement_block) @container
(if_statement) @container
(else_clause) @container
(try_statement) @container
(finally_clause) @container
(class_declaration) @container
(class_body) @container
(lexical_declaration) @container
(variable_declaration) @container
(variable_declarator) @container
(object) @container

; Scopes of locals. A block is one only if it declares with `let` or `const`: `var` belongs to the function around.
(function_declaration) @local.scope
(generator_function_declaration) @local.scope
(function_expression) @local.scope
(generator_function) @local.scope
(arrow_function) @local.scope
(method_definition) @local.scope
(class_static_block) @local.scope
(catch_clause) @local.scope
((class name: (_)) @local.scope)
((for_statement initializer: (lexical_declaration)) @local.scope)
((for_in_statement kind: ["let" "const"]) @local.scope)

; Tests and groups of tests, by the names that Jest, Vitest, Mocha, Jasmine, QUnit, Deno and node:test give them: a title and
; a function. All within is test code.
((call_expression
  function: [
    (identifier) @_test
    (member_expression object: (identifier) @_test property: (property_identifier) @_variant)
    (member_expression
      object: (member_expression object: (identifier) @_test property: (property_identifier) @_variant)
      property: (_))
    (call_expression function: (member_expression
      object: (identifier) @_test property: (property_identifier) @_variant))
    (call_expression function: (member_expression
      object: (member_expression object: (identifier) @_test property: (property_identifier) @_variant)
      property: (_)))]
  arguments: (arguments
    .
    [(string . (string_fragment) @name .)
     (string (escape_sequence)) @name
     (template_string . (string_fragment) @name .)
     (template_string (template_substitution)) @name
     (template_string (escape_sequence)) @name
     [(member_expression) (binary_expression)] @name]
    (_ body: (_) @body))) @definition.test
  (#any-of? @_test "describe" "fdescribe" "xdescribe" "it" "fit" "xit" "test" "xtest" "suite" "context" "specify" "bench"
    "QUnit" "Deno")
  (#any-of? @_variant "only" "skip" "todo" "each" "concurrent" "sequential" "failing" "fails" "skipIf" "runIf" "for"
    "parallel" "serial" "test" "module" "describe" "step")
  (#set! test))

; Functions and classes.
((export_statement "default" (function_declaration name: (identifier) @name) @definition.function) (#set! default_export))
((export_statement "default" (generator_function_declaration name: (identifier) @name) @definition.function)
  (#set! default_export))
((export_statement "default" (class_declaration name: (_) @name) @definition.class) (#set! default_export))
(function_declaration name: (identifier) @name
  body: (statement_block (return_statement (new_expression) @value) .)) @definition.function
(function_declaration name: (identifier) @name) @definition.function
(generator_function_declaration name: (identifier) @name) @definition.function
(class_declaration name: (_) @name) @definition.class
; Those without a name that a module offers are called `default`.
((export_statement "default" @name value: [
  (function_expression !name) @definition.function
  (generator_function !name) @definition.function
  (arrow_function) @definition.function
  (class !name) @definition.class]) (#set! default_export))

; Members of classes and of object literals. What is bound to a function is a method like any other.
(method_definition "get" name: [
  [(property_identifier) (private_property_identifier) (number) (computed_property_name)] @name
  (string . (string_fragment) @name .)]) @definition.getter
(method_definition "set" name: [
  [(property_identifier) (private_property_identifier) (number) (computed_property_name)] @name
  (string . (string_fragment) @name .)]) @definition.setter
((method_definition name: (property_identifier) @name) @definition.constructor
  (#eq? @name "constructor") (#has-parent? @definition.constructor "class_body"))
(method_definition name: [
  [(property_identifier) (private_property_identifier) (number) (computed_property_name)] @name
  (string . (string_fragment) @name .)]
  body: (statement_block (return_statement [(this) (new_expression)] @value) .)) @definition.method
(method_definition name: [
  [(property_identifier) (private_property_identifier) (number) (computed_property_name)] @name
  (string . (string_fragment) @name .)]) @definition.method
(pair key: [
  [(property_identifier) (private_property_identifier) (number) (computed_property_name)] @name
  (string . (string_fragment) @name .)] value: [
  (arrow_function body: (_) @body)
  (function_expression body: (_) @body)
  (generator_function body: (_) @body)]) @definition.method

; Functions and classes that are bound to a variable or a property.
(lexical_declaration (variable_declarator name: (identifier) @name value: [
  (arrow_function body: (_) @body)
  (function_expression body: (_) @body)
  (generator_function body: (_) @body)
  (parenthesized_expression [
    (arrow_function body: (_) @body)
    (function_expression body: (_) @body)
    (generator_function body: (_) @body)])]) @definition.function)
(variable_declaration (variable_declarator name: (identifier) @name value: [
  (arrow_function body: (_) @body)
  (function_expression body: (_) @body)
  (generator_function body: (_) @body)
  (parenthesized_expression [
    (arrow_function body: (_) @body)
    (function_expression body: (_) @body)
    (generator_function body: (_) @body)])]) @definition.function)
(lexical_declaration (variable_declarator name: (identifier) @name value: (class body: (_) @body)) @definition.class)
(variable_declaration (variable_declarator name: (identifier) @name value: (class body: (_) @body)) @definition.class)
; What is added to `Foo.prototype` or to `Foo` stands in a further piece of Foo; all such pieces in a file are one.
((assignment_expression
  left: [
    (member_expression object: (member_expression object: (identifier) @name property: (property_identifier) @_prototype))
    (subscript_expression
      object: (member_expression object: (identifier) @name property: (property_identifier) @_prototype)
      index: (string))]
  right: [
    (arrow_function body: (_) @body)
    (function_expression body: (_) @body)
    (generator_function body: (_) @body)
    (class body: (_) @body)]) @definition.impl
  (#eq? @_prototype "prototype"))
((assignment_expression
  left: (member_expression object: (identifier) @name property: (property_identifier) @_prototype)
  right: [(object) @body (call_expression) @body (new_expression) @body]) @definition.impl
  (#eq? @_prototype "prototype"))
((assignment_expression
  left: [
    (member_expression object: (identifier) @name property: (property_identifier) @_member)
    (subscript_expression object: (identifier) @name index: (string))]
  right: [
    (arrow_function body: (_) @body)
    (function_expression body: (_) @body)
    (generator_function body: (_) @body)
    (class body: (_) @body)]) @definition.impl
  (#match? @name "^[A-Z]") (#not-eq? @_member "prototype"))
; The same of an object, at the top.
((assignment_expression
  left: [
    (member_expression object: (identifier) @name)
    (subscript_expression object: (identifier) @name index: (string))]
  right: [
    (arrow_function body: (_) @body)
    (function_expression body: (_) @body)
    (generator_function body: (_) @body)
    (class body: (_) @body)]) @definition.impl
  (#match? @name "^[a-z_$]") (#not-any-of? @name "exports" "module" "window" "self" "global" "globalThis" "document")
  (#not-within? "function" "method" "constructor" "getter" "setter"))
((assignment_expression
  left: (member_expression
    object: [(identifier) @_object (member_expression object: (identifier) @_object property: (_) @_exports)]
    property: (property_identifier) @name)
  right: [
    (arrow_function body: (_) @body)
    (function_expression body: (_) @body)
    (generator_function body: (_) @body)]) @definition.function
  (#any-of? @_object "exports" "module") (#not-eq? @name "exports") (#eq? @_exports "exports"))
((assignment_expression
  left: (member_expression object: (identifier) @_module property: (property_identifier) @_exports)
  right: [
    (function_expression name: (identifier) @name body: (_) @body)
    (generator_function name: (identifier) @name body: (_) @body)]) @definition.function
  (#eq? @_module "module") (#eq? @_exports "exports") (#set! default_export))
((assignment_expression
  left: (member_expression object: (identifier) @_module property: (property_identifier) @name)
  right: [
    (function_expression !name body: (_) @body)
    (generator_function !name body: (_) @body)
    (arrow_function body: (_) @body)]) @definition.function
  (#eq? @_module "module") (#eq? @name "exports") (#set! default_export))
((assignment_expression
  left: (member_expression object: (identifier) @_module property: (property_identifier) @_exports)
  right: (class name: (_) @name body: (_) @body)) @definition.class
  (#eq? @_module "module") (#eq? @_exports "exports") (#set! default_export))
((assignment_expression
  left: (member_expression object: (identifier) @_module property: (property_identifier) @name)
  right: (class !name body: (_) @body)) @definition.class
  (#eq? @_module "module") (#eq? @name "exports") (#set! default_export))
((assignment_expression
  left: (member_expression object: (_) property: [(property_identifier) (private_property_identifier)] @name)
  right: [
    (arrow_function body: (_) @body)
    (function_expression body: (_) @body)
    (generator_function body: (_) @body)]) @definition.method
  (#not-eq? @name "exports"))
((assignment_expression
  left: (member_expression object: (_) property: (property_identifier) @name)
  right: (class body: (_) @body)) @definition.class
  (#not-eq? @name "exports"))
(assignment_expression
  left: (subscript_expression object: (_) index: (string . (string_fragment) @name .))
  right: [
    (arrow_function body: (_) @body)
    (function_expression body: (_) @body)
    (generator_function body: (_) @body)]) @definition.method
(function_expression name: (identifier) @local.definition)
(generator_function name: (identifier) @local.definition)
(class name: (_) @local.definition)

; Variables; in a function the same patterns declare locals. What is declared with `const` at the top is a constant. Those
; that hold a module (`const x = require('y')`) are imports, below.
((lexical_declaration kind: "const"
  (variable_declarator name: (identifier) @name !value) @definition.constant) @_declaration
  (#has-parent? @_declaration "program" "export_statement"))
((lexical_declaration kind: "const"
  (variable_declarator name: (identifier) @name value: [(new_expression) (call_expression) (await_expression) (member_expression)] @value) @definition.constant) @_declaration
  (#has-parent? @_declaration "program" "export_statement")
  (#not-match? @value
    "^(await import|require)[[:space:]]*[(][[:space:]]*([/][*][^)]*[*][/][[:space:]]*)?['\"][^'\"()]*['\"],?[[:space:]]*[)]([.][A-Za-z0-9_$]+)?$"))
((lexical_declaration kind: "const"
  (variable_declarator name: (identifier) @name value: (_) @_value) @definition.constant) @_declaration
  (#has-parent? @_declaration "program" "export_statement")
  (#not-match? @_value
    "^(await import|require)[[:space:]]*[(][[:space:]]*([/][*][^)]*[*][/][[:space:]]*)?['\"][^'\"()]*['\"],?[[:space:]]*[)]([.][A-Za-z0-9_$]+)?$"))
((lexical_declaration kind: "const" (variable_declarator
  name: [
    (object_pattern (shorthand_property_identifier_pattern) @name @definition.constant)
    (object_pattern (pair_pattern (identifier) @name @definition.constant))
    (object_pattern (rest_pattern (identifier) @name @definition.constant))
    (object_pattern (object_assignment_pattern (shorthand_property_identifier_pattern) @name @definition.constant))
    (object_pattern (pair_pattern (assignment_pattern . (identifier) @name @definition.constant)))
    (array_pattern (identifier) @name @definition.constant)
    (array_pattern (rest_pattern (identifier) @name @definition.constant))
    (array_pattern (assignment_pattern . (identifier) @name @definition.constant))]
  value: (_) @_value)) @_declaration
  (#has-parent? @_declaration "program" "export_statement")
  (#not-match? @_value
    "^(await import|require)[[:space:]]*[(][[:space:]]*([/][*][^)]*[*][/][[:space:]]*)?['\"][^'\"()]*['\"],?[[:space:]]*[)]([.][A-Za-z0-9_$]+)?$"))
(variable_declarator name: (identifier) @name !value) @definition.variable
((variable_declarator name: (identifier) @name value: [(new_expression) (call_expression) (await_expression) (member_expression)] @value) @definition.variable
  (#not-match? @value
    "^(await import|require)[[:space:]]*[(][[:space:]]*([/][*][^)]*[*][/][[:space:]]*)?['\"][^'\"()]*['\"],?[[:space:]]*[)]([.][A-Za-z0-9_$]+)?$"))
((variable_declarator name: (identifier) @name value: (_) @_value) @definition.variable
  (#not-match? @_value
    "^(await import|require)[[:space:]]*[(][[:space:]]*([/][*][^)]*[*][/][[:space:]]*)?['\"][^'\"()]*['\"],?[[:space:]]*[)]([.][A-Za-z0-9_$]+)?$"))
(for_in_statement kind: "var" left: (identifier) @name @definition.variable)
(for_in_statement kind: ["let" "const"] left: (identifier) @local.definition)
(catch_clause parameter: (identifier) @local.definition)
; An existing variable can be set to what a module holds.
(assignment_expression
  left: [
    (object_pattern (shorthand_property_identifier_pattern) @name)
    (object_pattern (pair_pattern key: (property_identifier) @name value: (identifier) @alias) @ignore)]
  right: (await_expression (call_expression function: (import) arguments: (arguments (string) @qualifier)) @ignore)) @reference.import
((assignment_expression
  left: [
    (object_pattern (shorthand_property_identifier_pattern) @name)
    (object_pattern (pair_pattern key: (property_identifier) @name value: (identifier) @alias) @ignore)]
  right: (call_expression function: (identifier) @_require arguments: (arguments (string) @qualifier)) @ignore) @reference.import
  (#eq? @_require "require"))
; Where an existing variable is assigned to by a pattern, it is mentioned.
(assignment_expression left: [
  (object_pattern (shorthand_property_identifier_pattern) @reference.value)
  (object_pattern (pair_pattern value: (identifier) @reference.value))
  (object_pattern (pair_pattern value: (assignment_pattern left: (identifier) @reference.value)))
  (object_pattern (rest_pattern (identifier) @reference.value))
  (object_pattern (object_assignment_pattern left: (shorthand_property_identifier_pattern) @reference.value))
  (array_pattern (identifier) @reference.value)
  (array_pattern (rest_pattern (identifier) @reference.value))
  (array_pattern (assignment_pattern left: (identifier) @reference.value))])
(shorthand_property_identifier_pattern) @definition.variable
(pair_pattern (identifier) @name @definition.variable)
(array_pattern (identifier) @name @definition.variable)
(rest_pattern (identifier) @name @definition.variable)
(assignment_pattern . (identifier) @name @definition.variable)

; Parameters and type parameters.
(arrow_function parameter: (identifier) @local.definition)

; Imports. The names of a module stand behind it; the module itself is what a namespace or `require` brings in. What a module
; offers by default has no name in the import: mostly it is called there as here, so the local name is looked for as well.
(import_statement (import_clause (identifier) @name) source: (string) @qualifier) @reference.import
(import_statement (import_clause (identifier) @alias) source: (string) @name) @reference.import
(import_statement
  (import_clause (namespace_import (identifier) @alias @ignore))
  source: (string (string_fragment) @name)) @reference.import
(import_statement
  (import_clause (named_imports (import_specifier name: (_) @name @ignore alias: (identifier) @alias @ignore)))
  source: (string) @qualifier) @reference.import
(import_statement
  (import_clause (named_imports (import_specifier name: (_) @name !alias)))
  source: (string) @qualifier) @reference.import
(import_statement . source: (string) @name) @reference.import
(export_statement "*" @name source: (string) @qualifier) @reference.import
(export_statement (namespace_export (_) @alias @ignore) source: (string) @name) @reference.import
(export_statement
  (export_clause (export_specifier name: (_) @name @ignore alias: (_) @alias @ignore))
  source: (string) @qualifier) @reference.import
(export_statement (export_clause (export_specifier name: (_) @name !alias)) source: (string) @qualifier) @reference.import
(export_specifier name: (identifier) @reference.value alias: (_) @ignore)
((variable_declarator name: (identifier) @name
  value: (call_expression function: (identifier) @_require arguments: (arguments (string) @qualifier)) @ignore) @reference.import
  (#eq? @_require "require"))
((variable_declarator name: (identifier) @alias
  value: (call_expression function: (identifier) @_require arguments: (arguments (string) @name))) @reference.import
  (#eq? @_require "require"))
((variable_declarator
  name: [
    (object_pattern (shorthand_property_identifier_pattern) @name)
    (object_pattern (object_assignment_pattern left: (shorthand_property_identifier_pattern) @name))
    (object_pattern (pair_pattern value: (object_pattern (shorthand_property_identifier_pattern) @name)))
    (object_pattern (pair_pattern key: (property_identifier) @name value: (identifier) @alias) @ignore)]
  value: (call_expression function: (identifier) @_require arguments: (arguments (string) @qualifier)) @ignore) @reference.import
  (#eq? @_require "require"))
((variable_declarator name: (identifier) @alias @ignore
  value: (member_expression
    object: (call_expression function: (identifier) @_require arguments: (arguments (string) @qualifier)) @ignore
    property: (property_identifier) @name)) @reference.import
  (#eq? @_require "require"))
((variable_declarator
  name: [
    (object_pattern (shorthand_property_identifier_pattern) @name)
    (object_pattern (pair_pattern key: (property_identifier) @name value: (identifier) @alias) @ignore)]
  value: (member_expression
    object: (call_expression function: (identifier) @_require arguments: (arguments (string) @qualifier)) @ignore)) @reference.import
  (#eq? @_require "require"))
(variable_declarator name: (identifier) @alias @ignore
  value: (await_expression (call_expression function: (import) arguments: (arguments (string) @name)) @ignore)) @reference.import
(variable_declarator
  name: [
    (object_pattern (shorthand_property_identifier_pattern) @name)
    (object_pattern (pair_pattern key: (property_identifier) @name value: (identifier) @alias) @ignore)]
  value: (await_expression (call_expression function: (import) arguments: (arguments (string) @qualifier)) @ignore)) @reference.import
((call_expression function: (identifier) @_require arguments: (arguments (string) @name)) @reference.import
  (#eq? @_require "require"))
(call_expression function: (import) arguments: (arguments (string) @name)) @reference.import
; AMD.
((call_expression function: (identifier) @_define arguments: (arguments (array (string) @name))) @reference.import
  (#any-of? @_define "define" "require" "requirejs"))

; What a module offers by default, where that is but named.
((export_statement "default" value: (identifier) @name) @reference.value (#set! default_export))
((export_statement !source (export_clause (export_specifier name: (identifier) @name alias: (_) @_default))) @reference.value
  (#eq? @_default "default") (#set! default_export))
((assignment_expression
  left: (member_expression object: (identifier) @_module property: (property_identifier) @_exports)
  right: (identifier) @name) @reference.value
  (#eq? @_module "module") (#eq? @_exports "exports") (#set! default_export))
((assignment_expression
  left: (member_expression object: (identifier) @_module property: (property_identifier) @_exports)
  right: (call_expression function: (identifier) @_require arguments: (arguments (string) @name))) @reference.import
  (#eq? @_module "module") (#eq? @_exports "exports") (#eq? @_require "require") (#set! default_export))

; Bases.
((assignment_expression
  left: (member_expression property: (property_identifier) @_prototype)
  right: (call_expression
    function: (member_expression object: (identifier) @_object property: (property_identifier) @_create)
    arguments: (arguments . (member_expression object: (identifier) @name property: (property_identifier) @_base)))
  ) @reference.inheritance
  (#eq? @_prototype "prototype") (#eq? @_object "Object") (#eq? @_create "create") (#eq? @_base "prototype"))

; Calls. A component's tag and a decorator call what they name.
((call_expression function: [
  (identifier) @name
  (parenthesized_expression [(identifier) @name (sequence_expression (identifier) @name .)])]) @reference.call
  (#not-eq? @name "require"))
(call_expression function: (super) @name) @reference.call
(call_expression function: [
  (member_expression object: (_) @qualifier property: (_) @name)
  (parenthesized_expression (member_expression object: (_) @qualifier property: (_) @name))
  (parenthesized_expression (sequence_expression (member_expression object: (_) @qualifier property: (_) @name) .))
  (subscript_expression object: (_) @qualifier index: (string . (string_fragment) @name .))]) @reference.call
(new_expression constructor: [(identifier) @name (parenthesized_expression (identifier) @name)]) @reference.call
(new_expression constructor: [
  (member_expression object: (_) @qualifier property: (_) @name)
  (parenthesized_expression (member_expression object: (_) @qualifier property: (_) @name))]) @reference.call
(decorator (identifier) @name) @reference.call
(decorator (member_expression object: (_) @qualifier property: (_) @name)) @reference.call

; Properties read by name (`module.handler` handed over, `Color.Red`), but none of an expression and none that is assigned to;
; those of `this` only where they are handed over: mostly they are fields.
((member_expression
  object: [(identifier) (member_expression)] @qualifier property: (property_identifier) @name) @reference.value
  (#not-match? @qualifier "^(this|super)([^A-Za-z0-9_$]|$)|[][({\"'`]") (#not-any-of? @name "prototype" "exports")
  (#not-has-parent? @reference.value "assignment_expression" "pair_pattern" "array_pattern"))
((assignment_expression right: (member_expression
  object: [(identifier) (member_expression)] @qualifier property: (property_identifier) @name) @reference.value)
  (#not-match? @qualifier "^(this|super)([^A-Za-z0-9_$]|$)|[][({\"'`]"))
(arguments (member_expression object: (this) @qualifier property: (_) @name) @reference.value)
(array (member_expression object: (this) @qualifier property: (_) @name) @reference.value)
(pair value: (member_expression object: (this) @qualifier property: (_) @name) @reference.value)
((call_expression function: (member_expression
  object: (member_expression object: (this) @qualifier property: (_) @name) @reference.value property: (_) @_bind))
  (#any-of? @_bind "bind" "call" "apply"))

; What is left of names.
((member_expression object: (identifier) @ignore property: (property_identifier) @_exports)
  (#eq? @ignore "module") (#eq? @_exports "exports"))
(shorthand_property_identifier) @reference.value
((identifier) @reference.value (#not-any-of? @reference.value "arguments" "exports" "require" "this" ""))
