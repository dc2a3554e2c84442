; JSX: a tag calls the component that it names.

((jsx_opening_element name: (identifier) @name) @reference.call (#match? @name "^[A-Z_$]"))
((jsx_self_closing_element name: (identifier) @name) @reference.call (#match? @name "^[A-Z_$]"))
(jsx_opening_element name: (identifier) @ignore)
(jsx_self_closing_element name: (identifier) @ignore)
(jsx_opening_element name: (member_expression object: (_) @qualifier property: (_) @name)) @reference.call
(jsx_self_closing_element name: (member_expression object: (_) @qualifier property: (_) @name)) @reference.call
(jsx_closing_element) @ignore
(jsx_namespace_name) @ignore
(jsx_expression (member_expression object: (this) @qualifier property: (_) @name) @reference.value)
