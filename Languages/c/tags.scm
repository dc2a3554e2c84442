(translation_unit) @container
(preproc_ifdef) @container
(function_definition declarator: (_) @name (#descend! @name "declarator") (#has-parent? @name "function_declarator")) @definition.function
(function_definition (storage_class_specifier) @_s (#eq? @_s "static")) @file_local
(function_definition) @local.scope
(compound_statement) @local.scope
(parameter_declaration declarator: (_) @local.definition (#descend! @local.definition "declarator"))
(declaration declarator: (_) @name @definition.variable (#descend! @name "declarator") (#not-has-parent? @name "function_declarator"))
(struct_specifier name: (type_identifier) @name body: (_)) @definition.struct
(call_expression function: (identifier) @name) @reference.call
(call_expression function: (field_expression argument: (_) @qualifier field: (field_identifier) @name)) @reference.call
((identifier) @reference.value)
((type_identifier) @reference.type)
(preproc_include path: (_) @name) @reference.import
