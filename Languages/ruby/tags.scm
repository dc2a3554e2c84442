; Ruby. Names that are written as symbols (`attr_reader :x`) are `:x` in the grammar; the manifest's `nameMarks` says that
; the colon is none of the name.

; Containers: a file, bodies of classes and modules, and what may stand around a definition in them.
(program) @container
(module) @container
(class) @container
(singleton_class) @container
(body_statement) @container
(if) @container
(unless) @container
(elsif) @container
(then) @container
(else) @container
(begin) @container
(rescue) @container
(ensure) @container

; Scopes of locals. The locals of a file or of a class's body are seen by no method in it, but there is no way to say so; where
; there are some, what stands in it is one piece.
(method) @local.scope
(singleton_method) @local.scope
(lambda) @local.scope
(block) @local.scope
(do_block) @local.scope
((program [
  (assignment left: [(identifier) (left_assignment_list (identifier))])
  (assignment right: (assignment left: (identifier)))
  (operator_assignment left: (identifier))
  (for)
  (if condition: (assignment left: (identifier)))
  (if_modifier body: [
    (assignment left: [(identifier) (left_assignment_list (identifier))])
    (operator_assignment left: (identifier))])
  (unless_modifier body: [(assignment left: (identifier)) (operator_assignment left: (identifier))])
  (if consequence: (then [(assignment left: (identifier)) (operator_assignment left: (identifier))]))
  (if alternative: (else [(assignment left: (identifier)) (operator_assignment left: (identifier))]))
  (unless consequence: (then [(assignment left: (identifier)) (operator_assignment left: (identifier))]))
  (begin [(assignment left: (identifier)) (operator_assignment left: (identifier))])
  (begin (rescue variable: (_)))
  (while condition: (assignment left: (identifier)))
  (while body: (do [(assignment left: (identifier)) (operator_assignment left: (identifier))]))
  (until body: (do [(assignment left: (identifier)) (operator_assignment left: (identifier))]))
  (case (when body: (then (assignment left: (identifier)))))
  (case_match)
  (match_pattern)]) @local.scope)
((body_statement [
  (assignment left: [(identifier) (left_assignment_list (identifier))])
  (assignment right: (assignment left: (identifier)))
  (operator_assignment left: (identifier))
  (for)
  (if condition: (assignment left: (identifier)))
  (if_modifier body: [
    (assignment left: [(identifier) (left_assignment_list (identifier))])
    (operator_assignment left: (identifier))])
  (unless_modifier body: [(assignment left: (identifier)) (operator_assignment left: (identifier))])
  (if consequence: (then [(assignment left: (identifier)) (operator_assignment left: (identifier))]))
  (if alternative: (else [(assignment left: (identifier)) (operator_assignment left: (identifier))]))
  (unless consequence: (then [(assignment left: (identifier)) (operator_assignment left: (identifier))]))
  (begin [(assignment left: (identifier)) (operator_assignment left: (identifier))])
  (rescue variable: (_))]) @local.scope
  (#has-parent? @local.scope "class" "module" "singleton_class"))

; Test code: classes of Minitest, test-unit and Rails, by their base.
((class superclass: (superclass [(constant) @_base (scope_resolution name: (constant) @_base)])) @test
  (#match? @_base "^(TestCase|[A-Za-z0-9]+TestCase|Test|IntegrationTest|[A-Za-z0-9]+[a-z]Test)$"))
((class superclass: (superclass (scope_resolution) @_base)) @test
  (#match? @_base "^(::)?Mini[Tt]est::Spec$"))

; Groups and examples of RSpec, Minitest's specs, Rails' `test "..." do` and shoulda: a title and a block. All within is test
; code. A class that is the title is referred to as well.
((call
  !receiver
  method: (identifier) @_test
  arguments: (argument_list
    .
    [(string . (string_content) @name .)
     (string (interpolation)) @name
     (string (escape_sequence)) @name
     (chained_string) @name])
  block: (_) @body) @definition.test
  (#any-of? @_test
    "describe" "fdescribe" "xdescribe" "context" "fcontext" "xcontext" "feature" "xfeature" "it" "fit" "xit" "specify"
    "fspecify" "xspecify" "example" "fexample" "xexample" "scenario" "xscenario" "test" "should" "its" "shared_examples"
    "shared_examples_for" "shared_context")
  (#set! test))
((call
  !receiver
  method: (identifier) @_test
  arguments: (argument_list . [(constant) (scope_resolution)]) @name
  block: (_) @body) @definition.test
  (#any-of? @_test "describe" "fdescribe" "xdescribe" "context" "fcontext" "xcontext" "feature")
  (#set! test))
((call
  !receiver
  method: (identifier) @_test
  arguments: (argument_list . [(simple_symbol) @name (delimited_symbol . (string_content) @name .)])
  block: (_) @body) @definition.test
  (#any-of? @_test "describe" "context" "shared_examples" "shared_examples_for" "shared_context" "its")
  (#set! test))
((call
  receiver: (constant) @_rspec
  method: (identifier) @_test
  arguments: [
    (argument_list . (string . (string_content) @name .))
    (argument_list . (string (interpolation)) @name)
    (argument_list . (string (escape_sequence)) @name)
    (argument_list . (simple_symbol) @name)
    (argument_list . [(constant) (scope_resolution)]) @name]
  block: (_) @body) @definition.test
  (#eq? @_rspec "RSpec")
  (#any-of? @_test
    "describe" "fdescribe" "xdescribe" "context" "fcontext" "xcontext" "feature" "shared_examples" "shared_examples_for"
    "shared_context")
  (#set! test))
; An example without a title.
((call !receiver method: (identifier) @name !arguments block: (_) @body) @definition.test
  (#any-of? @name "it" "fit" "xit" "specify" "example") (#set! test))
; What a group remembers is called like a method; its subject also without a name of its own.
((call !receiver method: (identifier) @name !arguments block: (_) @body) @definition.method
  (#any-of? @name "subject" "subject!") (#set! test))
((call
  !receiver
  method: (identifier) @_let
  arguments: (argument_list . [(simple_symbol) @name (string . (string_content) @name .)])
  block: (_) @body) @definition.method
  (#any-of? @_let "let" "let!" "let_it_be" "subject" "subject!" "given" "given!") (#set! test))

; Classes and modules. `class A::B::C` stands in further pieces of A and of B, made from the outermost inwards; all pieces of
; one place in a file are one.
(class name: (scope_resolution scope: (scope_resolution scope: (scope_resolution scope: (scope_resolution scope: (scope_resolution scope: [(constant) @name (scope_resolution name: (constant) @name)])))))) @definition.impl
(class name: (scope_resolution scope: (scope_resolution scope: (scope_resolution scope: (scope_resolution scope: [(constant) @name (scope_resolution name: (constant) @name)]))))) @definition.impl
(class name: (scope_resolution scope: (scope_resolution scope: (scope_resolution scope: [(constant) @name (scope_resolution name: (constant) @name)])))) @definition.impl
(class name: (scope_resolution scope: (scope_resolution scope: [(constant) @name (scope_resolution name: (constant) @name)]))) @definition.impl
(class name: (scope_resolution scope: [(constant) @name (scope_resolution name: (constant) @name)])) @definition.impl
(module name: (scope_resolution scope: (scope_resolution scope: (scope_resolution scope: (scope_resolution scope: (scope_resolution scope: [(constant) @name (scope_resolution name: (constant) @name)])))))) @definition.impl
(module name: (scope_resolution scope: (scope_resolution scope: (scope_resolution scope: (scope_resolution scope: [(constant) @name (scope_resolution name: (constant) @name)]))))) @definition.impl
(module name: (scope_resolution scope: (scope_resolution scope: (scope_resolution scope: [(constant) @name (scope_resolution name: (constant) @name)])))) @definition.impl
(module name: (scope_resolution scope: (scope_resolution scope: [(constant) @name (scope_resolution name: (constant) @name)]))) @definition.impl
(module name: (scope_resolution scope: [(constant) @name (scope_resolution name: (constant) @name)])) @definition.impl
(class name: [(constant) @name (scope_resolution name: (constant) @name)]) @definition.class
(module name: [(constant) @name (scope_resolution name: (constant) @name)]) @definition.module

; Those that are made by a call and bound to a constant.
(assignment left: (scope_resolution scope: (scope_resolution scope: (scope_resolution scope: (scope_resolution scope: [(constant) @name (scope_resolution name: (constant) @name)]))))) @definition.impl
(assignment left: (scope_resolution scope: (scope_resolution scope: (scope_resolution scope: [(constant) @name (scope_resolution name: (constant) @name)])))) @definition.impl
(assignment left: (scope_resolution scope: (scope_resolution scope: [(constant) @name (scope_resolution name: (constant) @name)]))) @definition.impl
(assignment left: (scope_resolution scope: [(constant) @name (scope_resolution name: (constant) @name)])) @definition.impl
((assignment
  left: [(constant) @name (scope_resolution name: (constant) @name)]
  right: (call receiver: (constant) @_maker method: (identifier) @_new block: (_)? @body)) @definition.struct
  (#any-of? @_maker "Struct" "Data") (#any-of? @_new "new" "define"))
((operator_assignment
  left: (constant) @name
  right: (call receiver: (constant) @_maker method: (identifier) @_new block: (_)? @body)) @definition.struct
  (#any-of? @_maker "Struct" "Data") (#any-of? @_new "new" "define"))
((assignment
  left: [(constant) @name (scope_resolution name: (constant) @name)]
  right: (call receiver: (constant) @_maker method: (identifier) @_new block: (_)? @body)) @definition.class
  (#eq? @_maker "Class") (#eq? @_new "new"))
((assignment
  left: [(constant) @name (scope_resolution name: (constant) @name)]
  right: (call receiver: (constant) @_maker method: (identifier) @_new block: (_)? @body)) @definition.module
  (#eq? @_maker "Module") (#eq? @_new "new"))
; Their members.
((call
  receiver: (constant) @_maker method: (identifier) @_new
  arguments: (argument_list (simple_symbol) @name @definition.property))
  (#any-of? @_maker "Struct" "Data") (#any-of? @_new "new" "define") (#within? "struct" "class"))

; Further pieces of a class: a refinement; one opened by a call.
((call
  !receiver
  method: (identifier) @_refine
  arguments: (argument_list . [(constant) @name (scope_resolution name: (constant) @name)])
  block: (_) @body) @definition.extension
  (#eq? @_refine "refine"))
((call
  receiver: [(constant) @name (scope_resolution name: (constant) @name)]
  method: (identifier) @_open
  block: (_) @body) @definition.impl
  (#any-of? @_open "class_eval" "class_exec" "module_eval" "module_exec"))
((singleton_method object: (constant) @name) @definition.impl
  (#not-within? "class" "module" "struct" "impl" "extension"))

; Methods. One outside of any class is a function.
((method name: (identifier) @name) @definition.constructor
  (#eq? @name "initialize") (#within? "class" "module" "struct" "impl" "extension"))
(method name: (setter) @name) @definition.setter
(method name: (operator) @name) @definition.operator
((method name: [(identifier) (constant)] @name) @definition.method
  (#within? "class" "module" "struct" "impl" "extension" "method" "constructor" "setter" "operator"))
(method name: [(identifier) (constant)] @name) @definition.function
(singleton_method name: (setter) @name) @definition.setter
(singleton_method name: (operator) @name) @definition.operator
(singleton_method name: [(identifier) (constant)] @name) @definition.method
(setter name: (_) @ignore)

; Methods that are defined by a call.
((call
  method: (identifier) @_define
  arguments: (argument_list
    . [(simple_symbol) @name (string . (string_content) @name .) (delimited_symbol . (string_content) @name .)])
  block: (_)? @body) @definition.method
  (#any-of? @_define "define_method" "define_singleton_method"))
((alias name: [(identifier) (constant) (operator) (setter) (simple_symbol)] @name) @definition.method
  (#within? "class" "module" "struct" "impl" "extension"))
(alias name: [(identifier) (constant) (operator) (setter) (simple_symbol)] @name) @definition.function
(alias name: (global_variable) @name) @definition.variable
(alias alias: [(identifier) (constant) (operator) (setter) (simple_symbol) (global_variable)] @reference.value)
((call
  method: (identifier) @_alias
  arguments: (argument_list
    . [(simple_symbol) @name (string . (string_content) @name .)]
    . (_))) @definition.method
  (#any-of? @_alias "alias_method" "alias_attribute"))
((call
  method: (identifier) @_alias
  arguments: (argument_list
    . [(simple_symbol) (string)]
    . [(simple_symbol) @reference.value (string . (string_content) @reference.value .)]))
  (#any-of? @_alias "alias_method" "alias_attribute"))
; Forwardable, and Rails' delegate.
((call
  !receiver
  method: (identifier) @_delegate
  arguments: (argument_list . (_) (simple_symbol) @name @definition.method))
  (#any-of? @_delegate "def_delegators" "def_instance_delegators") (#within? "class" "module" "struct"))
((call
  !receiver
  method: (identifier) @_delegate
  arguments: (argument_list (_) . (simple_symbol) @name .)) @definition.method
  (#any-of? @_delegate "def_delegator" "def_instance_delegator") (#within? "class" "module" "struct"))
((call
  !receiver
  method: (identifier) @_delegate
  arguments: (argument_list (simple_symbol) @name @definition.method (pair key: (hash_key_symbol) @_to)))
  (#eq? @_delegate "delegate") (#eq? @_to "to") (#within? "class" "module" "struct"))
; Rails' scopes.
((call
  !receiver
  method: (identifier) @_scope
  arguments: (argument_list . (simple_symbol) @name . [(lambda) (call)])) @definition.method
  (#eq? @_scope "scope") (#within? "class" "module"))

; Properties: Ruby's own, and those of Rails. One that is declared alone encloses the call, of several each but its symbol.
((call
  !receiver
  method: (identifier) @_attribute
  arguments: [
    (argument_list . (simple_symbol) @name .)
    (argument_list . (string . (string_content) @name .) .)
    (argument_list . (simple_symbol) @name . (pair))]) @definition.property
  (#any-of? @_attribute
    "attr_accessor" "attr_reader" "attr_writer" "attr" "class_attribute" "mattr_accessor" "mattr_reader" "mattr_writer"
    "cattr_accessor" "cattr_reader" "cattr_writer" "thread_mattr_accessor" "thread_mattr_reader" "thread_mattr_writer"
    "thread_cattr_accessor" "attr_internal" "attr_internal_accessor" "attr_internal_reader" "attr_internal_writer"
    "config_accessor"))
((call
  !receiver
  method: (identifier) @_attribute
  arguments: (argument_list [
    (simple_symbol) @name @definition.property
    (string . (string_content) @name .) @definition.property
    (delimited_symbol . (string_content) @name .) @definition.property
    (symbol_array (bare_symbol) @name @definition.property)
    (splat_argument (symbol_array (bare_symbol) @name @definition.property))
    (splat_argument (array (simple_symbol) @name @definition.property))]))
  (#any-of? @_attribute
    "attr_accessor" "attr_reader" "attr_writer" "attr" "class_attribute" "mattr_accessor" "mattr_reader" "mattr_writer"
    "cattr_accessor" "cattr_reader" "cattr_writer" "thread_mattr_accessor" "thread_mattr_reader" "thread_mattr_writer"
    "thread_cattr_accessor" "attr_internal" "attr_internal_accessor" "attr_internal_reader" "attr_internal_writer"
    "config_accessor"))
((call
  !receiver
  method: (identifier) @_attribute
  arguments: (argument_list . (simple_symbol) @name)) @definition.property
  (#any-of? @_attribute "has_many" "has_one" "belongs_to" "has_and_belongs_to_many" "has_one_attached" "has_many_attached")
  (#within? "class" "module"))

; Lambdas that are bound to a name.
(assignment
  left: [[(identifier) (constant)] @name (scope_resolution name: (constant) @name)]
  right: (lambda body: (_) @body)) @definition.function
((assignment
  left: [[(identifier) (constant)] @name (scope_resolution name: (constant) @name)]
  right: (call !receiver method: (identifier) @_lambda block: (_) @body)) @definition.function
  (#any-of? @_lambda "lambda" "proc"))
((assignment
  left: [[(identifier) (constant)] @name (scope_resolution name: (constant) @name)]
  right: (call receiver: (constant) @_proc method: (identifier) @_new block: (_) @body)) @definition.function
  (#eq? @_proc "Proc") (#eq? @_new "new"))

; Constants. A lone target encloses its value; of several each is an entity without extent.
(assignment
  left: [(constant) @name @definition.constant (scope_resolution name: (constant) @name @definition.constant)]
  right: (assignment))
((assignment
  left: [(constant) @name (scope_resolution name: (constant) @name)]
  right: (call receiver: [(constant) (scope_resolution)] @type method: (identifier) @_new)) @definition.constant
  (#eq? @_new "new"))
(assignment
  left: [(constant) @name (scope_resolution name: (constant) @name)]
  right: [(constant) (scope_resolution)] @value) @definition.constant
(assignment left: [(constant) @name (scope_resolution name: (constant) @name)]) @definition.constant
(operator_assignment left: [(constant) @name (scope_resolution name: (constant) @name)]) @definition.constant
(left_assignment_list [
  (constant) @name @definition.constant
  (scope_resolution name: (constant) @name @definition.constant)
  (rest_assignment (constant) @name @definition.constant)])
((call
  !receiver
  method: (identifier) @_set
  arguments: (argument_list . (simple_symbol) @name . (_))) @definition.constant
  (#eq? @_set "const_set") (#within? "class" "module"))

; Variables of a class, and global ones, where they are set outside of methods.
((assignment left: [(class_variable) (instance_variable)] @name) @definition.field (#within? "class" "module" "struct"))
((operator_assignment left: [(class_variable) (instance_variable)] @name) @definition.field
  (#within? "class" "module" "struct"))
((assignment left: (global_variable) @name) @definition.variable
  (#not-within? "function" "method" "constructor" "setter" "operator" "test")
  (#match? @name "^[$][A-Za-z_][A-Za-z0-9_]+$"))
((operator_assignment left: (global_variable) @name) @definition.variable
  (#not-within? "function" "method" "constructor" "setter" "operator" "test")
  (#match? @name "^[$][A-Za-z_][A-Za-z0-9_]+$"))

; Locals and parameters.
((assignment
  left: (identifier) @local.definition
  right: (call receiver: [(constant) (scope_resolution)] @type method: (identifier) @_new))
  (#eq? @_new "new"))
((operator_assignment
  left: (identifier) @local.definition
  right: (call receiver: [(constant) (scope_resolution)] @type method: (identifier) @_new))
  (#eq? @_new "new"))
((optional_parameter
  name: (identifier) @local.definition
  value: (call receiver: [(constant) (scope_resolution)] @type method: (identifier) @_new))
  (#eq? @_new "new"))
(assignment left: (identifier) @local.definition right: [(constant) (scope_resolution)] @value)
(rescue
  exceptions: (exceptions . [(constant) (scope_resolution)] @type .)
  variable: (exception_variable (identifier) @local.definition))
(as_pattern value: [(constant) (scope_resolution)] @type name: (identifier) @local.definition)
(assignment left: (identifier) @local.definition)
(operator_assignment left: (identifier) @local.definition)
(left_assignment_list (identifier) @local.definition)
(destructured_left_assignment (identifier) @local.definition)
(rest_assignment (identifier) @local.definition)
(method_parameters (identifier) @local.definition)
(lambda_parameters (identifier) @local.definition)
(block_parameters (identifier) @local.definition)
(destructured_parameter (identifier) @local.definition)
(optional_parameter name: (identifier) @local.definition)
(keyword_parameter name: (identifier) @local.definition)
(splat_parameter name: (identifier) @local.definition)
(hash_splat_parameter name: (identifier) @local.definition)
(block_parameter name: (identifier) @local.definition)
(exception_variable (identifier) @local.definition)
(for pattern: (identifier) @local.definition)
; What a pattern binds.
(in_clause pattern: (identifier) @local.definition)
(match_pattern pattern: (identifier) @local.definition)
(test_pattern pattern: (identifier) @local.definition)
(array_pattern (identifier) @local.definition)
(find_pattern (identifier) @local.definition)
(parenthesized_pattern (identifier) @local.definition)
(as_pattern name: (identifier) @local.definition)
(keyword_pattern value: (identifier) @local.definition)
(keyword_pattern key: (hash_key_symbol) @local.definition !value)

; Imports.
((call
  !receiver
  method: (identifier) @ignore
  arguments: (argument_list . (string . (string_content) @name .))) @reference.import
  (#any-of? @ignore "require" "require_relative" "load" "require_dependency"))
((call
  receiver: (constant) @_kernel
  method: (identifier) @ignore
  arguments: (argument_list . (string . (string_content) @name .))) @reference.import
  (#eq? @_kernel "Kernel") (#any-of? @ignore "require" "require_relative" "load"))
((call
  method: (identifier) @ignore
  arguments: (argument_list . (simple_symbol) @alias . (string . (string_content) @name .))) @reference.import
  (#eq? @ignore "autoload"))
((call
  !receiver
  method: (identifier) @ignore
  arguments: [
    (argument_list . (simple_symbol) @name .)
    (argument_list . (simple_symbol) @name . [(call) (identifier) (constant)])]) @reference.import
  (#eq? @ignore "autoload"))

; Bases.
(superclass [
  (constant) @name
  (scope_resolution scope: (_) @qualifier name: (constant) @name)
  (scope_resolution !scope name: (constant) @name)
  (element_reference object: (constant) @name)
  (element_reference object: (scope_resolution scope: (_) @qualifier name: (constant) @name))
  (call receiver: (constant) @name)]) @reference.inheritance
((superclass (call !receiver method: (_) @_delegate arguments: (argument_list . [
  (constant) @name
  (scope_resolution scope: (_) @qualifier name: (constant) @name)]))) @reference.inheritance
  (#eq? @_delegate "DelegateClass"))
((assignment
  left: [(constant) (scope_resolution)]
  right: (call
    receiver: (constant) @_maker
    method: (identifier) @_new
    arguments: (argument_list . [
      (constant) @name
      (scope_resolution scope: (_) @qualifier name: (constant) @name)
      (scope_resolution !scope name: (constant) @name)]))) @reference.inheritance
  (#eq? @_maker "Class") (#eq? @_new "new"))
; Modules that are mixed in. Within an example of RSpec `include` is a matcher.
((call
  !receiver
  method: (identifier) @ignore
  arguments: (argument_list [
    (constant) @name
    (scope_resolution scope: (_) @qualifier name: (constant) @name)
    (scope_resolution !scope name: (constant) @name)])) @reference.implementation
  (#any-of? @ignore "include" "extend" "prepend")
  (#not-within? "function" "method" "constructor" "setter" "operator")
  (#not-has-parent? @reference.implementation "argument_list" "binary" "pair"))

; Calls. `Foo.new` calls Foo, as making one does in other languages. `super` is a call. The words of imports and mixins are where they were no such thing: then a name like any other.
((call
  receiver: [
    (constant) @name
    (scope_resolution scope: (_) @qualifier name: (constant) @name)
    (scope_resolution !scope name: (constant) @name)]
  method: (identifier) @ignore) @reference.call
  (#eq? @ignore "new"))
((call receiver: (_) @qualifier method: (identifier) @name) @reference.call
  (#eq? @name "new") (#not-match? @qualifier "^(::)?[A-Z][A-Za-z0-9_]*(::[A-Z][A-Za-z0-9_]*)*$"))
((call receiver: (_) @qualifier method: [(identifier) (constant) (operator)] @name) @reference.call
  (#not-eq? @name "new"))
((call !receiver method: [(identifier) (constant)] @name arguments: (_)) @reference.send
  (#not-any-of? @name
    "require" "require_relative" "load" "require_dependency" "autoload" "include" "extend" "prepend"))
((call !receiver method: [(identifier) (constant)] @name) @reference.call
  (#not-any-of? @name
    "require" "require_relative" "load" "require_dependency" "autoload" "include" "extend" "prepend"))
(super) @reference.call
; By symbol: `map(&:name)`, `send(:name)`.
(block_argument "&" @qualifier (simple_symbol) @name) @reference.call
((call
  receiver: (_) @qualifier
  method: (identifier) @_send
  arguments: (argument_list . (simple_symbol) @name)) @reference.call
  (#any-of? @_send "send" "public_send" "__send__" "try" "try!"))
((call
  !receiver
  method: (identifier) @_send
  arguments: (argument_list . (simple_symbol) @name)) @reference.call
  (#any-of? @_send "send" "public_send" "__send__"))

; Symbols that name a method, or a constant, for sure.
((call
  receiver: (_) @qualifier
  method: (identifier) @_method
  arguments: (argument_list . (simple_symbol) @name)) @reference.value
  (#any-of? @_method
    "method" "public_method" "instance_method" "public_instance_method" "method_defined?" "instance_methods"
    "const_get" "remove_method" "undef_method" "respond_to?"))
((call
  !receiver
  method: (identifier) @_method
  arguments: (argument_list . (simple_symbol) @reference.value))
  (#any-of? @_method
    "method" "public_method" "instance_method" "public_instance_method" "method_defined?" "const_get" "respond_to?"))
((call
  method: (identifier) @_modifier
  arguments: (argument_list (simple_symbol) @reference.value))
  (#any-of? @_modifier
    "private" "public" "protected" "module_function" "private_class_method" "public_class_method" "private_constant"
    "deprecate_constant" "remove_method" "undef_method" "ruby2_keywords" "helper_method"))
(undef [(identifier) (constant) (simple_symbol)] @reference.value)
; Callbacks of Rails.
((call
  !receiver
  method: (identifier) @_callback
  arguments: (argument_list (simple_symbol) @reference.value))
  (#match? @_callback "^(skip_|prepend_|append_)?(before|after|around)_[a-z_]+$|^validate$")
  (#within? "class" "module"))
((pair key: (hash_key_symbol) @_if value: (simple_symbol) @reference.value)
  (#any-of? @_if "if" "unless") (#within? "class" "module"))
((call
  !receiver
  method: (identifier) @_rescue
  arguments: (argument_list (pair key: (hash_key_symbol) @_with value: (simple_symbol) @reference.value)))
  (#eq? @_rescue "rescue_from") (#eq? @_with "with"))

; Constants, and variables of classes and global ones.
(scope_resolution scope: (_) @qualifier name: (constant) @name) @reference.constant
(constant) @reference.constant
(class_variable) @reference.value
((global_variable) @reference.value (#match? @reference.value "^[$][A-Za-z_][A-Za-z0-9_]+$"))

; A name that is no local is a call. So is a keyword without value: `f(name:)`.
(pair key: (hash_key_symbol) @reference.call !value)
((identifier) @reference.call
  (#not-any-of? @reference.call
    "__FILE__" "__LINE__" "__ENCODING__" "_1" "_2" "_3" "_4" "_5" "_6" "_7" "_8" "_9" "it" ""))
