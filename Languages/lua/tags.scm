; Lua.

(chunk) @container

; Every block is a scope (that of `repeat` goes on to its condition), and what is `local` in one is a local; what is `local` at the top of a file is the file's own.
(function_declaration) @local.scope
(function_definition) @local.scope
(for_statement) @local.scope
((block) @local.scope (#not-has-parent? @local.scope "repeat_statement"))
(repeat_statement) @local.scope

; Tests and groups of tests by the names of busted: a title and a function.
((function_call
  name: (identifier) @_test
  arguments: (arguments
    . [(string content: (string_content) @name) (binary_expression) @name (identifier) @name]
    . [(function_definition body: (_) @body) (function_definition !body)] .)) @definition.test
  (#any-of? @_test "describe" "context" "insulate" "expose" "it" "spec" "test" "pending") (#set! test))

; A module that says its name, as in Lua 5.1.
((function_call
  name: (identifier) @_module arguments: (arguments . (string content: (string_content) @name))) @definition.module
  (#eq? @_module "module") (#has-parent? @definition.module "chunk"))

; What is added to a table stands in a piece of it; all such pieces in a file are one. A table that is named like a module
; and stands outside of functions is taken for what the file offers: it does not qualify what is in it, as a file's own name
; does not either: an `extension`, which is transparent. One that is named like a class does: an `impl`.
((function_declaration name: [
  (dot_index_expression table: (identifier) @name)
  (method_index_expression table: (identifier) @name)]) @definition.extension
  (#not-match? @name "^[A-Z].*[a-z]") (#not-within? "function" "method" "test"))
((assignment_statement
  (variable_list . name: [
    (dot_index_expression table: (identifier) @name)
    (bracket_index_expression table: (identifier) @name field: (string))] .)
  (expression_list . value: (function_definition) .)) @definition.extension
  (#not-match? @name "^[A-Z].*[a-z]") (#not-within? "function" "method" "test"))
((assignment_statement
  (variable_list . name: (dot_index_expression table: (identifier) @name field: (identifier) @_field) .)
  (expression_list . value: (_) .)) @definition.extension
  (#has-parent? @definition.extension "chunk") (#not-match? @_field "^__") (#not-match? @name "^[A-Z].*[a-z]"))
(function_declaration name: [
  (dot_index_expression table: [(identifier) (dot_index_expression)] @name)
  (method_index_expression table: [(identifier) (dot_index_expression)] @name)]) @definition.impl
(assignment_statement
  (variable_list . name: [
    (dot_index_expression table: [(identifier) (dot_index_expression)] @name)
    (bracket_index_expression table: [(identifier) (dot_index_expression)] @name field: (string))] .)
  (expression_list . value: (function_definition) .)) @definition.impl
((assignment_statement
  (variable_list . name: (dot_index_expression table: (identifier) @name field: (identifier) @_field) .)
  (expression_list . value: (_) .)) @definition.impl
  (#has-parent? @definition.impl "chunk") (#not-match? @_field "^__"))
; So does what it inherits from.
((function_call
  name: (identifier) @_set
  arguments: (arguments . (identifier) @name . (table_constructor (field
    name: (identifier) @_index value: (identifier) @_base)) .)) @definition.impl
  (#eq? @_set "setmetatable") (#eq? @_index "__index") (#not-any-of? @_base "_G" "_ENV")
  (#has-parent? @definition.impl "chunk"))

; Functions. One of LuaUnit's is a test by the name of its table, or by its own if it asserts something.
((function_declaration name: [
  (dot_index_expression table: (identifier) @_table field: (identifier) @name)
  (method_index_expression table: (identifier) @_table method: (identifier) @name)]) @definition.method
  (#match? @_table "^[Tt]est([A-Z0-9_]|$)") (#set! test))
((function_declaration
  name: (identifier) @name
  body: (block (function_call
    name: [(identifier) @_assert (dot_index_expression field: (identifier) @_assert)]))) @definition.function
  (#match? @name "^[Tt]est([A-Z0-9_]|$)") (#match? @_assert "^assert") (#set! test))
(function_declaration "local" name: (identifier) @name (#set! file_local)) @definition.function
(function_declaration name: (identifier) @name) @definition.function
(function_declaration name: (dot_index_expression field: (identifier) @name)) @definition.function
(function_declaration name: (method_index_expression method: (identifier) @name)) @definition.method

; Functions that are bound to a name, to a field, or to a key.
((variable_declaration "local" (assignment_statement
  (variable_list . name: (identifier) @name .)
  (expression_list . value: (function_definition body: (_)? @body) .))) @definition.function
  (#set! file_local))
(assignment_statement
  (variable_list . name: [
    (identifier) @name
    (dot_index_expression field: (identifier) @name)
    (bracket_index_expression field: (string content: (string_content) @name))] .)
  (expression_list . value: (function_definition body: (_)? @body) .)) @definition.function
((field
  name: [(identifier) @name (string content: (string_content) @name)]
  value: (function_definition body: (_)? @body)) @definition.method
  (#not-match? @definition.method "^[[][[:space:]]*[^\"'[:space:]]"))

; Classes, as the common libraries make them.
((variable_declaration "local" (assignment_statement
  (variable_list . name: (identifier) @name .)
  (expression_list . value: (function_call name: [
    (identifier) @_class
    (dot_index_expression field: (identifier) @_class)
    (method_index_expression method: (identifier) @_extend)]) .))) @definition.class
  (#any-of? @_class "class" "Class" "middleclass") (#any-of? @_extend "extend" "subclass")
  (#has-parent? @definition.class "chunk") (#set! file_local))
((assignment_statement
  (variable_list . name: (identifier) @name .)
  (expression_list . value: (function_call name: [
    (identifier) @_class
    (dot_index_expression field: (identifier) @_class)
    (method_index_expression method: (identifier) @_extend)]) .)) @definition.class
  (#any-of? @_class "class" "Class" "middleclass") (#any-of? @_extend "extend" "subclass")
  (#has-parent? @definition.class "chunk"))

; What a table at the top of a file has besides functions. Deeper ones are mostly data.
((assignment_statement
  (variable_list . name: (dot_index_expression table: (identifier) field: (identifier) @name) .)
  (expression_list . value: (_) .)) @definition.field
  (#has-parent? @definition.field "chunk") (#not-match? @name "^__"))
((table_constructor (field name: (identifier) @name value: (_) @_value) @definition.field) @_table
  (#has-parent? @_table "expression_list") (#not-match? @_value "^function[^A-Za-z0-9_]")
  (#not-match? @definition.field "^[[]") (#within? "variable" "constant" "field") (#not-match? @name "^__"))

; Modules that are brought in. The name they get is an import's, no variable's.
((variable_declaration (assignment_statement
  (variable_list . name: (identifier) @alias @ignore .)
  (expression_list . value: (function_call
    name: (identifier) @_require
    arguments: (arguments . (string content: (string_content) @name) .)) .))) @reference.import
  (#eq? @_require "require"))
((variable_declaration (assignment_statement
  (variable_list . name: (identifier) @alias @ignore .)
  (expression_list . value: (dot_index_expression
    table: (function_call
      name: (identifier) @_require
      arguments: (arguments . (string content: (string_content) @qualifier) .)) @ignore
    field: (identifier) @name) .))) @reference.import
  (#eq? @_require "require"))
((assignment_statement
  (variable_list . name: (identifier) @alias @ignore .)
  (expression_list . value: (function_call
    name: (identifier) @_require
    arguments: (arguments . (string content: (string_content) @name) .)) .)) @reference.import
  (#eq? @_require "require"))
((assignment_statement
  (variable_list . name: (identifier) . name: (identifier) @alias .)
  (expression_list . value: (function_call
    name: (identifier) @_pcall
    arguments: (arguments . (identifier) @_require @ignore . (string content: (string_content) @name) .)) .)) @reference.import
  (#any-of? @_pcall "pcall" "xpcall") (#eq? @_require "require"))
((function_call
  name: (identifier) @_require
  arguments: (arguments . (string content: (string_content) @name) .)) @reference.import
  (#eq? @_require "require"))
((function_call
  name: (identifier) @_pcall
  arguments: (arguments . (identifier) @_require @ignore . (string content: (string_content) @name) .)) @reference.import
  (#any-of? @_pcall "pcall" "xpcall") (#eq? @_require "require"))

; Variables. In a block the same patterns declare locals; what is assigned to there without `local` is only mentioned. A lone
; one encloses its value. Two capitals or more make a constant.
((variable_declaration (assignment_statement
  (variable_list . name: (identifier) @name . (attribute (identifier) @_const) .))) @definition.constant
  (#eq? @_const "const") (#has-parent? @definition.constant "chunk") (#set! file_local))
((variable_declaration (assignment_statement
  [(variable_list . name: (identifier) @name .) (variable_list . name: (identifier) @name . (attribute) .)]
  (expression_list . value: (_) @_value))) @definition.constant
  (#match? @name "^[A-Z][A-Z0-9_]+$") (#has-parent? @definition.constant "chunk")
  (#not-match? @_value "^require[[:space:]]*[(]?[[:space:]]*[\"'[][^\"']*[]\"'][[:space:]]*[)]?([.][A-Za-z0-9_]+)?$") (#set! file_local))
; One that is an instance of the table around, or that a library of the language made.
((variable_declaration (assignment_statement
  (variable_list . name: (identifier) @name @type .)
  (expression_list . value: (function_call name: (identifier) @_set)))) @definition.variable
  (#eq? @type "self") (#eq? @_set "setmetatable") (#set! file_local))
((variable_declaration (assignment_statement
  (variable_list . name: (identifier) @name .)
  (expression_list . value: (function_call name: (dot_index_expression table: (identifier) @type))))) @definition.variable
  (#any-of? @type "io" "string" "table" "os" "coroutine") (#set! file_local))
((variable_declaration (assignment_statement
  (variable_list . name: (identifier) @name @definition.variable ",")
  (expression_list . value: (function_call name: (dot_index_expression table: (identifier) @type)))))
  (#any-of? @type "io" "string" "table" "os" "coroutine") (#set! file_local))
((variable_declaration (assignment_statement
  [(variable_list . name: (identifier) @name .) (variable_list . name: (identifier) @name . (attribute) .)]
  (expression_list . value: (_) @_value))) @definition.variable
  (#not-match? @_value "^require[[:space:]]*[(]?[[:space:]]*[\"'[][^\"']*[]\"'][[:space:]]*[)]?([.][A-Za-z0-9_]+)?$") (#set! file_local))
((variable_declaration (assignment_statement (variable_list "," name: (identifier) @name @definition.variable)))
  (#set! file_local))
((variable_declaration (assignment_statement (variable_list name: (identifier) @name @definition.variable ",")))
  (#set! file_local))
((variable_declaration (variable_list name: (identifier) @name @definition.variable)) (#set! file_local))
((assignment_statement
  (variable_list . name: (identifier) @name .)
  (expression_list . value: (_) @_value)) @definition.constant
  (#match? @name "^[A-Z][A-Z0-9_]+$") (#has-parent? @definition.constant "chunk")
  (#not-match? @_value "^require[[:space:]]*[(]?[[:space:]]*[\"'[][^\"']*[]\"'][[:space:]]*[)]?([.][A-Za-z0-9_]+)?$"))
((assignment_statement
  (variable_list . name: (identifier) @name .)
  (expression_list . value: (_) @_value)) @definition.variable
  (#has-parent? @definition.variable "chunk")
  (#not-match? @_value "^require[[:space:]]*[(]?[[:space:]]*[\"'[][^\"']*[]\"'][[:space:]]*[)]?([.][A-Za-z0-9_]+)?$"))
((assignment_statement (variable_list "," name: (identifier) @name @definition.variable)) @_all
  (#has-parent? @_all "chunk"))
((assignment_statement (variable_list name: (identifier) @name @definition.variable ",")) @_all
  (#has-parent? @_all "chunk"))

; Other locals.
((parameters . name: (identifier) @local.definition @type) (#eq? @type "self"))
(parameters name: (identifier) @local.definition)
(for_numeric_clause name: (identifier) @local.definition)
(for_generic_clause (variable_list name: (identifier) @local.definition))

; Bases: what a table without an entry asks next, and what a class is made from.
((function_call
  name: (identifier) @_set
  arguments: (arguments . (_) . (table_constructor (field name: (identifier) @_index value: [
    (identifier) @name
    (dot_index_expression table: (_) @qualifier field: (identifier) @name)])) .)) @reference.inheritance
  (#eq? @_set "setmetatable") (#eq? @_index "__index") (#not-any-of? @name "_G" "_ENV" "self")
  (#within? "variable" "constant" "impl" "extension" "class" "field"))
((function_call
  name: (method_index_expression
    table: [(identifier) @name (dot_index_expression table: (_) @qualifier field: (identifier) @name)]
    method: (identifier) @_extend)) @reference.inheritance
  (#any-of? @_extend "extend" "subclass") (#within? "class"))
((function_call
  name: [(identifier) @_class (dot_index_expression field: (identifier) @_class)]
  arguments: (arguments (identifier) @name)) @reference.inheritance
  (#any-of? @_class "class" "Class" "middleclass") (#within? "class"))

; Calls, with whatever stands after the name.
((function_call name: (identifier) @name) @reference.call (#not-eq? @name "require"))
(function_call name: (parenthesized_expression (identifier) @name)) @reference.call
(function_call name: (dot_index_expression table: (_) @qualifier field: (identifier) @name)) @reference.call
(function_call name: (method_index_expression table: (_) @qualifier method: (identifier) @name)) @reference.call
(function_call name: (bracket_index_expression
  table: (_) @qualifier field: (string content: (string_content) @name))) @reference.call

; Fields read by name (`M.handler` handed over), but neither those of `self` nor those of an expression, and none that is
; assigned to.
((dot_index_expression table: [(identifier) (dot_index_expression)] @qualifier field: (identifier) @name) @reference.value
  (#not-match? @qualifier "^self([^A-Za-z0-9_]|$)|[][({\"':]")
  (#not-has-parent? @reference.value "variable_list" "function_declaration"))

; What a file returns is what `require` of it means.
((return_statement (expression_list . (identifier) @reference.value .)) @_return
  (#has-parent? @_return "chunk") (#set! default_export))

; Every other name that is used.
(dot_index_expression table: (identifier) @reference.value (#not-eq? @reference.value "self"))
(method_index_expression table: (identifier) @reference.value (#not-eq? @reference.value "self"))
(field value: (identifier) @reference.value (#not-eq? @reference.value "self"))
(field "[" name: (identifier) @reference.value (#not-eq? @reference.value "self"))
((identifier) @reference.value
  (#not-any-of? @reference.value "self" "require")
  (#not-has-parent? @reference.value
    "dot_index_expression" "method_index_expression" "field" "goto_statement" "label_statement" "attribute"))
