; R. What is assigned to at the top of a file is the file's own; in a function it is a local. What `$` and `@` lead to is mostly a
; column or a slot, so it is no reference, but for what an object says of itself. `%op%` is a function and its use a call. Functions
; among the arguments of a call (handlers) have no name of their own.

; Containers: a file, and what may stand around an assignment outside of functions; a class, of which each member is a piece.
(program) @container
(braced_expression) @container
(if_statement) @container
((call) @container (#within? "class"))
((arguments) @container (#within? "class"))
((argument) @container (#within? "class"))

; Scopes: functions; what tests and `local` run by itself.
(function_definition) @local.scope
((call function: (identifier) @_run arguments: (arguments argument: (argument !name value: (braced_expression)))) @local.scope
  (#any-of? @_run "local" "test_that" "describe" "it"))
; The object that a method of ggplot2 is called on is its first parameter.
((parameter name: (identifier) @local.definition) (#not-eq? @local.definition "self"))

; Tests: a title and code.
((call
  function: [(identifier) @_test (namespace_operator rhs: (identifier) @_test)]
  arguments: (arguments . argument: (argument value: (string content: (string_content) @name)) . (comma)
    . argument: (argument value: (braced_expression) @body))) @definition.test
  (#any-of? @_test "test_that" "describe" "it") (#set! test))

; Classes by the name that they are bound to, those of R6, of reference classes, of S4, of S7 and of ggplot2; or by the one that they
; are given.
((binary_operator
  lhs: (identifier) @name
  operator: ["<-" "=" "<<-"]
  rhs: (call function: [(identifier) @_class (namespace_operator rhs: (identifier) @_class)] arguments: (_) @body)) @definition.class @container
  (#any-of? @_class "R6Class" "setRefClass" "setClass" "new_class")
  (#not-within? "function" "method" "constructor"))
((binary_operator
  lhs: (identifier) @name
  operator: ["<-" "="]
  rhs: (call
    function: [(identifier) @_class (namespace_operator rhs: (identifier) @_class)]
    arguments: (arguments . argument: (argument !name value: (string))) @body)) @definition.class @container
  (#eq? @_class "ggproto") (#not-within? "function" "method" "constructor"))
((call
  function: [(identifier) @_class (namespace_operator rhs: (identifier) @_class)]
  arguments: (arguments . argument: (argument value: (string content: (string_content) @name)))) @definition.class @container
  (#any-of? @_class "R6Class" "setRefClass" "setClass" "setClassUnion") (#not-within? "class" "function" "method"))

; What they are made from.
((argument name: (identifier) @_base value: [
  (identifier) @name
  (namespace_operator lhs: (identifier) @qualifier @ignore rhs: (identifier) @name)
  (string content: (string_content) @name)
  (call function: (identifier) @_c arguments: (arguments argument: (argument !name value: (string content: (string_content) @name))))])
  @reference.inheritance
  (#any-of? @_base "inherit" "contains" "parent") (#within? "class"))
((call
  function: [(identifier) @_class (namespace_operator rhs: (identifier) @_class)]
  arguments: (arguments . argument: (argument !name value: (string)) . (comma) . argument: (argument !name value: [
    (identifier) @name
    (namespace_operator lhs: (identifier) @qualifier @ignore rhs: (identifier) @name)]))) @reference.inheritance
  (#eq? @_class "ggproto") (#within? "class"))
((call
  function: (identifier) @_class
  arguments: (arguments argument: (argument !name value: (call
    function: (identifier) @_c arguments: (arguments argument: (argument !name value: (string content: (string_content) @name))))))) @reference.inheritance
  (#eq? @_class "setClass") (#eq? @_c "representation") (#not-eq? @name "VIRTUAL") (#within? "class"))

; Their members.
((argument
  name: (identifier) @_active
  value: (call arguments: (arguments argument: (argument
    name: (identifier) @name value: (function_definition body: (_) @body)) @definition.accessor)))
  (#eq? @_active "active") (#within? "class"))
((argument name: (identifier) @name value: (function_definition body: (_) @body)) @definition.constructor
  (#eq? @name "initialize") (#within? "class"))
((argument name: (identifier) @name value: (function_definition body: (_) @body)) @definition.method
  (#within? "class"))
((argument name: (identifier) @name value: (_)) @definition.field
  (#within? "class")
  (#not-any-of? @name
    "public" "private" "active" "inherit" "classname" "class" "lock_objects" "lock_class" "portable" "cloneable" "parent_env"
    "Class" "className" "representation" "slots" "prototype" "contains" "validity" "sealed" "package" "where" "fields" "methods"
    "parent" "properties" "abstract" "constructor" "validator" "members"))

; Generic functions and methods that are set by a call. A method stands in a further piece of the class that it is for.
((call
  function: [(identifier) @_set (namespace_operator rhs: (identifier) @_set)]
  arguments: (arguments . argument: (argument value: (string content: (string_content) @name)))) @definition.function
  (#any-of? @_set "setGeneric" "setGroupGeneric"))
((binary_operator
  lhs: (identifier) @name
  operator: ["<-" "="]
  rhs: (call function: [(identifier) @_set (namespace_operator rhs: (identifier) @_set)])) @definition.function
  (#eq? @_set "new_generic"))
((call
  function: (identifier) @_set
  arguments: (arguments . argument: (argument value: (string)) . (comma) . argument: (argument value: [
    (string content: (string_content) @name)
    (call arguments: (arguments . argument: (argument value: (string content: (string_content) @name))))]))) @definition.impl
  (#any-of? @_set "setMethod" "setReplaceMethod"))
((call
  function: (identifier) @_set
  arguments: (arguments
    . argument: (argument value: (string content: (string_content) @name))
    argument: (argument value: (function_definition body: (_) @body)))) @definition.method
  (#any-of? @_set "setMethod" "setReplaceMethod"))
((call
  function: (identifier) @_set
  arguments: (arguments . argument: (argument value: (string content: (string_content) @name)))) @definition.method
  (#any-of? @_set "setMethod" "setReplaceMethod"))

; Functions that are bound to a name, or to one of an object's.
((binary_operator
  lhs: [(identifier) @name (string content: (string_content) @name)]
  operator: ["<-" "=" "<<-"]
  rhs: (function_definition body: (_) @body)) @definition.operator
  (#match? @name "^`?%.*%`?$"))
(binary_operator
  lhs: [(identifier) @name (string content: (string_content) @name)]
  operator: ["<-" "=" "<<-"]
  rhs: (function_definition body: (_) @body)) @definition.function
(binary_operator
  lhs: (extract_operator operator: "$" rhs: (identifier) @name)
  operator: ["<-" "="]
  rhs: (function_definition body: (_) @body)) @definition.method

; Variables; in a function the same declares a local. What is made from a class is of it.
((binary_operator
  lhs: (identifier) @name
  operator: ["<-" "="]
  rhs: (call function: (extract_operator lhs: (identifier) @type rhs: (identifier) @_new))) @definition.variable
  (#eq? @_new "new"))
((binary_operator
  lhs: (identifier) @name
  operator: ["<-" "="]
  rhs: (call
    function: (identifier) @_new
    arguments: (arguments . argument: (argument !name value: (string content: (string_content) @type))))) @definition.variable
  (#eq? @_new "new"))
((binary_operator lhs: (identifier) @name operator: ["<-" "="] rhs: (_) @value) @definition.constant
  (#match? @name "^[A-Z][A-Z0-9_]+$") (#has-parent? @definition.constant "program"))
(binary_operator lhs: (identifier) @name operator: ["<-" "="] rhs: (_) @value) @definition.variable
((binary_operator lhs: (identifier) @name operator: "<<-") @definition.variable
  (#not-within? "function" "method" "constructor" "accessor"))
(binary_operator operator: "->" rhs: (identifier) @name) @definition.variable
(for_statement variable: (identifier) @name @definition.variable)

; Packages that are attached, and files whose code is run.
((call
  function: (identifier) @_import
  arguments: (arguments . argument: (argument value: [(identifier) @name (string content: (string_content) @name)]))) @reference.import
  (#any-of? @_import "library" "require" "requireNamespace" "loadNamespace" "source" "sys.source"))

; Calls.
((call function: (extract_operator lhs: (identifier) @name rhs: (identifier) @_new @ignore)) @reference.call
  (#eq? @_new "new") (#not-any-of? @name "self" "private" ".self" "super"))
((call
  function: (identifier) @_new @ignore
  arguments: (arguments . argument: (argument !name value: (string content: (string_content) @name)))) @reference.call
  (#eq? @_new "new"))
(call function: (extract_operator
  lhs: (namespace_operator lhs: (_) @qualifier @ignore rhs: (identifier) @name) rhs: (identifier) @_new) (#eq? @_new "new")) @reference.call
((call function: [(identifier) @name (string content: (string_content) @name)]) @reference.call
  (#not-any-of? @name "library" "require" "requireNamespace" "loadNamespace" "source" "sys.source")
  (#not-match? @reference.call "^new[(][\"']"))
(call function: (namespace_operator lhs: (_) @qualifier @ignore rhs: [(identifier) (string)] @name)) @reference.call
((call function: (extract_operator lhs: (_) @qualifier rhs: [(identifier) (string)] @name)) @reference.call
  (#not-match? @reference.call "^[A-Za-z0-9_.:]+[$]new[(]"))
((call function: (extract_operator lhs: (identifier) @qualifier rhs: (identifier) @name)) @reference.call
  (#any-of? @qualifier "self" "private" ".self" "super"))
(binary_operator operator: "special" @name) @reference.call
((call
  function: (identifier) @_do
  arguments: (arguments . argument: (argument value: (string content: (string_content) @name)))) @reference.call
  (#eq? @_do "do.call"))

; Values of other packages, and what an object says of itself.
(namespace_operator lhs: (_) @qualifier @ignore rhs: [(identifier) (string)] @name) @reference.value
((extract_operator lhs: (identifier) @qualifier operator: "$" rhs: (identifier) @name) @reference.value
  (#any-of? @qualifier "self" "private" ".self" "super"))

; No names of the program, and every other one.
(argument name: [(identifier) (string)] @ignore)
(extract_operator rhs: [(identifier) (string)] @ignore)
((identifier) @reference.value
  (#not-any-of? @reference.value
    "self" "private" ".self" "super" "library" "require" "requireNamespace" "loadNamespace" "source" "sys.source" "T" "F"))
