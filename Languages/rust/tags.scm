; Structure. A generic impl or trait, and one within a function, depends on names outside of its members (its type
; parameters, the function's locals), so it opens a scope after it is defined, which makes it one piece.
(source_file) @container
(mod_item) @container
(declaration_list) @container
(impl_item) @container
(trait_item) @container
(foreign_mod_item) @container
(attribute_item) @annotation
((impl_item type_parameters: (_)) @local.scope)
((trait_item type_parameters: (_)) @local.scope)
((impl_item) @local.scope (#has-parent? @local.scope block))
((trait_item) @local.scope (#has-parent? @local.scope block))
((mod_item) @local.scope (#has-parent? @local.scope block))

; Test code: by attribute. `any(test, ...)` and `not(test)` are compiled outside of tests.
(attribute_item (attribute . (identifier) @_a (#any-of? @_a "test" "bench" "rstest" "quickcheck" "test_case" "wasm_bindgen_test"))) @test
(attribute_item (attribute . (scoped_identifier name: (identifier) @_a (#any-of? @_a "test" "bench" "rstest" "test_case")))) @test
(attribute_item (attribute . (identifier) @_a arguments: (token_tree . (identifier) @_t .) (#eq? @_a "cfg") (#eq? @_t "test"))) @test
(attribute_item (attribute . (identifier) @_a arguments: (token_tree . (identifier) @_all . (token_tree (identifier) @_t) .)
  (#eq? @_a "cfg") (#eq? @_all "all") (#eq? @_t "test"))) @test

; Definitions
(function_item name: (identifier) @name parameters: (_) @parameters return_type: (_)? @type (#within? "impl" "trait")) @definition.method
(function_signature_item name: (identifier) @name parameters: (_) @parameters return_type: (_)? @type (#within? "impl" "trait")) @definition.method
(function_item name: (identifier) @name parameters: (_) @parameters return_type: (_)? @type) @definition.function
(function_signature_item name: (identifier) @name parameters: (_) @parameters return_type: (_)? @type) @definition.function
; What a tuple struct holds stands in its signature.
(struct_item name: (type_identifier) @name ";" @body) @definition.struct
(struct_item name: (type_identifier) @name) @definition.struct
(enum_item name: (type_identifier) @name) @definition.enum
(enum_variant name: (identifier) @name) @definition.enum_member
(union_item name: (type_identifier) @name) @definition.union
(field_declaration name: (field_identifier) @name type: [
  (array_type element: (primitive_type) @type)
  (reference_type type: (array_type element: (primitive_type) @type))]) @definition.field
(field_declaration name: (field_identifier) @name type: (_) @type) @definition.field
(trait_item name: (type_identifier) @name) @definition.trait
(type_item name: (type_identifier) @name type: (_) @type (#within? "impl" "trait")) @definition.associated_type
(type_item name: (type_identifier) @name type: (_) @type) @definition.type_alias
(associated_type name: (type_identifier) @name (#within? "impl" "trait")) @definition.associated_type
(associated_type name: (type_identifier) @name) @definition.type_alias
(macro_definition name: (identifier) @name) @definition.macro
(mod_item name: (identifier) @name body: (_)) @definition.module
; A static is an item like a const, in functions too, where a variable would be taken for a local.
(const_item name: (identifier) @name type: (_) @type (#not-eq? @name "_")) @definition.constant
(static_item name: (identifier) @name type: (_) @type (#not-eq? @name "_")) @definition.constant
; An impl bears the last segment of its type's name, or the type as written if it has none.
(impl_item type: [
  (type_identifier) @name
  (primitive_type) @name
  (generic_type type: [(type_identifier) @name (scoped_type_identifier name: (type_identifier) @name)])
  (scoped_type_identifier name: (type_identifier) @name)
  (_ type: [
    (type_identifier) @name
    (primitive_type) @name
    (generic_type type: [(type_identifier) @name (scoped_type_identifier name: (type_identifier) @name)])
    (scoped_type_identifier name: (type_identifier) @name)
    (dynamic_type trait: [
      (type_identifier) @name
      (generic_type type: [(type_identifier) @name (scoped_type_identifier name: (type_identifier) @name)])
      (scoped_type_identifier name: (type_identifier) @name)])])
  (dynamic_type trait: [
    (type_identifier) @name
    (generic_type type: [(type_identifier) @name (scoped_type_identifier name: (type_identifier) @name)])
    (scoped_type_identifier name: (type_identifier) @name)])
  (bounded_type . (dynamic_type trait: [
    (type_identifier) @name
    (generic_type type: [(type_identifier) @name (scoped_type_identifier name: (type_identifier) @name)])
    (scoped_type_identifier name: (type_identifier) @name)]))
  [(array_type) (tuple_type) (unit_type) (function_type) (never_type) (macro_invocation) (metavariable)] @name
  (_ type: [(array_type) (tuple_type) (unit_type) (function_type) (reference_type) (pointer_type) (bounded_type) (metavariable)]) @name]) @definition.impl

; Of parameters: what a method is called on is none.
(self_parameter) @count.none
(attribute_item) @count.none
(variadic_parameter) @count.rest

; Locals
(function_item) @local.scope
(function_signature_item) @local.scope
(struct_item) @local.scope
(enum_item) @local.scope
(union_item) @local.scope
(type_item) @local.scope
(associated_type) @local.scope
(closure_expression) @local.scope
(block) @local.scope
(if_expression) @local.scope
(while_expression) @local.scope
(for_expression) @local.scope
(match_arm) @local.scope
(token_tree) @local.scope
(type_parameter name: (type_identifier) @local.definition)
(const_parameter name: (identifier) @local.definition)
(parameter pattern: (identifier) @local.definition type: [
  (array_type element: (primitive_type) @type)
  (reference_type type: (array_type element: (primitive_type) @type))])
(parameter pattern: (identifier) @local.definition type: (_) @type)
(closure_parameters (identifier) @local.definition)
(for_expression pattern: (identifier) @local.definition)
; In a pattern a name in capitals is a constant or a variant.
(let_declaration pattern: (identifier) @local.definition type: (_) @type (#not-match? @local.definition "^[A-Z]"))
(let_declaration pattern: (identifier) @local.definition value: [
  (struct_expression name: (_) @type)
  (reference_expression value: (struct_expression name: (_) @type))
  (type_cast_expression type: (_) @type)] (#not-match? @local.definition "^[A-Z]"))
(let_declaration pattern: (identifier) @local.definition value: [
  (call_expression) (try_expression) (await_expression) (field_expression) (scoped_identifier) (identifier) (self)
  (reference_expression)] @value (#not-match? @local.definition "^[A-Z]"))
(let_declaration pattern: (identifier) @local.definition (#not-match? @local.definition "^[A-Z]"))
(let_condition pattern: (identifier) @local.definition (#not-match? @local.definition "^[A-Z]"))
(match_pattern . (identifier) @local.definition (#not-match? @local.definition "^[A-Z]"))
(captured_pattern . (identifier) @local.definition)
(ref_pattern (identifier) @local.definition)
(mut_pattern (identifier) @local.definition)
(reference_pattern (identifier) @local.definition (#not-match? @local.definition "^[A-Z]"))
(tuple_pattern (identifier) @local.definition (#not-match? @local.definition "^[A-Z]"))
(slice_pattern (identifier) @local.definition (#not-match? @local.definition "^[A-Z]"))
(tuple_struct_pattern (identifier) @local.definition (#not-match? @local.definition "^[A-Z]"))
(or_pattern (identifier) @local.definition (#not-match? @local.definition "^[A-Z]"))
(field_pattern pattern: (identifier) @local.definition (#not-match? @local.definition "^[A-Z]"))
(field_pattern name: (shorthand_field_identifier) @local.definition)

; Arguments of macros and their bodies are tokens, of which what follows is a reading: names that they declare or that are none of the program
(token_tree (identifier) @local.definition (#any-of? @local.definition "in" "else" "move" "dyn" "ref" "extern" "box" "yield" "try" "macro" "do" "pub"))
(token_tree ["fn" "struct" "enum" "type" "static"] . (identifier) @local.definition)
(token_tree "enum" . (identifier) . (token_tree "{" (identifier) @local.definition . (token_tree "(")))
(token_tree "enum" . (metavariable) . (token_tree "{" (identifier) @local.definition . (token_tree "(")))
(token_tree (token_tree "(" (identifier) @local.definition . ":"))
(token_tree "let" . (identifier) @local.definition (#not-match? @local.definition "^[A-Z]"))
(token_tree "let" . (mutable_specifier) . (identifier) @local.definition)
(token_tree "let" . (token_tree (identifier) @local.definition (#not-match? @local.definition "^[A-Z]")))
(token_tree "let" . (identifier) . (token_tree "(" (identifier) @local.definition (#not-match? @local.definition "^[A-Z]")))
(token_tree "let" . (_) . "::" . (identifier) . (token_tree "(" (identifier) @local.definition (#not-match? @local.definition "^[A-Z]")))
(token_tree "for" . (identifier) @local.definition . (identifier) @_in (#eq? @_in "in"))
(token_tree "for" . (token_tree "(" (identifier) @local.definition))
(token_tree "|" . (identifier) @local.definition . ["|" "," ":"] (#not-match? @local.definition "^[A-Z]"))
(token_tree "|" . (identifier) . "," . (identifier) @local.definition . ["|" ":"])
(token_tree "|" . (token_tree "(" (identifier) @local.definition) . "|")
(token_tree (token_tree "(" (identifier) @local.definition (#not-match? @local.definition "^[A-Z]")) . "=>")
(token_tree (identifier) @_variant . (token_tree "(" (identifier) @local.definition (#not-match? @local.definition "^[A-Z]")) . ["if" "|"] (#match? @_variant "^[A-Z]"))
(token_tree (token_tree "(" (identifier) @_variant . (token_tree "(" (identifier) @local.definition (#not-match? @local.definition "^[A-Z]"))) . ["=>" "if"] (#match? @_variant "^[A-Z]"))
(token_tree (identifier) @local.definition . "=>" (#not-match? @local.definition "^[A-Z]"))
(token_tree "." . (identifier) @local.definition . _ @_between . (token_tree "(") (#match? @_between "^([^[:alnum:]_$({\"'[]|as$)"))
(token_tree "union" @local.definition . _ @_between . (token_tree "(") (#match? @_between "^([^[:alnum:]_$({\"'[]|as$)"))
(token_tree "fn" . "union" @local.definition)
(token_tree ["." "::"] . [(primitive_type) "default" "union"] @local.definition . _ @_between . (token_tree "(") (#match? @_between "^([^[:alnum:]_$({\"'[]|as$)"))
(token_tree "." . (identifier) @ignore)
(token_tree "'" . (identifier) @local.definition)
(token_tree "$" . (identifier) @ignore)
(token_tree (identifier) @ignore . ":")
(token_tree . "(" (identifier) @ignore . "=")
(token_tree "#" . (token_tree "[") @ignore)

; The same in $(...)*
(token_repetition (identifier) @local.definition (#any-of? @local.definition "in" "else" "move" "dyn" "ref" "extern" "box" "yield" "try" "macro" "do" "pub"))
(token_repetition ["fn" "struct" "enum" "type" "static"] . (identifier) @local.definition)
(token_repetition (token_tree "(" (identifier) @local.definition . ":"))
(token_repetition "let" . (identifier) @local.definition (#not-match? @local.definition "^[A-Z]"))
(token_repetition "let" . (mutable_specifier) . (identifier) @local.definition)
(token_repetition "let" . (token_tree (identifier) @local.definition (#not-match? @local.definition "^[A-Z]")))
(token_repetition "let" . (identifier) . (token_tree "(" (identifier) @local.definition (#not-match? @local.definition "^[A-Z]")))
(token_repetition "let" . (_) . "::" . (identifier) . (token_tree "(" (identifier) @local.definition (#not-match? @local.definition "^[A-Z]")))
(token_repetition "for" . (identifier) @local.definition . (identifier) @_in (#eq? @_in "in"))
(token_repetition "for" . (token_tree "(" (identifier) @local.definition))
(token_repetition "|" . (identifier) @local.definition . ["|" "," ":"] (#not-match? @local.definition "^[A-Z]"))
(token_repetition "|" . (identifier) . "," . (identifier) @local.definition . ["|" ":"])
(token_repetition "|" . (token_tree "(" (identifier) @local.definition) . "|")
(token_repetition (token_tree "(" (identifier) @local.definition (#not-match? @local.definition "^[A-Z]")) . "=>")
(token_repetition (identifier) @_variant . (token_tree "(" (identifier) @local.definition (#not-match? @local.definition "^[A-Z]")) . ["if" "|"] (#match? @_variant "^[A-Z]"))
(token_repetition (token_tree "(" (identifier) @_variant . (token_tree "(" (identifier) @local.definition (#not-match? @local.definition "^[A-Z]"))) . ["=>" "if"] (#match? @_variant "^[A-Z]"))
(token_repetition (identifier) @local.definition . "=>" (#not-match? @local.definition "^[A-Z]"))
(token_repetition "." . (identifier) @local.definition . _ @_between . (token_tree "(") (#match? @_between "^([^[:alnum:]_$({\"'[]|as$)"))
(token_repetition "union" @local.definition . _ @_between . (token_tree "(") (#match? @_between "^([^[:alnum:]_$({\"'[]|as$)"))
(token_repetition "fn" . "union" @local.definition)
(token_repetition ["." "::"] . [(primitive_type) "default" "union"] @local.definition . _ @_between . (token_tree "(") (#match? @_between "^([^[:alnum:]_$({\"'[]|as$)"))
(token_repetition "." . (identifier) @ignore)
(token_repetition "'" . (identifier) @local.definition)
(token_repetition "$" . (identifier) @ignore)
(token_repetition (identifier) @ignore . ":")
(token_repetition "#" . (token_tree "[") @ignore)

; No names of the program
(lifetime (identifier) @ignore)
(label (identifier) @ignore)
(visibility_modifier (scoped_identifier) @ignore)
(visibility_modifier (identifier) @ignore)
(const_item name: (identifier) @ignore (#eq? @ignore "_"))
(scoped_identifier path: (identifier) @ignore (#any-of? @ignore
  "bool" "char" "f32" "f64" "i128" "i16" "i32" "i64" "i8" "isize" "str" "u128" "u16" "u32" "u64" "u8" "usize"))
(macro_rule left: (_) @ignore)

; Attributes: what is derived, and names that are not the language's own.
(attribute . (identifier) @ignore (#any-of? @ignore "allow" "automatically_derived" "bench" "cfg" "cfg_attr" "cold"
  "crate_name" "crate_type" "debugger_visualizer" "default" "deny" "deprecated" "derive" "doc" "expect" "export_name"
  "feature" "forbid" "fundamental" "global_allocator" "ignore" "inline" "instruction_set" "lang" "link" "link_name"
  "link_ordinal" "link_section" "macro_export" "macro_use" "may_dangle" "must_use" "naked" "no_builtins" "no_core"
  "no_implicit_prelude" "no_link" "no_main" "no_mangle" "no_std" "non_exhaustive" "optimize" "panic_handler" "path"
  "proc_macro" "proc_macro_attribute" "proc_macro_derive" "recursion_limit" "repr" "should_panic" "stable"
  "target_feature" "test" "thread_local" "track_caller" "type_length_limit" "unsafe" "unstable" "used" "warn"
  "windows_subsystem" "allow_internal_unsafe" "allow_internal_unstable" "const_trait" "marker" "needs_allocator"
  "needs_panic_runtime" "panic_runtime" "profiler_runtime" "unwind" "no_coverage" "coverage" "prelude_import"
  "compiler_builtins" "linkage" "ffi_const" "ffi_pure" "do_not_recommend" "diagnostic"))
(attribute . (identifier) @ignore (#match? @ignore "^rustc_"))
(attribute . (scoped_identifier path: (identifier) @_tool) @ignore (#any-of? @_tool "clippy" "rustfmt" "rustdoc" "diagnostic" "miri"))
(attribute . (_) @_a arguments: (token_tree) @ignore (#not-eq? @_a "derive"))
(attribute . (identifier) @_a arguments: (token_tree (identifier) @_d . (token_tree (identifier) @reference.type))
  (#eq? @_a "cfg_attr") (#eq? @_d "derive"))

; Imports
(scoped_use_list path: [(crate) (self) (super) (metavariable)] @qualifier) @prefix
(scoped_use_list path: [(identifier) (scoped_identifier)] @qualifier @ignore) @prefix
(use_declaration argument: [(identifier) (scoped_identifier)] @reference.import @ignore)
(use_declaration argument: [(crate) (self) (super)] @reference.import)
(use_list [(identifier) (scoped_identifier)] @reference.import @ignore)
(use_as_clause alias: (identifier) @ignore)
(use_as_clause path: [(identifier) (scoped_identifier)] @name @ignore alias: (identifier) @alias) @reference.import
(use_as_clause path: [(crate) (super)] @name alias: (identifier) @alias) @reference.import
(use_wildcard [(identifier) (scoped_identifier)] @qualifier @ignore "*" @name) @reference.import
(use_wildcard [(crate) (self) (super) (metavariable)] @qualifier "*" @name) @reference.import
(use_wildcard "*" @name) @reference.import
; `a::b::{self}` is `a::b`
(use_declaration argument: (scoped_use_list
  path: [(scoped_identifier path: (_) @qualifier name: (identifier) @name) (scoped_identifier !path name: (identifier) @name) (identifier) @name (crate) @name (super) @name]
  list: (use_list [(self) (use_as_clause path: (self) alias: (identifier) @alias)]))) @reference.import
(use_list (scoped_use_list
  path: [(scoped_identifier path: (_) @qualifier name: (identifier) @name) (scoped_identifier !path name: (identifier) @name) (identifier) @name (crate) @name (super) @name]
  list: (use_list [(self) (use_as_clause path: (self) alias: (identifier) @alias)]))) @reference.import
(use_declaration argument: (use_as_clause path: (self) @name alias: (identifier) @alias)) @reference.import
(extern_crate_declaration name: (identifier) @name alias: (identifier) @alias @ignore) @reference.import
(extern_crate_declaration name: (identifier) @name) @reference.import
(mod_item !body name: (identifier) @name) @reference.import

; Supertraits and implemented traits
(trait_item bounds: (trait_bounds [
  (type_identifier) @name
  (scoped_type_identifier path: (_) @qualifier name: (type_identifier) @name)
  (generic_type type: (type_identifier) @name)
  (generic_type type: (scoped_type_identifier path: (_) @qualifier name: (type_identifier) @name))
  (function_type trait: (type_identifier) @name)
  (function_type trait: (scoped_type_identifier path: (_) @qualifier name: (type_identifier) @name))
  (higher_ranked_trait_bound type: (type_identifier) @name)
  (higher_ranked_trait_bound type: (generic_type type: (type_identifier) @name))
  (higher_ranked_trait_bound type: (function_type trait: (type_identifier) @name))])) @reference.inheritance
(trait_item (where_clause (where_predicate left: (type_identifier) @_self bounds: (trait_bounds [
  (type_identifier) @name
  (scoped_type_identifier path: (_) @qualifier name: (type_identifier) @name)
  (generic_type type: (type_identifier) @name)
  (generic_type type: (scoped_type_identifier path: (_) @qualifier name: (type_identifier) @name))])))
  (#eq? @_self "Self")) @reference.inheritance
(impl_item "!" trait: [
  (type_identifier) @name
  (scoped_type_identifier path: (_) @qualifier name: (type_identifier) @name)]) @reference.type
(impl_item trait: [
  (type_identifier) @name
  (scoped_type_identifier path: (_) @qualifier name: (type_identifier) @name)
  (generic_type type: (type_identifier) @name)
  (generic_type type: (scoped_type_identifier path: (_) @qualifier name: (type_identifier) @name))]) @reference.implementation

; Calls. That of a tuple struct or a variant makes one; the variants that every file has are values.
; What a `let` declares is not there yet in what it is set to: `let config = config();`.
(let_declaration
  pattern: [
    (identifier) @_local
    (tuple_pattern (identifier) @_local)
    (tuple_pattern (mut_pattern (identifier) @_local))]
  value: [
    (call_expression function: (identifier) @name arguments: (_) @arguments)
    (try_expression (call_expression function: (identifier) @name arguments: (_) @arguments))
    (match_expression value: (call_expression function: (identifier) @name arguments: (_) @arguments))
    (call_expression function: (field_expression
      value: (call_expression function: (identifier) @name arguments: (_) @arguments)))]
  (#eq? @_local @name)) @reference.send
(let_condition
  pattern: (tuple_struct_pattern (identifier) @_local)
  value: (call_expression function: (identifier) @name arguments: (_) @arguments)
  (#eq? @_local @name)) @reference.send
(call_expression function: [(identifier) @name (generic_function function: (identifier) @name)] arguments: (_) @arguments
  (#not-any-of? @name "Some" "Ok" "Err")) @reference.call
(call_expression function: [
  (field_expression value: (_) @qualifier field: (field_identifier) @name)
  (generic_function function: (field_expression value: (_) @qualifier field: (field_identifier) @name))] arguments: (_) @arguments) @reference.call
(call_expression function: [
  (scoped_identifier path: [
    (generic_type type: (_) @qualifier)
    (bracketed_type [
      (qualified_type alias: (generic_type type: (_) @qualifier))
      (qualified_type alias: (_) @qualifier)
      (generic_type type: (_) @qualifier)
      (_) @qualifier])
    (_) @qualifier] name: (identifier) @name)
  (generic_function function: (scoped_identifier path: [
    (generic_type type: (_) @qualifier)
    (bracketed_type [
      (qualified_type alias: (generic_type type: (_) @qualifier))
      (qualified_type alias: (_) @qualifier)
      (generic_type type: (_) @qualifier)
      (_) @qualifier])
    (_) @qualifier] name: (identifier) @name))] arguments: (_) @arguments
  (#not-any-of? @name "Some" "Ok" "Err")) @reference.call
(call_expression function: [
  (scoped_identifier !path name: (identifier) @name)
  (generic_function function: (scoped_identifier !path name: (identifier) @name))]
  (#not-any-of? @name "Some" "Ok" "Err")) @reference.call
(macro_invocation macro: [
  (scoped_identifier path: (_) @qualifier name: (identifier) @name)
  (scoped_identifier !path name: (identifier) @name)
  (identifier) @name]) @reference.call

; References
(scoped_identifier path: [
  (generic_type type: (_) @qualifier)
  (bracketed_type [
    (qualified_type alias: (generic_type type: (_) @qualifier))
    (qualified_type alias: (_) @qualifier)
    (generic_type type: (_) @qualifier)
    (_) @qualifier])
  (_) @qualifier] name: (identifier) @name) @reference.value
(scoped_type_identifier path: [
  (generic_type type: (_) @qualifier)
  (bracketed_type [
    (qualified_type alias: (generic_type type: (_) @qualifier))
    (qualified_type alias: (_) @qualifier)
    (generic_type type: (_) @qualifier)
    (_) @qualifier])
  (_) @qualifier] name: (type_identifier) @name) @reference.type
(generic_type type: (_) @qualifier type_arguments: (type_arguments (type_binding name: (type_identifier) @name))) @reference.type

; What `matches!` holds against is a pattern.
(macro_invocation macro: (identifier) @_matches
  (token_tree "," (_) @qualifier . "::" . (identifier) @name . (token_tree "("))
  (#any-of? @_matches "matches" "assert_matches" "debug_assert_matches") (#match? @name "^[A-Z]")) @reference.value
(macro_invocation macro: (identifier) @_matches
  (token_tree "," (token_tree "(" (_) @qualifier . "::" . (identifier) @name . (token_tree "(")))
  (#any-of? @_matches "matches" "assert_matches" "debug_assert_matches") (#match? @name "^[A-Z]")) @reference.value
(macro_invocation macro: (identifier) @_matches
  (token_tree "," (identifier) @reference.value . (token_tree "("))
  (#any-of? @_matches "matches" "assert_matches" "debug_assert_matches") (#match? @reference.value "^[A-Z]"))
(macro_invocation macro: (identifier) @_matches
  (token_tree "," (token_tree "(" (identifier) @reference.value . (token_tree "(")))
  (#any-of? @_matches "matches" "assert_matches" "debug_assert_matches") (#match? @reference.value "^[A-Z]"))
(token_tree (identifier) @_matches . "!" .
  (token_tree "," (_) @qualifier . "::" . (identifier) @name . (token_tree "("))
  (#any-of? @_matches "matches" "assert_matches" "debug_assert_matches") (#match? @name "^[A-Z]")) @reference.value
(token_tree (identifier) @_matches . "!" .
  (token_tree "," (token_tree "(" (_) @qualifier . "::" . (identifier) @name . (token_tree "(")))
  (#any-of? @_matches "matches" "assert_matches" "debug_assert_matches") (#match? @name "^[A-Z]")) @reference.value
(token_tree (identifier) @_matches . "!" .
  (token_tree "," (identifier) @reference.value . (token_tree "("))
  (#any-of? @_matches "matches" "assert_matches" "debug_assert_matches") (#match? @reference.value "^[A-Z]"))
(token_tree (identifier) @_matches . "!" .
  (token_tree "," (token_tree "(" (identifier) @reference.value . (token_tree "(")))
  (#any-of? @_matches "matches" "assert_matches" "debug_assert_matches") (#match? @reference.value "^[A-Z]"))
(token_repetition (identifier) @_matches . "!" .
  (token_tree "," (_) @qualifier . "::" . (identifier) @name . (token_tree "("))
  (#any-of? @_matches "matches" "assert_matches" "debug_assert_matches") (#match? @name "^[A-Z]")) @reference.value
(token_repetition (identifier) @_matches . "!" .
  (token_tree "," (token_tree "(" (_) @qualifier . "::" . (identifier) @name . (token_tree "(")))
  (#any-of? @_matches "matches" "assert_matches" "debug_assert_matches") (#match? @name "^[A-Z]")) @reference.value
(token_repetition (identifier) @_matches . "!" .
  (token_tree "," (identifier) @reference.value . (token_tree "("))
  (#any-of? @_matches "matches" "assert_matches" "debug_assert_matches") (#match? @reference.value "^[A-Z]"))
(token_repetition (identifier) @_matches . "!" .
  (token_tree "," (token_tree "(" (identifier) @reference.value . (token_tree "(")))
  (#any-of? @_matches "matches" "assert_matches" "debug_assert_matches") (#match? @reference.value "^[A-Z]"))

; Tokens: calls, and what else is no plain name
(token_tree "await" . _ @_between . (identifier) @reference.value (#match? @_between "^[,;=+*/<>&|-]"))
; In a pattern a name in capitals is no call, nor in the declaration of a variant.
(token_tree (_) @qualifier . "::" . (identifier) @name . (token_tree "(") . ["=>" "if" "|"] (#match? @name "^[A-Z]")) @reference.value
(token_tree (identifier) @reference.value . (token_tree "(") . ["=>" "if" "|"] (#match? @reference.value "^[A-Z]"))
(token_tree (token_tree "(" (_) @qualifier . "::" . (identifier) @name . (token_tree "(")) . ["=>" "if" "|"] (#match? @name "^[A-Z]")) @reference.value
(token_tree (token_tree "(" (identifier) @reference.value . (token_tree "(")) . ["=>" "if" "|"] (#match? @reference.value "^[A-Z]"))
(token_tree "let" . (_) @qualifier . "::" . (identifier) @name . (token_tree "(") (#match? @name "^[A-Z]")) @reference.value
(token_tree "let" . (identifier) @reference.value . (token_tree "(") (#match? @reference.value "^[A-Z]"))
(token_tree "let" . (identifier) . (token_tree "(" (identifier) @reference.value . (token_tree "(")) (#match? @reference.value "^[A-Z]"))
(token_tree (_) @qualifier . "." . (identifier) @name . [(token_tree "(") "::"]) @reference.call
(token_tree (_) @qualifier . "." . (primitive_type) @name . (token_tree "(")) @reference.call
(token_tree (_) @qualifier . ["." "::"] . ["default" "union"] @name . (token_tree "(")) @reference.call
(token_tree "union" @name . (token_tree "(")) @reference.call
(token_tree (_) . "::" . "<" . (identifier) @reference.type (#not-any-of? @reference.type "Self" "_"))
(token_tree (_) @qualifier . "::" . (identifier) @name . "::" . "<" (#not-match? @name "^[A-Z]")) @reference.call
(token_tree (identifier) @name . "::" . "<" (#not-match? @name "^[A-Z]")) @reference.call
(token_tree (_) @qualifier . "::" . (identifier) @name . _ @_between . "!" . (token_tree) (#match? @_between "^([^[:alnum:]_$!({\"'[]|as$)")) @reference.value
(token_tree (identifier) @reference.value . _ @_between . "!" . (token_tree) (#match? @_between "^([^[:alnum:]_$!({\"'[]|as$)"))
(token_tree (_) @qualifier . "::" . (identifier) @name . "!" . (token_tree)) @reference.call
(token_tree (identifier) @name . "!" . (token_tree)) @reference.call
(token_tree [">" ">>"] @qualifier . "::" . (identifier) @name . (token_tree "(") (#not-any-of? @name "Some" "Ok" "Err" "Fn" "FnMut" "FnOnce")) @reference.call
(token_tree [">" ">>"] @qualifier . "::" . (identifier) @name) @reference.value
(token_tree (_) @qualifier . "::" . (identifier) @name . _ @_between . (token_tree "(") (#match? @_between "^([^[:alnum:]_$({\"'[]|as$)")) @reference.value
(token_tree (_) @qualifier . "::" . (identifier) @name . (token_tree "(") (#not-any-of? @name "Some" "Ok" "Err" "Fn" "FnMut" "FnOnce")) @reference.call
(token_tree (_) @qualifier . "::" . (identifier) @name) @reference.value
(token_tree (identifier) @reference.value . _ @_between . (token_tree "(") (#match? @_between "^([^[:alnum:]_$({\"'[]|as$)"))
(token_tree (identifier) @name . (token_tree "(") (#not-any-of? @name "Some" "Ok" "Err" "Fn" "FnMut" "FnOnce")) @reference.call

; The same in $(...)*
(token_repetition "await" . _ @_between . (identifier) @reference.value (#match? @_between "^[,;=+*/<>&|-]"))
(token_repetition (_) @qualifier . "::" . (identifier) @name . (token_tree "(") . ["=>" "if" "|"] (#match? @name "^[A-Z]")) @reference.value
(token_repetition (identifier) @reference.value . (token_tree "(") . ["=>" "if" "|"] (#match? @reference.value "^[A-Z]"))
(token_repetition (token_tree "(" (_) @qualifier . "::" . (identifier) @name . (token_tree "(")) . ["=>" "if" "|"] (#match? @name "^[A-Z]")) @reference.value
(token_repetition (token_tree "(" (identifier) @reference.value . (token_tree "(")) . ["=>" "if" "|"] (#match? @reference.value "^[A-Z]"))
(token_repetition "let" . (_) @qualifier . "::" . (identifier) @name . (token_tree "(") (#match? @name "^[A-Z]")) @reference.value
(token_repetition "let" . (identifier) @reference.value . (token_tree "(") (#match? @reference.value "^[A-Z]"))
(token_repetition "let" . (identifier) . (token_tree "(" (identifier) @reference.value . (token_tree "(")) (#match? @reference.value "^[A-Z]"))
(token_repetition (_) @qualifier . "." . (identifier) @name . [(token_tree "(") "::"]) @reference.call
(token_repetition (_) @qualifier . "." . (primitive_type) @name . (token_tree "(")) @reference.call
(token_repetition (_) @qualifier . ["." "::"] . ["default" "union"] @name . (token_tree "(")) @reference.call
(token_repetition "union" @name . (token_tree "(")) @reference.call
(token_repetition (_) . "::" . "<" . (identifier) @reference.type (#not-any-of? @reference.type "Self" "_"))
(token_repetition (_) @qualifier . "::" . (identifier) @name . "::" . "<" (#not-match? @name "^[A-Z]")) @reference.call
(token_repetition (identifier) @name . "::" . "<" (#not-match? @name "^[A-Z]")) @reference.call
(token_repetition (_) @qualifier . "::" . (identifier) @name . _ @_between . "!" . (token_tree) (#match? @_between "^([^[:alnum:]_$!({\"'[]|as$)")) @reference.value
(token_repetition (identifier) @reference.value . _ @_between . "!" . (token_tree) (#match? @_between "^([^[:alnum:]_$!({\"'[]|as$)"))
(token_repetition (_) @qualifier . "::" . (identifier) @name . "!" . (token_tree)) @reference.call
(token_repetition (identifier) @name . "!" . (token_tree)) @reference.call
(token_repetition [">" ">>"] @qualifier . "::" . (identifier) @name . (token_tree "(") (#not-any-of? @name "Some" "Ok" "Err" "Fn" "FnMut" "FnOnce")) @reference.call
(token_repetition [">" ">>"] @qualifier . "::" . (identifier) @name) @reference.value
(token_repetition (_) @qualifier . "::" . (identifier) @name . _ @_between . (token_tree "(") (#match? @_between "^([^[:alnum:]_$({\"'[]|as$)")) @reference.value
(token_repetition (_) @qualifier . "::" . (identifier) @name . (token_tree "(") (#not-any-of? @name "Some" "Ok" "Err" "Fn" "FnMut" "FnOnce")) @reference.call
(token_repetition (_) @qualifier . "::" . (identifier) @name) @reference.value
(token_repetition (identifier) @reference.value . _ @_between . (token_tree "(") (#match? @_between "^([^[:alnum:]_$({\"'[]|as$)"))
(token_repetition (identifier) @name . (token_tree "(") (#not-any-of? @name "Some" "Ok" "Err" "Fn" "FnMut" "FnOnce")) @reference.call

; What is left
((identifier) @reference.value (#not-any-of? @reference.value "Self" "_" ""))
((type_identifier) @reference.type (#not-any-of? @reference.type "Self" "_" ""))
