; Swift.

; Containers: a file, types, extensions and their bodies.
(source_file) @container
(class_declaration) @container
(protocol_declaration) @container
(class_body) @container
(enum_class_body) @container
(protocol_body) @container

; Scopes of locals. A generic type depends on the names of its parameters, so it opens one after it is defined, which
; makes it one piece.
((class_declaration (type_parameters)) @local.scope)
(function_declaration) @local.scope
(protocol_function_declaration) @local.scope
(init_declaration) @local.scope
(deinit_declaration) @local.scope
(subscript_declaration) @local.scope
(macro_declaration) @local.scope
(typealias_declaration) @local.scope
(computed_property) @local.scope
(computed_getter) @local.scope
(computed_setter) @local.scope
(computed_modify) @local.scope
(willset_clause) @local.scope
(didset_clause) @local.scope
(lambda_literal) @local.scope
(if_statement) @local.scope
(while_statement) @local.scope
(for_statement) @local.scope
(repeat_while_statement) @local.scope
(do_statement) @local.scope
(catch_block) @local.scope
(switch_entry) @local.scope

; Of the functions' parts their parameters count.
(simple_identifier) @count.none
(modifiers) @count.none
(attribute) @count.none
(type_parameters) @count.none
(type_constraints) @count.none
(throws) @count.none
(function_body) @count.none
(user_type) @count.none
(optional_type) @count.none
(array_type) @count.none
(dictionary_type) @count.none
(tuple_type) @count.none
(function_type) @count.none
(existential_type) @count.none
(opaque_type) @count.none
(metatype) @count.none
(protocol_composition_type) @count.none
(bang) @count.none

; Test code: Swift Testing by attribute, XCTest by base class.
((function_declaration (modifiers (attribute (user_type (type_identifier) @_test)))) @test (#eq? @_test "Test"))
((class_declaration (modifiers (attribute (user_type (type_identifier) @_test)))) @test (#eq? @_test "Suite"))
((class_declaration declaration_kind: "class" (inheritance_specifier inherits_from: (user_type (type_identifier) @_base))) @test
  (#match? @_base "TestCase$"))

; Seen in their own file only, or just in the type they stand in, whose pieces elsewhere do not see them.
((function_declaration (modifiers (visibility_modifier ["private" "fileprivate"]))) @file_local)
((class_declaration declaration_kind: ["class" "actor" "struct" "enum"] (modifiers (visibility_modifier ["private" "fileprivate"]))) @file_local)
((protocol_declaration (modifiers (visibility_modifier ["private" "fileprivate"]))) @file_local)
((typealias_declaration (modifiers (visibility_modifier ["private" "fileprivate"]))) @file_local)
((property_declaration (modifiers (visibility_modifier) @_v)) @file_local (#any-of? @_v "private" "fileprivate"))
((init_declaration (modifiers (visibility_modifier ["private" "fileprivate"]))) @file_local)
((subscript_declaration (modifiers (visibility_modifier ["private" "fileprivate"]))) @file_local)

; Types. What an extension extends stands in it as its name, or the type as written if it has none; that of `A.B` is one
; of B in one of A.
(class_declaration declaration_kind: "extension" name: (user_type . (type_identifier) @name . (type_identifier))) @definition.extension
(class_declaration declaration_kind: "extension" name: (user_type . (type_identifier) . (type_identifier) @name . (type_identifier))) @definition.extension
(class_declaration declaration_kind: ["class" "actor"] name: (type_identifier) @name) @definition.class
(class_declaration declaration_kind: "struct" name: (type_identifier) @name) @definition.struct
(class_declaration declaration_kind: "enum" name: (type_identifier) @name) @definition.enum
(class_declaration declaration_kind: "extension" name: [
  (type_identifier) @name
  (user_type (type_identifier) @name .)
  (user_type (type_identifier) @name . (type_arguments) .)
  [(array_type) (dictionary_type) (optional_type) (tuple_type) (function_type) (existential_type) (metatype)] @name]) @definition.extension
(protocol_declaration name: (type_identifier) @name) @definition.protocol
(typealias_declaration name: (type_identifier) @name "=" . (_) @type) @definition.type_alias
(typealias_declaration name: (type_identifier) @name) @definition.type_alias
(associatedtype_declaration name: (type_identifier) @name) @definition.associated_type
(precedence_group_declaration . (simple_identifier) @name) @definition.type

; Functions. One whose name is made of signs is an operator; so is what declares such a name.
(operator_declaration (custom_operator) @name) @definition.operator
((function_declaration name: _ @name "->" . (_) @type) @definition.operator (#match? @name "^[-+*/=<>!&|^~%?.]"))
((function_declaration name: _ @name) @definition.operator (#match? @name "^[-+*/=<>!&|^~%?.]"))
((protocol_function_declaration name: _ @name "->" . (_) @type) @definition.operator (#match? @name "^[-+*/=<>!&|^~%?.]"))
((protocol_function_declaration name: _ @name) @definition.operator (#match? @name "^[-+*/=<>!&|^~%?.]"))
; No number is told of one with a parameter for any number of values, nor with a default `nil`, which is no node of its own.
(function_declaration name: (simple_identifier) @name [(parameter "...") "nil"] "->" . (_) @type (#within? "class" "struct" "enum" "extension" "protocol")) @definition.method
(function_declaration name: (simple_identifier) @name [(parameter "...") "nil"] (#within? "class" "struct" "enum" "extension" "protocol")) @definition.method
(function_declaration name: (simple_identifier) @name "->" . (_) @type (#within? "class" "struct" "enum" "extension" "protocol")) @definition.method @parameters
(function_declaration name: (simple_identifier) @name (#within? "class" "struct" "enum" "extension" "protocol")) @definition.method @parameters
(function_declaration name: (simple_identifier) @name [(parameter "...") "nil"] "->" . (_) @type) @definition.function
(function_declaration name: (simple_identifier) @name [(parameter "...") "nil"]) @definition.function
(function_declaration name: (simple_identifier) @name "->" . (_) @type) @definition.function @parameters
(function_declaration name: (simple_identifier) @name) @definition.function @parameters
(protocol_function_declaration name: (simple_identifier) @name [(parameter "...") "nil"] "->" . (_) @type) @definition.method
(protocol_function_declaration name: (simple_identifier) @name [(parameter "...") "nil"]) @definition.method
(protocol_function_declaration name: (simple_identifier) @name "->" . (_) @type) @definition.method @parameters
(protocol_function_declaration name: (simple_identifier) @name) @definition.method @parameters
(init_declaration name: "init" @name [(parameter "...") "nil"]) @definition.constructor
(init_declaration name: "init" @name) @definition.constructor @parameters
(deinit_declaration "deinit" @name) @definition.destructor
(subscript_declaration "subscript" @name "->" . (_) @type (computed_property) @body) @definition.subscript
(subscript_declaration "subscript" @name (computed_property) @body) @definition.subscript
(macro_declaration . (simple_identifier) @name definition: (_) @body) @definition.macro
(macro_declaration (simple_identifier) @name) @definition.macro

; Accessors that are written out.
(computed_getter (getter_specifier "get" @name) "{" (statements) @body) @definition.getter
(computed_getter (getter_specifier "get" @name) "{") @definition.getter
(computed_setter (setter_specifier "set" @name) "{" (statements) @body) @definition.setter
(computed_setter (setter_specifier "set" @name) "{") @definition.setter
(computed_modify (modify_specifier) @name "{" (statements) @body) @definition.accessor
(computed_modify (modify_specifier) @name "{") @definition.accessor
; What the grammar takes for calls.
(computed_property (statements (call_expression . (simple_identifier) @name (call_suffix . (lambda_literal) @body .)) @definition.accessor)
  (#any-of? @name "_read" "_modify" "unsafeAddress" "unsafeMutableAddress" "borrow" "mutate"))
(willset_clause "willSet" @name (statements) @body) @definition.accessor
(willset_clause "willSet" @name) @definition.accessor
(didset_clause "didSet" @name (statements) @body) @definition.accessor
(didset_clause "didSet" @name) @definition.accessor

; Enum cases: one by itself encloses its payload's types, of several each is its name.
(enum_entry "," name: (simple_identifier) @name @definition.enum_member)
(enum_entry name: (simple_identifier) @name @definition.enum_member ",")
(enum_entry name: (simple_identifier) @name) @definition.enum_member

; Properties. One by itself encloses its value and accessors, of several each is its pattern.
(protocol_property_declaration name: (pattern bound_identifier: (simple_identifier) @name) (type_annotation (_) @type)) @definition.property
((property_declaration "," name: (pattern bound_identifier: (simple_identifier) @name) @definition.property . (type_annotation (_) @type)?) (#within? "class" "struct" "enum" "extension" "protocol"))
((property_declaration name: (pattern bound_identifier: (simple_identifier) @name) @definition.property . (type_annotation (_) @type)? ",") (#within? "class" "struct" "enum" "extension" "protocol"))
((property_declaration name: (pattern bound_identifier: (simple_identifier) @name) . (type_annotation (_) @type)?
  [(computed_property) (willset_didset_block)] @body) @definition.property (#within? "class" "struct" "enum" "extension" "protocol"))
((property_declaration name: (pattern bound_identifier: (simple_identifier) @name) . "=" . value: (as_expression (as_operator) . (_) @type)) @definition.property (#within? "class" "struct" "enum" "extension" "protocol"))
((property_declaration name: (pattern bound_identifier: (simple_identifier) @name) . (type_annotation (_) @type)? value: (_)? @value) @definition.property (#within? "class" "struct" "enum" "extension" "protocol"))
((property_declaration name: (pattern (pattern (simple_identifier) @name) @definition.property)) (#within? "class" "struct" "enum" "extension" "protocol") (#not-eq? @name "unsafe"))
((property_declaration name: (pattern (pattern (pattern (simple_identifier) @name) @definition.property))) (#within? "class" "struct" "enum" "extension" "protocol"))
; At the top of a file.
((property_declaration (value_binding_pattern mutability: "let") "," name: (pattern bound_identifier: (simple_identifier) @name) @definition.constant . (type_annotation (_) @type)?) @_in (#has-parent? @_in "source_file"))
((property_declaration (value_binding_pattern mutability: "let") name: (pattern bound_identifier: (simple_identifier) @name) @definition.constant . (type_annotation (_) @type)? ",") @_in (#has-parent? @_in "source_file"))
((property_declaration (value_binding_pattern mutability: "let") name: (pattern bound_identifier: (simple_identifier) @name) . (type_annotation (_) @type)?
  [(computed_property) (willset_didset_block)] @body) @definition.constant (#has-parent? @definition.constant "source_file"))
((property_declaration (value_binding_pattern mutability: "let") name: (pattern bound_identifier: (simple_identifier) @name) . (type_annotation (_) @type)? value: (_)? @value) @definition.constant (#has-parent? @definition.constant "source_file"))
((property_declaration (value_binding_pattern mutability: "let") name: (pattern (pattern (simple_identifier) @name) @definition.constant)) @_in (#has-parent? @_in "source_file") (#not-eq? @name "unsafe"))
((property_declaration (value_binding_pattern mutability: "let") name: (pattern (pattern (pattern (simple_identifier) @name) @definition.constant))) @_in (#has-parent? @_in "source_file"))
((property_declaration "," name: (pattern bound_identifier: (simple_identifier) @name) @definition.variable . (type_annotation (_) @type)?))
((property_declaration name: (pattern bound_identifier: (simple_identifier) @name) @definition.variable . (type_annotation (_) @type)? ","))
((property_declaration name: (pattern bound_identifier: (simple_identifier) @name) . (type_annotation (_) @type)?
  [(computed_property) (willset_didset_block)] @body) @definition.variable)
((property_declaration name: (pattern bound_identifier: (simple_identifier) @name) . "=" . value: (as_expression (as_operator) . (_) @type)) @definition.variable)
((property_declaration name: (pattern bound_identifier: (simple_identifier) @name) . "=" . value: (try_expression (try_operator ["?" "!"]) expr: (_) @value)) @definition.variable)
((property_declaration name: (pattern bound_identifier: (simple_identifier) @name) . (type_annotation (_) @type)? value: (_)? @value) @definition.variable)
((property_declaration name: (pattern (pattern (simple_identifier) @name) @definition.variable)) (#not-eq? @name "unsafe"))
((property_declaration name: (pattern (pattern (pattern (simple_identifier) @name) @definition.variable))))

; Locals, parameters, type parameters, patterns. In a pattern a name without a dot before it that stands within a `let`
; or `var` is declared, else it is a value.
(type_parameter . (type_identifier) @local.definition)
(type_parameter . (type_parameter_pack (user_type (type_identifier) @local.definition)))
(parameter name: (simple_identifier) @local.definition "...")
(parameter name: (simple_identifier) @local.definition ":" (parameter_modifiers)? . (_) @type)
(parameter name: (simple_identifier) @local.definition)
(lambda_parameter name: (simple_identifier) @local.definition ":" . (_) @type)
(lambda_parameter name: (simple_identifier) @local.definition)
(capture_list_item name: (simple_identifier) @local.definition (#not-eq? @local.definition "self"))
(computed_setter (simple_identifier) @local.definition)
(willset_clause (simple_identifier) @local.definition)
(didset_clause (simple_identifier) @local.definition)
(if_statement condition: (value_binding_pattern) condition: (pattern (simple_identifier) @local.definition) @_p (#not-match? @_p "[.(]"))
(guard_statement condition: (value_binding_pattern) condition: (pattern (simple_identifier) @local.definition) @_p (#not-match? @_p "[.(]"))
(while_statement condition: (value_binding_pattern) condition: (pattern (simple_identifier) @local.definition) @_p (#not-match? @_p "[.(]"))
(if_statement condition: (value_binding_pattern) condition: (pattern (pattern (simple_identifier) @local.definition) @_p) (#not-match? @_p "[.(]"))
(guard_statement condition: (value_binding_pattern) condition: (pattern (pattern (simple_identifier) @local.definition) @_p) (#not-match? @_p "[.(]"))
(while_statement condition: (value_binding_pattern) condition: (pattern (pattern (simple_identifier) @local.definition) @_p) (#not-match? @_p "[.(]"))
((for_statement item: (pattern (pattern (simple_identifier) @local.definition) @_p)) (#not-match? @_p "[.(]"))
((for_statement item: (pattern (pattern (pattern (simple_identifier) @local.definition) @_p))) (#not-match? @_p "[.(]"))
(pattern (pattern bound_identifier: (simple_identifier) @local.definition) "as" . (_) @type)
(for_statement item: (pattern bound_identifier: (simple_identifier) @local.definition) . (type_annotation (_) @type))
(pattern bound_identifier: (simple_identifier) @local.definition)
(pattern (value_binding_pattern) (pattern (simple_identifier) @local.definition) @_p (#not-match? @_p "[.(]"))
(pattern (value_binding_pattern) (pattern (pattern (simple_identifier) @local.definition) @_p) (#not-match? @_p "[.(]"))
(pattern (value_binding_pattern) (pattern (pattern (pattern (simple_identifier) @local.definition) @_p)) (#not-match? @_p "[.(]"))

; `if let x = x` and `if let x` give an outer x another value: what is said of the name within is said of that.
(if_statement bound_identifier: (simple_identifier) @ignore . condition: "=")
(if_statement bound_identifier: (simple_identifier) @local.definition . condition: (type_annotation (_) @type))
(if_statement bound_identifier: (simple_identifier) @local.definition . condition: "=" . condition: (as_expression (as_operator) . (_) @type)
  (#not-eq? @local.definition "self"))
(if_statement bound_identifier: (simple_identifier) @local.definition . condition: "=" . condition: (try_expression expr: (_) @value)
  (#not-eq? @local.definition "self"))
(if_statement bound_identifier: (simple_identifier) @local.definition . condition: "=" . condition: (_) @value
  (#not-eq? @local.definition "self") (#not-eq? @local.definition @value))
(if_statement condition: "case" . condition: (value_binding_pattern) . bound_identifier: (simple_identifier) @local.definition)
(guard_statement bound_identifier: (simple_identifier) @ignore . condition: "=")
(guard_statement bound_identifier: (simple_identifier) @local.definition . condition: (type_annotation (_) @type))
(guard_statement bound_identifier: (simple_identifier) @local.definition . condition: "=" . condition: (as_expression (as_operator) . (_) @type)
  (#not-eq? @local.definition "self"))
(guard_statement bound_identifier: (simple_identifier) @local.definition . condition: "=" . condition: (try_expression expr: (_) @value)
  (#not-eq? @local.definition "self"))
(guard_statement bound_identifier: (simple_identifier) @local.definition . condition: "=" . condition: (_) @value
  (#not-eq? @local.definition "self") (#not-eq? @local.definition @value))
(guard_statement condition: "case" . condition: (value_binding_pattern) . bound_identifier: (simple_identifier) @local.definition)
(while_statement bound_identifier: (simple_identifier) @ignore . condition: "=")
(while_statement bound_identifier: (simple_identifier) @local.definition . condition: (type_annotation (_) @type))
(while_statement bound_identifier: (simple_identifier) @local.definition . condition: "=" . condition: (as_expression (as_operator) . (_) @type)
  (#not-eq? @local.definition "self"))
(while_statement bound_identifier: (simple_identifier) @local.definition . condition: "=" . condition: (try_expression expr: (_) @value)
  (#not-eq? @local.definition "self"))
(while_statement bound_identifier: (simple_identifier) @local.definition . condition: "=" . condition: (_) @value
  (#not-eq? @local.definition "self") (#not-eq? @local.definition @value))
(while_statement condition: "case" . condition: (value_binding_pattern) . bound_identifier: (simple_identifier) @local.definition)

; No names of the program.
(directive) @ignore
(availability_condition) @ignore
(precedence_group_attribute . (simple_identifier) @ignore)
(precedence_group_attribute (simple_identifier) @_a . (simple_identifier) @ignore (#any-of? @_a "associativity" "assignment"))
(value_argument_label) @ignore
(parameter external_name: (simple_identifier) @ignore)
(lambda_parameter external_name: (simple_identifier) @ignore)
(tuple_expression name: (simple_identifier) @ignore)
(tuple_type_item name: (simple_identifier) @ignore)
(enum_type_parameters (simple_identifier) @ignore . ":")
(enum_type_parameters (wildcard_pattern) @ignore)
(call_suffix name: (simple_identifier) @ignore)
(pattern (simple_identifier) @ignore . ":")
(control_transfer_statement ["break" "continue"] result: (simple_identifier) @ignore)
; The language's own attributes; labels of any.
((attribute (user_type . (type_identifier) @_a .)) @ignore (#any-of? @_a
  "available" "backDeployed" "objc" "nonobjc" "attached" "freestanding" "inline" "inlinable" "usableFromInline" "frozen" "discardableResult"
  "convention" "testable" "preconcurrency" "main" "unchecked" "retroactive" "resultBuilder" "propertyWrapper"
  "dynamicMemberLookup" "dynamicCallable" "warn_unqualified_access" "unknown" "objcMembers" "IBAction" "IBOutlet" "IBDesignable" "IBInspectable"
  "IBSegueAction" "NSManaged" "NSCopying" "NSApplicationMain" "UIApplicationMain" "GKInspectable" "requires_stored_property_inits" "implementationOnly"
  "globalActor" "isolated" "nonisolated" "rethrows" "differentiable" "derivative" "transpose" "noDerivative" "unsafe" "safe" "concurrent" "extensible"
  "autoreleasepool" "storageRestrictions" "lifetime" "abi" "specialized" "inlineable" "transparent" "exclusivity" "section" "used" "c"))
((attribute (user_type . (type_identifier) @_a .)) @ignore (#match? @_a "^_[a-zA-Z]"))
(attribute (simple_identifier) @ignore . ":")
; The grammar takes the function's parameters for the attribute's arguments.
(attribute (user_type . (type_identifier) @ignore .) (#any-of? @ignore "Sendable" "escaping" "autoclosure"))
(attribute (user_type . (type_identifier) @_a .) (simple_identifier) @reference.type (#any-of? @_a "Sendable" "escaping" "autoclosure" "MainActor"))

; Imports: of a module, a module's submodule, or of one declaration (`import struct A.B`).
(import_declaration (identifier) @name @ignore) @reference.import

; What a type is made from. Whether the first of a class is a class cannot be told from it: it is taken for one. An
; enum's raw type is inherited.
(class_declaration declaration_kind: "class" ":" . (inheritance_specifier inherits_from: [
  (user_type . (type_identifier) @name .)
  (user_type . (type_identifier) @name . (type_arguments) .)
  (user_type (type_identifier) @qualifier . (type_identifier) @name .)
  (user_type (type_identifier) @qualifier . (type_identifier) @name . (type_arguments) .)
  (user_type (type_identifier) @qualifier . (type_arguments) . (type_identifier) @name .)
  (user_type (type_identifier) @qualifier . (type_arguments) . (type_identifier) @name . (type_arguments) .)])) @reference.inheritance
(class_declaration declaration_kind: "enum" ":" . (inheritance_specifier inherits_from: (user_type . (type_identifier) @name .))
  (#any-of? @name "String" "Character" "Int" "Int8" "Int16" "Int32" "Int64" "UInt" "UInt8" "UInt16" "UInt32" "UInt64" "Double" "Float")) @reference.inheritance
(class_declaration (inheritance_specifier inherits_from: [
  (user_type . (type_identifier) @name .)
  (user_type . (type_identifier) @name . (type_arguments) .)
  (user_type (type_identifier) @qualifier . (type_identifier) @name .)
  (user_type (type_identifier) @qualifier . (type_identifier) @name . (type_arguments) .)
  (user_type (type_identifier) @qualifier . (type_arguments) . (type_identifier) @name .)
  (user_type (type_identifier) @qualifier . (type_arguments) . (type_identifier) @name . (type_arguments) .)
  (protocol_composition_type (user_type . (type_identifier) @name .))
  (protocol_composition_type (user_type . (type_identifier) @name . (type_arguments) .))
  (protocol_composition_type (user_type (type_identifier) @qualifier . (type_identifier) @name .))])) @reference.implementation
(protocol_declaration (inheritance_specifier inherits_from: [
  (user_type . (type_identifier) @name .)
  (user_type . (type_identifier) @name . (type_arguments) .)
  (user_type (type_identifier) @qualifier . (type_identifier) @name .)
  (user_type (type_identifier) @qualifier . (type_identifier) @name . (type_arguments) .)
  (user_type (type_identifier) @qualifier . (type_arguments) . (type_identifier) @name .)
  (user_type (type_identifier) @qualifier . (type_arguments) . (type_identifier) @name . (type_arguments) .)
  (protocol_composition_type (user_type . (type_identifier) @name .))
  (protocol_composition_type (user_type . (type_identifier) @name . (type_arguments) .))
  (protocol_composition_type (user_type (type_identifier) @qualifier . (type_identifier) @name .))])) @reference.inheritance

; Calls. A subscript looks like one. A name after a dot alone is a member of the type that is expected there. To the
; grammar `a + b.c` is a member of the sum.
(call_expression . (simple_identifier) @reference.value (call_suffix (value_arguments "[")))
; A name with labels and no arguments (`f(_:)`) is a value.
(call_expression . (simple_identifier) @reference.value (call_suffix (value_arguments "(" . (value_argument reference_specifier: (_)))))
(call_expression . (prefix_expression operation: "." @qualifier target: (simple_identifier) @name) (call_suffix (value_arguments "(" . (value_argument reference_specifier: (_))))) @reference.value
(call_expression . (navigation_expression
  target: [
    (postfix_expression target: (_) @qualifier operation: (bang))
    (tuple_expression . value: [(simple_identifier) (self_expression)] @qualifier .)
    (prefix_expression operation: (bang) target: (_) @qualifier)
    (_ rhs: (_) @qualifier)
    (nil_coalescing_expression if_nil: (_) @qualifier)
    (ternary_expression if_false: (_) @qualifier)
    (key_path_expression (type_identifier) @qualifier .)
    (_) @qualifier]
  suffix: (navigation_suffix suffix: (simple_identifier) @name)) (call_suffix (value_arguments "(" . (value_argument reference_specifier: (_))))) @reference.value
(call_expression . (simple_identifier) @reference.call (call_suffix . (value_arguments "(") @arguments .)
  (#not-any-of? @reference.call "Self" "defer"))
(call_expression . (simple_identifier) @reference.call (call_suffix)
  (#not-any-of? @reference.call "Self" "defer"))
(call_expression . (prefix_expression operation: "." @qualifier target: (simple_identifier) @name) (call_suffix (value_arguments "["))) @reference.value
(call_expression . (prefix_expression operation: "." @qualifier target: (simple_identifier) @name) (call_suffix . (value_arguments "(") @arguments .)) @reference.call
(call_expression . (prefix_expression operation: "." @qualifier target: (simple_identifier) @name) (call_suffix)) @reference.call
(call_expression . (navigation_expression
  target: [
    (postfix_expression target: (_) @qualifier operation: (bang))
    (tuple_expression . value: [(simple_identifier) (self_expression)] @qualifier .)
    (prefix_expression operation: (bang) target: (_) @qualifier)
    (_ rhs: (_) @qualifier)
    (nil_coalescing_expression if_nil: (_) @qualifier)
    (ternary_expression if_false: (_) @qualifier)
    (key_path_expression (type_identifier) @qualifier .)
    (_) @qualifier]
  suffix: (navigation_suffix suffix: (simple_identifier) @name)) (call_suffix (value_arguments "["))) @reference.value
(call_expression . (navigation_expression
  target: [
    (postfix_expression target: (_) @qualifier operation: (bang))
    (tuple_expression . value: [(simple_identifier) (self_expression)] @qualifier .)
    (prefix_expression operation: (bang) target: (_) @qualifier)
    (_ rhs: (_) @qualifier)
    (nil_coalescing_expression if_nil: (_) @qualifier)
    (ternary_expression if_false: (_) @qualifier)
    (key_path_expression (type_identifier) @qualifier .)
    (_) @qualifier]
  suffix: (navigation_suffix suffix: (simple_identifier) @name)) (call_suffix . (value_arguments "(") @arguments .)) @reference.call
(call_expression . (navigation_expression
  target: [
    (postfix_expression target: (_) @qualifier operation: (bang))
    (tuple_expression . value: [(simple_identifier) (self_expression)] @qualifier .)
    (prefix_expression operation: (bang) target: (_) @qualifier)
    (_ rhs: (_) @qualifier)
    (nil_coalescing_expression if_nil: (_) @qualifier)
    (ternary_expression if_false: (_) @qualifier)
    (key_path_expression (type_identifier) @qualifier .)
    (_) @qualifier]
  suffix: (navigation_suffix suffix: (simple_identifier) @name)) (call_suffix)) @reference.call
; The operand on the right of an operator, to which the grammar gives the call as a whole.
(call_expression . [
  (_ rhs: (simple_identifier) @name)
  (_ rhs: (prefix_expression operation: "." @qualifier target: (simple_identifier) @name))
  (_ rhs: (navigation_expression target: (_) @qualifier suffix: (navigation_suffix suffix: (simple_identifier) @name)))
  (_ if_nil: (simple_identifier) @name)
  (_ if_nil: (prefix_expression operation: "." @qualifier target: (simple_identifier) @name))
  (_ if_nil: (navigation_expression target: (_) @qualifier suffix: (navigation_suffix suffix: (simple_identifier) @name)))
  (prefix_expression operation: (_) target: (simple_identifier) @name)
  (prefix_expression operation: (_) target: (navigation_expression target: (_) @qualifier suffix: (navigation_suffix suffix: (simple_identifier) @name)))
  (try_expression expr: (simple_identifier) @name)
  (await_expression expr: (simple_identifier) @name)
  (ternary_expression if_false: (simple_identifier) @name)
  (ternary_expression if_false: (navigation_expression target: (_) @qualifier suffix: (navigation_suffix suffix: (simple_identifier) @name)))]
  (call_suffix [(value_arguments "(") (lambda_literal)])) @reference.call
(constructor_expression constructed_type: [
  (user_type . (type_identifier) @name .)
  (user_type . (type_identifier) @name . (type_arguments) .)
  (user_type (type_identifier) @qualifier . (type_identifier) @name .)
  (user_type (type_identifier) @qualifier . (type_identifier) @name . (type_arguments) .)
  (user_type (type_identifier) @qualifier . (type_arguments) . (type_identifier) @name .)
  (user_type (type_identifier) @qualifier . (type_arguments) . (type_identifier) @name . (type_arguments) .)]) @reference.call
(macro_invocation . (simple_identifier) @reference.call)
(infix_expression op: (custom_operator) @reference.call (#not-match? @reference.call "^([!=]=?=|[<>]=|!!|&[-+*]=?|&?<<=?|&?>>=?|[|&^%]=?|~=|[.][.][.<]|[?][?])$"))
(prefix_expression operation: (custom_operator) @reference.call (#not-match? @reference.call "^([!=]=?=|[<>]=|!!|&[-+*]=?|&?<<=?|&?>>=?|[|&^%]=?|~=|[.][.][.<]|[?][?])$"))
(postfix_expression operation: (custom_operator) @reference.call (#not-match? @reference.call "^([!=]=?=|[<>]=|!!|&[-+*]=?|&?<<=?|&?>>=?|[|&^%]=?|~=|[.][.][.<]|[?][?])$"))

; Members by name.
((navigation_expression
  target: [
    (postfix_expression target: (_) @qualifier operation: (bang))
    (tuple_expression . value: [(simple_identifier) (self_expression)] @qualifier .)
    (prefix_expression operation: (bang) target: (_) @qualifier)
    (_ rhs: (_) @qualifier)
    (nil_coalescing_expression if_nil: (_) @qualifier)
    (ternary_expression if_false: (_) @qualifier)
    (key_path_expression (type_identifier) @qualifier .)
    (_) @qualifier]
  suffix: (navigation_suffix suffix: (simple_identifier) @name)) @reference.value (#not-any-of? @name "self" "Type" "Protocol"))
(prefix_expression operation: "." @qualifier target: (simple_identifier) @name) @reference.value
(pattern (user_type) @qualifier . (simple_identifier) @name) @reference.value
(pattern "." @qualifier . (simple_identifier) @name) @reference.value
(if_statement condition: "." @qualifier . condition: (simple_identifier) @name) @reference.value
(guard_statement condition: "." @qualifier . condition: (simple_identifier) @name) @reference.value
(while_statement condition: "." @qualifier . condition: (simple_identifier) @name) @reference.value
(identifier (simple_identifier) @qualifier . (simple_identifier) @name) @reference.type
(identifier . (simple_identifier) @reference.type (#not-eq? @reference.type "Self"))

; Types.
((user_type (type_identifier) @qualifier . (type_identifier) @name) @reference.type (#not-any-of? @name "Type" "Protocol"))
(user_type (type_identifier) @qualifier . (type_arguments) . (type_identifier) @name) @reference.type

; What is left.
((type_identifier) @reference.type (#not-any-of? @reference.type "Self" "Type" "Protocol" "async" ""))
((simple_identifier) @reference.value (#not-match? @reference.value "^\\$[0-9]|^(self|Self|super|Type|Protocol|_|newValue|oldValue|error|defer|unsafe|)$"))
