; Where an edit stays local.
(translation_unit) @container
(preproc_if) @container
(preproc_ifdef) @container
(preproc_elif) @container
(preproc_elifdef) @container
(preproc_else) @container
(linkage_specification) @container
(declaration_list) @container
(field_declaration_list) @container
(enumerator_list) @container

; Scopes of locals. A macro's parameters are none but in its own line.
(function_definition) @local.scope
(compound_statement) @local.scope
(for_statement) @local.scope
(preproc_function_def) @local.scope

; Seen in this file only.
(function_definition (storage_class_specifier) @_s (#eq? @_s "static")) @file_local
(function_definition type: (type_identifier) @_s (#eq? @_s "STATIC")) @file_local
(declaration (storage_class_specifier) @_s (#eq? @_s "static")) @file_local

; KUnit knows a test by its parameter, others by a macro.
(function_definition
  declarator: (function_declarator
    parameters: (parameter_list . (parameter_declaration type: (struct_specifier name: (type_identifier) @_t)) .))
  (#eq? @_t "kunit")) @test
(function_definition
  type: (type_identifier) @_m
  declarator: (parenthesized_declarator)
  (#any-of? @_m "TEST" "START_TEST" "TEST_SIGNAL" "BENCHMARK")) @test

; Macros. The replacement is text to the grammar.
(preproc_def name: (identifier) @name) @definition.macro
(preproc_function_def name: (identifier) @name value: (preproc_arg)? @body) @definition.macro

; Functions. The name stands at the bottom of the declarators, whatever is returned.
; `__printf(1, 2)` before it looks like the name.
(function_definition
  declarator: (function_declarator
    declarator: (identifier) @_a
    (call_expression function: (identifier) @name))
  (#any-of? @_a "__printf" "__scanf" "__attribute__" "__section" "__aligned")) @definition.function
(function_definition
  type: (_) @type
  declarator: [(function_declarator) (pointer_declarator)] @name
  (#not-within? "function")
  (#descend! @name "declarator")
  (#has-parent? @name "function_declarator" "parenthesized_declarator")
  (#not-any-of? @name "if" "for" "while" "switch" "void" "__printf" "__scanf" "__attribute__" "__section" "__aligned")
) @definition.function
; In a function, `for_each(x) {` and `else if (x) {` look like one; it is one if it returns a type that is known.
(function_definition
  type: [(primitive_type) (sized_type_specifier) (struct_specifier) (union_specifier) (enum_specifier)] @type
  declarator: [(function_declarator) (pointer_declarator)] @name
  (#descend! @name "declarator")
  (#has-parent? @name "function_declarator" "parenthesized_declarator")
  (#not-any-of? @name "if" "for" "while" "switch" "void" "__printf" "__scanf" "__attribute__" "__section" "__aligned")
) @definition.function
; `size_t __attribute_const__ f(void) {`
(function_definition
  type: (type_identifier) @name
  declarator: (parenthesized_declarator (identifier) @_v)
  (#eq? @_v "void")) @definition.function
; `TEST(name) {`, `SYSCALL_DEFINE0(name) {`.
(function_definition
  type: (type_identifier) @_m
  declarator: (parenthesized_declarator (identifier) @name)
  (#not-within? "function")
  (#match? @_m "^[A-Z][A-Z0-9_]+$")) @definition.function
; What is left of a function whose body could not be parsed.
((function_declarator
  declarator: (identifier) @name
  parameters: (parameter_list . [(parameter_declaration declarator: (_)) (parameter_declaration type: (primitive_type))])
  .) @definition.function
  (#has-parent? @definition.function "ERROR")
  (#not-within? "function"))

; Types with a name of their own. Without a body it is a mention.
(struct_specifier name: (type_identifier) @name body: (_)) @definition.struct
(union_specifier name: (type_identifier) @name body: (_)) @definition.union
(enum_specifier name: (type_identifier) @name body: (_)) @definition.enum
(enumerator name: (identifier) @name) @definition.enum_member

; Typedefs. A second declarator first, so that it is not taken for a part of the first, which encloses the body of a
; type without a name.
(type_definition
  declarator: (type_identifier) @_a
  .
  (ERROR (identifier) @name)
  (#match? @_a "^__+[a-z]")) @definition.type_alias
(type_definition
  type: [(struct_specifier name: (_) @type) (union_specifier name: (_) @type) (_) @type]
  declarator: (_)
  declarator: [
    (type_identifier) @name
    (pointer_declarator declarator: (_) @name)
    (array_declarator declarator: (_) @name)
    (function_declarator declarator: (_) @name)
    (parenthesized_declarator (_) @name)
  ] @definition.type_alias
  (#descend! @name "declarator"))
(type_definition
  type: (struct_specifier !name body: (_) @body)
  declarator: (type_identifier) @name) @definition.struct
(type_definition
  type: (union_specifier !name body: (_) @body)
  declarator: (type_identifier) @name) @definition.union
(type_definition
  type: (enum_specifier !name body: (_) @body)
  declarator: (type_identifier) @name) @definition.enum
(type_definition
  type: [(struct_specifier !name body: (_) @body) (union_specifier !name body: (_) @body)]
  declarator: (_) @name
  (#descend! @name "declarator")) @definition.type_alias
(type_definition
  type: [(struct_specifier name: (_) @type) (union_specifier name: (_) @type) (_) @type]
  declarator: [
    (type_identifier) @name
    (pointer_declarator declarator: (_) @name)
    (array_declarator declarator: (_) @name)
    (function_declarator declarator: (_) @name)
    (parenthesized_declarator (_) @name)
  ] @definition.type_alias
  (#descend! @name "declarator")
  (#not-any-of? @name "" "__bitwise" "__packed" "__attribute__" "__aligned"))

; Fields. As with typedefs; a struct without a name is the field that is declared with it, or, with no field, a part of
; the struct around it.
(field_declaration
  declarator: (field_identifier) @_a
  .
  (ERROR (identifier) @name)
  (#match? @_a "^__+[a-z]")) @definition.field
(field_declaration
  (ERROR [(field_identifier) @name (array_declarator declarator: (field_identifier) @name)])
  .
  declarator: [(function_declarator declarator: (field_identifier) @_a) (field_identifier) @_a]
  (#match? @_a "^__+[a-z]")
  (#not-match? @name "^__")) @definition.field
(field_declaration
  declarator: (pointer_declarator
    (ERROR [(field_identifier) @name (array_declarator declarator: (field_identifier) @name)])
    declarator: [(function_declarator declarator: (field_identifier) @_a) (field_identifier) @_a])
  (#match? @_a "^__+[a-z]")
  (#not-match? @name "^__")) @definition.field
(field_declaration
  type: [(struct_specifier name: (_) @type) (union_specifier name: (_) @type) (_) @type]
  declarator: (_)
  declarator: [
    (field_identifier) @name
    (pointer_declarator declarator: (_) @name)
    (array_declarator declarator: (_) @name)
    (function_declarator declarator: (_) @name)
    (parenthesized_declarator (_) @name)
  ] @definition.field
  (#descend! @name "declarator"))
(field_declaration
  type: [(struct_specifier !name body: (_) @body) (union_specifier !name body: (_) @body)]
  declarator: (_) @name
  (#descend! @name "declarator")
  (#not-match? @name "^__+(packed|aligned|attribute|cacheline|randomize)")) @definition.field
(field_declaration
  type: [(struct_specifier name: (_) @type) (union_specifier name: (_) @type) (_) @type]
  declarator: [
    (field_identifier) @name
    (pointer_declarator declarator: (_) @name)
    (array_declarator declarator: (_) @name)
    (function_declarator declarator: (_) @name)
    (parenthesized_declarator (_) @name)
  ] @definition.field
  (#descend! @name "declarator")
  (#not-has-parent? @name "function_declarator")
  (#not-any-of? @name
    "" "__packed" "__rcu" "__private" "____cacheline_internodealigned_in_smp" "____cacheline_aligned" "____cacheline_aligned_in_smp" "__attribute__" "__attribute_const__"))

; Variables; inside a function they are locals. `int *(name)(int)` is a prototype, `int *(*name)(int)` a variable. `extern` ones and prototypes are defined elsewhere. A word like
; `__read_mostly` that the preprocessor would take away makes an ERROR: the name then is the other word.
(declaration
  .
  (_) @_first
  (ERROR [(identifier) @name (array_declarator declarator: (identifier) @name)])
  .
  declarator: [
    (identifier) @_a
    (init_declarator declarator: (identifier) @_a value: (initializer_list) @body)
    (init_declarator declarator: (identifier) @_a)
  ] @definition.variable
  (#not-eq? @_first "extern")
  (#match? @_a "^__+[a-z]")
  (#not-match? @name "^__"))
(declaration
  .
  (_) @_first
  declarator: (identifier) @_a
  .
  (ERROR (identifier) @name)
  (#not-eq? @_first "extern")
  (#match? @_a "^__+[a-z]")) @definition.variable
(declaration
  .
  (_) @_first
  declarator: (pointer_declarator (ERROR (identifier) @name) declarator: (identifier) @_a) @definition.variable
  (#not-eq? @_first "extern")
  (#match? @_a "^__+[a-z]")
  (#not-match? @name "^__"))
(declaration
  declarator: (init_declarator declarator: (identifier) @_a (ERROR (identifier) @name) value: (_) @body)
    @definition.variable
  (#match? @_a "^__+[a-z]"))
(declaration
  type: (type_identifier) @_m
  .
  (ERROR (type_descriptor type: (type_identifier) @definition.variable))
  .
  declarator: (identifier) @reference.value
  (#match? @_m "^(DEFINE|DECLARE)_"))
((declaration
  type: (_) @type
  declarator: (_)
  declarator: (init_declarator declarator: (_) @name value: (initializer_list)? @body) @definition.variable) @_d
  (#not-has-parent? @_d "ERROR")
  (#descend! @name "declarator")
  (#not-has-parent? @name "function_declarator"))
(declaration
  type: [(struct_specifier !name) (union_specifier !name)]
  declarator: (_)
  declarator: [
    (identifier) @name
    (pointer_declarator declarator: (_) @name)
    (array_declarator declarator: (_) @name)
    (function_declarator declarator: (_) @name)
    (parenthesized_declarator (_) @name)
  ] @definition.variable
  (#descend! @name "declarator")
  (#not-has-parent? @name "function_declarator"))
(declaration
  type: [(struct_specifier !name body: (_) @body) (union_specifier !name body: (_) @body)]
  declarator: (_) @name
  (#descend! @name "declarator")
  (#not-has-parent? @name "function_declarator")) @definition.variable
((declaration
  type: (_) @type
  declarator: (init_declarator declarator: (_) @name value: (initializer_list)? @body) @definition.variable) @_d
  (#not-has-parent? @_d "ERROR")
  (#descend! @name "declarator")
  (#not-has-parent? @name "function_declarator")
  (#not-any-of? @name
    "" "__maybe_unused" "__read_mostly" "__ro_after_init" "__initdata" "__initconst" "__devinitdata" "__net_initdata"
    "__used" "__unused" "__refdata" "____cacheline_aligned" "____cacheline_aligned_in_smp"))
((declaration
  .
  type: (_) @type
  declarator: [
    (identifier) @name
    (pointer_declarator declarator: [(identifier) (pointer_declarator) (array_declarator)] @name)
    (pointer_declarator declarator: (function_declarator declarator: (parenthesized_declarator (pointer_declarator) @name)))
    (array_declarator declarator: (_) @name)
    (function_declarator declarator: (parenthesized_declarator (pointer_declarator) @name))
  ] @definition.variable) @_d
  (#not-has-parent? @_d "ERROR")
  (#descend! @name "declarator")
  (#not-has-parent? @name "function_declarator")
  (#not-any-of? @name
    "" "struct" "enum" "int" "void" "unsigned" "long" "char" "const" "bool" "u64" "__packed" "____cacheline_aligned"
    "____cacheline_aligned_in_smp" "____cacheline_internodealigned_in_smp" "__randomize_layout" "__no_randomize_layout"
    "__visible" "__init" "__exit" "__read_mostly" "__ro_after_init" "__initdata" "__initconst" "__maybe_unused" "__used"
    "__attribute_const__" "__rcu" "__weak" "__must_check" "__always_inline" "__cold" "noinline" "noinline_for_stack"
    "nokprobe_inline" "notrace"))
((declaration
  .
  (_) @_first
  type: (_) @type
  declarator: [
    (identifier) @name
    (pointer_declarator declarator: [(identifier) (pointer_declarator) (array_declarator)] @name)
    (pointer_declarator declarator: (function_declarator declarator: (parenthesized_declarator (pointer_declarator) @name)))
    (array_declarator declarator: (_) @name)
    (function_declarator declarator: (parenthesized_declarator (pointer_declarator) @name))
  ] @definition.variable) @_d
  (#not-eq? @_first "extern")
  (#not-has-parent? @_d "ERROR")
  (#descend! @name "declarator")
  (#not-has-parent? @name "function_declarator")
  (#not-any-of? @name
    "" "struct" "enum" "int" "void" "unsigned" "long" "char" "const" "bool" "u64" "__packed" "____cacheline_aligned"
    "____cacheline_aligned_in_smp" "____cacheline_internodealigned_in_smp" "__randomize_layout" "__no_randomize_layout"
    "__visible" "__init" "__exit" "__read_mostly" "__ro_after_init" "__initdata" "__initconst" "__maybe_unused" "__used"
    "__attribute_const__" "__rcu" "__weak" "__must_check" "__always_inline" "__cold" "noinline" "noinline_for_stack"
    "nokprobe_inline" "notrace"))
; `static DEFINE_MUTEX(lock);`
(declaration
  type: (type_identifier) @_m
  declarator: (parenthesized_declarator (identifier) @name) @definition.variable
  (#match? @_m "^DEFINE_|^DECLARE_|_HEAD$"))
; In the ruins of a function a local looks like a global; `static` ones are nearly always global.
((declaration
  (storage_class_specifier) @_s
  declarator: [
    (init_declarator declarator: (_) @name value: (initializer_list)? @body)
    (identifier) @name
    (pointer_declarator declarator: (_) @name)
    (array_declarator declarator: (_) @name)
  ] @definition.variable) @_d
  (#eq? @_s "static")
  (#has-parent? @_d "ERROR")
  (#descend! @name "declarator")
  (#not-has-parent? @name "function_declarator"))
((declaration
  declarator: [
    (init_declarator declarator: (_) @local.definition)
    (identifier) @local.definition
    (pointer_declarator declarator: (_) @local.definition)
    (array_declarator declarator: (_) @local.definition)
  ]) @_d
  (#has-parent? @_d "ERROR")
  (#descend! @local.definition "declarator"))
(declaration (ERROR (function_declarator declarator: (identifier) @local.definition)))

; Macros that the kernel and those who learned from it define variables by.
(expression_statement
  (call_expression function: (identifier) @_m arguments: (argument_list . (identifier) @name))
  (#any-of? @_m
    "LIST_HEAD" "HLIST_HEAD" "DEFINE_MUTEX" "DEFINE_SPINLOCK" "DEFINE_RAW_SPINLOCK" "DEFINE_RWLOCK" "DEFINE_SEMAPHORE"
    "DEFINE_IDA" "DEFINE_IDR" "DEFINE_XARRAY" "DEFINE_XARRAY_ALLOC" "DEFINE_HASHTABLE" "DEFINE_RATELIMIT_STATE"
    "DEFINE_STATIC_KEY_FALSE" "DEFINE_STATIC_KEY_TRUE" "DEFINE_STATIC_SRCU" "DEFINE_SRCU" "DEFINE_TIMER" "DEFINE_WAIT"
    "DEFINE_WAIT_FUNC" "DECLARE_RWSEM" "DECLARE_WAIT_QUEUE_HEAD" "DECLARE_WAITQUEUE" "DECLARE_COMPLETION"
    "DECLARE_COMPLETION_ONSTACK" "DECLARE_WORK" "DECLARE_DELAYED_WORK" "DECLARE_BITMAP"
    "BLOCKING_NOTIFIER_HEAD" "ATOMIC_NOTIFIER_HEAD" "RAW_NOTIFIER_HEAD")) @definition.variable
((macro_type_specifier
  name: (identifier) @_m
  [(ERROR (identifier) @name) (type_descriptor type: (type_identifier) @name)]) @definition.variable
  (#has-parent? @definition.variable "declaration")
  (#match? @_m "^(DEFINE|DECLARE)_PER_CPU"))
((macro_type_specifier
  name: (identifier) @_m
  .
  [(ERROR (type_descriptor type: (type_identifier) @name)) (type_descriptor type: (type_identifier) @name)])
    @definition.variable
  (#has-parent? @definition.variable "declaration" "compound_statement")
  (#match? @_m "^(DEFINE|DECLARE)_")
  (#not-match? @_m "PER_CPU"))
((macro_type_specifier
  name: (identifier) @_m
  .
  [(ERROR (type_descriptor type: (type_identifier) @name)) (type_descriptor type: (type_identifier) @name)])
    @definition.field
  (#has-parent? @definition.field "field_declaration")
  (#match? @_m "^DECLARE_"))
; A system call's body stands beside what names it, to the grammar.
(expression_statement
  (call_expression function: (identifier) @_m arguments: (argument_list . (identifier) @name))
  (#any-of? @_m
    "SYSCALL_DEFINE1" "SYSCALL_DEFINE2" "SYSCALL_DEFINE3" "SYSCALL_DEFINE4" "SYSCALL_DEFINE5" "SYSCALL_DEFINE6"
    "COMPAT_SYSCALL_DEFINE1" "COMPAT_SYSCALL_DEFINE2" "COMPAT_SYSCALL_DEFINE3" "COMPAT_SYSCALL_DEFINE4"
    "COMPAT_SYSCALL_DEFINE5" "COMPAT_SYSCALL_DEFINE6" "BPF_CALL_1" "BPF_CALL_2" "BPF_CALL_3" "BPF_CALL_4"
    "BPF_CALL_5")) @definition.function

; Parameters, K&R ones included, and names that are declared here but defined elsewhere.
(parameter_declaration
  type: (_) @type
  declarator: [(identifier) (pointer_declarator) (array_declarator) (function_declarator) (parenthesized_declarator)]
    @local.definition
  (#descend! @local.definition "declarator"))
(parameter_list (identifier) @local.definition)
(preproc_params (identifier) @local.definition)
(declaration
  declarator: [(function_declarator) (pointer_declarator) (parenthesized_declarator)] @ignore
  (#descend! @ignore "declarator")
  (#has-parent? @ignore "function_declarator"))
(declaration
  .
  (storage_class_specifier) @_s
  declarator: [(identifier) (pointer_declarator) (array_declarator) (function_declarator)] @ignore
  (#eq? @_s "extern")
  (#descend! @ignore "declarator")
  (#not-has-parent? @ignore "function_declarator"))
(declaration
  .
  (storage_class_specifier) @_s
  [(ERROR (identifier) @local.definition) (pointer_declarator (ERROR (identifier) @local.definition))]
  (#eq? @_s "extern")
  (#not-match? @local.definition "^__"))

; Words that name nothing. Taken as a local, the word of an operator is no call.
(attribute_specifier
  (argument_list
    (call_expression function: (identifier) @_f arguments: (argument_list (identifier) @reference.value)))
  (#any-of? @_f "cleanup" "__cleanup__" "aligned" "__aligned__" "vector_size" "__vector_size__" "counted_by"))
(attribute_specifier (argument_list [(identifier) (call_expression)] @ignore))
(attribute name: (identifier) @ignore)
(macro_type_specifier
  name: (identifier) @local.definition
  (#any-of? @local.definition "typeof" "__typeof__" "__typeof" "typeof_unqual"))
(call_expression
  function: (identifier) @local.definition
  (#any-of? @local.definition "typeof" "__typeof__" "__typeof" "typeof_unqual" "_Static_assert"))
(generic_expression (type_descriptor type: (type_identifier) @ignore (#eq? @ignore "default")))
(pointer_expression operator: "&" argument: (pointer_expression operator: "&" argument: (identifier) @ignore))
(gnu_asm_output_operand symbol: (identifier) @ignore)
(gnu_asm_input_operand symbol: (identifier) @ignore)
(gnu_asm_goto_list label: (identifier) @ignore)

(preproc_include path: [(system_lib_string) (string_literal)] @name) @reference.import

; Calls, the function named, in a variable, a field, or an array of those.
(call_expression function: (identifier) @name) @reference.call
(call_expression
  function: (field_expression argument: (_) @qualifier field: (field_identifier) @name)) @reference.call
(call_expression function: (subscript_expression argument: (identifier) @name)) @reference.call
(call_expression
  function: (subscript_expression
    argument: (field_expression argument: (_) @qualifier field: (field_identifier) @name))) @reference.call
(call_expression
  function: (parenthesized_expression
    [(identifier) @name
      (pointer_expression argument: (identifier) @name)
      (field_expression argument: (_) @qualifier field: (field_identifier) @name)
      (pointer_expression
        argument: (field_expression argument: (_) @qualifier field: (field_identifier) @name))])) @reference.call
(macro_type_specifier name: (identifier) @name) @reference.call
(declaration type: (type_identifier) @name declarator: (parenthesized_declarator (identifier))) @reference.call
(function_definition type: (type_identifier) @name declarator: (parenthesized_declarator (identifier))) @reference.call

; What else is named.
((preproc_call directive: (preproc_directive) @_d argument: (preproc_arg) @reference.value)
  (#eq? @_d "#undef")
  (#match? @reference.value "^[A-Za-z_][A-Za-z0-9_]*$"))
((type_identifier) @reference.type (#not-eq? @reference.type ""))
; Keywords of types are names where a macro takes a type for an argument.
((identifier) @reference.value
  (#not-any-of? @reference.value "" "struct" "int" "unsigned" "const" "long" "void" "char" "enum" "union" "short" "if"))
