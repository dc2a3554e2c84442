; JavaScript: what TypeScript writes in another way. The rest lies in common.scm and jsx.scm.

; A block is a scope of locals only if it declares with `let` or `const`.
((statement_block (lexical_declaration)) @local.scope)

; Members.
(field_definition property: [
  [(property_identifier) (private_property_identifier) (number) (computed_property_name)] @name
  (string . (string_fragment) @name .)] value: [
  (arrow_function body: (_) @body)
  (function_expression body: (_) @body)
  (generator_function body: (_) @body)]) @definition.method
(field_definition property: [
  [(property_identifier) (private_property_identifier) (number) (computed_property_name)] @name
  (string . (string_fragment) @name .)]
  value: [(new_expression) (call_expression) (await_expression) (member_expression)] @value) @definition.field
(field_definition property: [
  [(property_identifier) (private_property_identifier) (number) (computed_property_name)] @name
  (string . (string_fragment) @name .)]) @definition.field

; Functions and classes with a name that are handed over as they are written.
((function_expression name: (identifier) @name) @definition.function
  (#not-has-parent? @definition.function "variable_declarator" "pair" "assignment_expression" "field_definition"))
((generator_function name: (identifier) @name) @definition.function
  (#not-has-parent? @definition.function "variable_declarator" "pair" "assignment_expression" "field_definition"))
((class name: (_) @name) @definition.class
  (#not-has-parent? @definition.class "variable_declarator" "pair" "assignment_expression" "field_definition"))

; Parameters and bases.
(formal_parameters (identifier) @local.definition)
(class_heritage (identifier) @name) @reference.inheritance
(class_heritage (member_expression object: (_) @qualifier property: (_) @name)) @reference.inheritance
