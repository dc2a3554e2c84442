(module) @container
(class_definition) @container
(function_definition name: (identifier) @name) @definition.function
(function_definition) @local.scope
(class_definition name: (identifier) @name) @definition.class
(call function: (identifier) @name) @reference.call
(call function: (attribute object: (_) @qualifier attribute: (identifier) @name)) @reference.call
((identifier) @reference.value)
(parameters (identifier) @local.definition)
