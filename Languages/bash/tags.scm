; Bash, and the shells that write the same: sh, dash, ash, ksh.

; Containers: what stands outside of functions is extracted statement by statement.
(program) @container
(if_statement) @container
(elif_clause) @container
(else_clause) @container
(case_statement) @container
(case_item) @container
(for_statement) @container
(c_style_for_statement) @container
(while_statement) @container
(do_group) @container
(compound_statement) @container
(subshell) @container
(list) @container

; Only what `local` declares, or `declare` without `-g`, is a function's own. A name that is merely assigned to in a
; function is the whole script's, so there it is a mention of that variable.
(function_definition) @local.scope

; Functions, in both forms. One defined in another is known to the whole script all the same. A function `test...` that
; asserts something is one of shunit2 or bash_unit.
((function_definition
  name: (word) @name
  body: (compound_statement (command name: (command_name (word) @_assert)))) @definition.function
  (#match? @name "^test") (#match? @_assert "^(assert|_ASSERT|fail$|failNot|skip$|startSkipping)")
  (#set! test))
(function_definition name: (word) @name) @definition.function

; `@test "..." {` of Bats is a command to the grammar, and what follows it no part of it.
((command
  name: (command_name (word) @_test)
  . argument: [
    (string . (string_content) @name .) (string (_) . (_)) @name (raw_string) @name (word) @name]
  . argument: (word) @_open) @definition.test
  (#eq? @_test "@test") (#eq? @_open "{") (#set! test))

; Constants: what cannot be changed any more. A name in capitals alone says nothing: so are called all variables of the
; environment, and settings that are changed at will. A lone one begins at its keyword.
((declaration_command "readonly" . (word)? . (variable_assignment name: (variable_name) @name) .) @definition.constant
  (#not-within? "function" "variable" "constant"))
((declaration_command "readonly" (variable_assignment name: (variable_name) @name) @definition.constant)
  (#not-within? "function" "variable" "constant"))
((declaration_command ["declare" "typeset"]
  . (word) . (word)? . (variable_assignment name: (variable_name) @name) .) @definition.constant
  (#match? @definition.constant "^[a-z]+([[:space:]]+[+-][A-Za-z]+)*[[:space:]]+-[A-Za-z]*r")
  (#not-within? "function" "variable" "constant"))
((declaration_command ["declare" "typeset"]
  (variable_assignment name: (variable_name) @name) @definition.constant) @_all
  (#match? @_all "^[a-z]+([[:space:]]+[+-][A-Za-z]+)*[[:space:]]+-[A-Za-z]*r")
  (#not-within? "function" "variable" "constant"))

; Variables of a script: assigned to, declared, read into or counted by outside of functions. What stands before a command
; on its line is for that command alone.
((declaration_command ["declare" "typeset" "export"]
  . (word)? . (word)? . (variable_assignment name: (variable_name) @name) .) @definition.variable
  (#not-within? "function" "variable" "constant"))
((declaration_command ["declare" "typeset" "export"]
  (variable_assignment name: (variable_name) @name) @definition.variable)
  (#not-within? "function" "variable" "constant"))
((variable_assignment name: [(variable_name) @name (subscript name: (variable_name) @name)]) @definition.variable
  (#not-has-parent? @definition.variable "command") (#not-within? "function" "variable" "constant"))
((declaration_command ["declare" "typeset"] (variable_name) @name @definition.variable) @_all
  (#not-match? @_all "^[a-z]+([[:space:]]+[+-][A-Za-z]+)*[[:space:]]+-[A-Za-z]*[fFp]")
  (#not-within? "function" "variable" "constant"))
((for_statement variable: (variable_name) @name @definition.variable)
  (#not-within? "function" "variable" "constant"))
((c_style_for_statement initializer: (variable_assignment name: (variable_name) @name) @definition.variable)
  (#not-within? "function" "variable" "constant"))
((command name: (command_name (word) @_read) argument: (word) @name @definition.variable)
  (#any-of? @_read "read" "mapfile" "readarray") (#match? @name "^[A-Za-z_][A-Za-z0-9_]*$")
  (#not-within? "function" "variable" "constant"))
((command name: (command_name (word) @_getopts) . argument: (_) . argument: (word) @name @definition.variable)
  (#eq? @_getopts "getopts") (#match? @name "^[A-Za-z_][A-Za-z0-9_]*$")
  (#not-within? "function" "variable" "constant"))
((command name: (command_name (word) @_printf) . argument: (word) @_v . argument: (word) @name @definition.variable)
  (#eq? @_printf "printf") (#eq? @_v "-v") (#match? @name "^[A-Za-z_][A-Za-z0-9_]*$")
  (#not-within? "function" "variable" "constant"))
; A line of several assignments is taken by the grammar for the beginning of the next line's command if that assigns too.
((command (variable_assignment name: (variable_name) @name) @definition.variable) @_all
  (#match? @_all "^[A-Za-z_][A-Za-z0-9_]*=(\"[^\"[:cntrl:]]*\"|'[^'[:cntrl:]]*'|[^[:space:]\"'()]*)( +[A-Za-z_][A-Za-z0-9_]*=(\"[^\"[:cntrl:]]*\"|'[^'[:cntrl:]]*'|[^[:space:]\"'()]*))* *[[:cntrl:]]")
  (#not-within? "function" "variable" "constant"))
; `: ${NAME:=default}`
((expansion . (variable_name) @name operator: [":=" "="]) @definition.variable
  (#not-within? "function" "variable" "constant"))
(command (variable_assignment name: (variable_name) @ignore))

; Locals. A loop's variable is meant to be one, declared or not.
(declaration_command "local" [
  (variable_name) @local.definition
  (variable_assignment name: (variable_name) @local.definition)])
((declaration_command ["declare" "typeset"] [
  (variable_name) @local.definition
  (variable_assignment name: (variable_name) @local.definition)]) @_all
  (#not-match? @_all "^[a-z]+([[:space:]]+[+-][A-Za-z]+)*[[:space:]]+-[A-Za-z]*[fFgp]"))
(for_statement variable: (variable_name) @local.definition)
(c_style_for_statement initializer: (variable_assignment name: (variable_name) @local.definition))

; Imports. What is written before the file's name mostly is a variable.
((command name: (command_name (word) @_source) . argument: [
  (word) (string) (raw_string) (simple_expansion) (expansion) (command_substitution)
  (concatenation . (word) . (_) .)
  (concatenation . [(word) (simple_expansion) (expansion) (command_substitution)] . (_) . (_))] @name) @reference.import
  (#any-of? @_source "." "\\." "source" "\\source" "load" "bats_load_library"))
((command name: (command_name (word) @_source) . argument: (concatenation
  . [(simple_expansion) @qualifier (expansion) @qualifier (command_substitution) @qualifier (string . (_) @qualifier .)]
  . [(word) @name (simple_expansion) @name (expansion) @name (raw_string) @name
     (string . (string_content) @name .)] .)) @reference.import
  (#any-of? @_source "." "\\." "source" "\\source" "load" "bats_load_library") (#not-match? @name "/$"))

; Calls. Every command by name is one, of a function or a program, but neither those that have a path nor what POSIX calls
; special built-ins, which come before functions.
((command name: (command_name [(word) @name (string . (string_content) @name .)])) @reference.call
  (#match? @name "^[^]/\\=*?$~{}()<>|;&\"'`[:space:][-][^]/\\=*?$~{}()<>|;&\"'`[:space:][]*$")
  (#not-any-of? @name "@test"
    ":" "." "!" "break" "continue" "eval" "exec" "exit" "export" "readonly" "return" "set" "shift" "source" "times" "trap"
    "unset" "time" "coproc" "local" "declare" "typeset"
    "if" "then" "else" "elif" "fi" "for" "in" "do" "done" "while" "until" "case" "esac" "select" "function"))
; Commands that run the function they are given, now or later. `command` and `builtin` do not.
((command name: (command_name (word) @_runner) . argument: [(word) @name (string . (string_content) @name .)]) @reference.call
  (#any-of? @_runner "trap" "eval" "time" "run")
  (#match? @name "^[A-Za-z_][A-Za-z0-9_.:+-]*$") (#not-any-of? @name "set" "export" "exec" "exit" "return" "unset"))
((command name: (command_name (word) @_runner) . argument: (word) @_option . argument: (word) @name) @reference.call
  (#any-of? @_runner "run" "time") (#match? @_option "^[!-]") (#match? @name "^[A-Za-z_][A-Za-z0-9_.:+-]*$"))

; Functions that are mentioned by name: handed to completion and prompt, asked after.
((command name: (command_name (word) @_complete) argument: (word) @_option . argument: (word) @reference.value)
  (#eq? @_complete "complete") (#match? @_option "^-[a-zA-Z]*F$"))
((command name: (command_name (word) @_ask) argument: (word) @reference.value)
  (#any-of? @_ask "type" "hash") (#match? @reference.value "^[A-Za-z_][A-Za-z0-9_.:+-]*$"))
((command name: (command_name (word) @_ask) . argument: (word) @_option . argument: (word) @reference.value)
  (#eq? @_ask "command") (#any-of? @_option "-v" "-V") (#match? @reference.value "^[A-Za-z_][A-Za-z0-9_.:+-]*$"))
((variable_assignment name: (variable_name) @_prompt value: (word) @reference.value)
  (#eq? @_prompt "PROMPT_COMMAND") (#match? @reference.value "^[A-Za-z_]"))

; Variables that commands set by their names, in functions.
((command name: (command_name (word) @_read) argument: (word) @reference.value)
  (#any-of? @_read "read" "mapfile" "readarray") (#match? @reference.value "^[A-Za-z_][A-Za-z0-9_]*$"))
((command name: (command_name (word) @_getopts) . argument: (_) . argument: (word) @reference.value)
  (#eq? @_getopts "getopts") (#match? @reference.value "^[A-Za-z_][A-Za-z0-9_]*$"))
((command name: (command_name (word) @_printf) . argument: (word) @_v . argument: (word) @reference.value)
  (#eq? @_printf "printf") (#eq? @_v "-v") (#match? @reference.value "^[A-Za-z_][A-Za-z0-9_]*$"))

; Arithmetic of a loop, whose names the grammar takes for words.
((c_style_for_statement condition: (binary_expression (word) @reference.value))
  (#match? @reference.value "^[A-Za-z_][A-Za-z0-9_]*$"))

; Every other variable that is read or set. `$1` is none.
((variable_name) @reference.value (#match? @reference.value "^[A-Za-z_]"))
