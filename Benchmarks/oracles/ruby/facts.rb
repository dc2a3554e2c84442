#!/usr/bin/ruby
# frozen_string_literal: true

# facts.rb DIR: prints as NDJSON what Ruby's own parser (Ripper) finds in the Ruby files below DIR: entities, calls,
# imports and bases. Lines and columns count from 1, columns in bytes.
require "json"
require "ripper"

# A syntax tree of Ripper's with the last line of each definition, and the places of `super`.
class Tree < Ripper::SexpBuilderPP
  attr_reader :supers

  def initialize(*)
    super
    @supers = []
  end

  %i[on_def on_defs on_class on_module on_sclass].each do |event|
    define_method(event) { |*parts| super(*parts) << { end: lineno } }
  end

  def on_kw(word)
    @supers << [lineno, column] if word == "super" && state != Ripper::EXPR_ENDFN
    super
  end
end

# Walks the tree of one file.
class Walk
  ATTRIBUTES = %w[
    attr_accessor attr_reader attr_writer attr class_attribute mattr_accessor mattr_reader mattr_writer cattr_accessor
    cattr_reader cattr_writer thread_mattr_accessor attr_internal attr_internal_accessor attr_internal_reader
    attr_internal_writer config_accessor
  ].freeze
  IMPORTS = %w[require require_relative load require_dependency].freeze
  MIXINS = %w[include extend prepend].freeze
  OPENERS = %w[class_eval class_exec module_eval module_exec].freeze

  def initialize(path, out)
    @path = path
    @out = out
    @scope = []
    @in_def = false
  end

  def emit(type, **fields) = @out.puts(JSON.generate({ t: type, path: @path, **fields }))

  def entity(kind, token, last, names = [])
    name = token[1]
    emit("entity", kind:, name:, qualified: [*@scope, *names, name].join("::"), line: token[2][0], endLine: last)
  end

  def call(token)
    return unless token.is_a?(Array) && %i[@ident @const @op @kw @backtick].include?(token[0])

    emit("call", line: token[2][0], column: token[2][1] + 1, name: token[1])
  end

  # The call of a method of a receiver's. `Foo.new` counts as a call of Foo.
  def send_to(receiver, token)
    path = constant_path(receiver) if token.is_a?(Array) && token[1] == "new"
    call(path ? path.last : token)
  end

  # The names in `A::B`, nil for anything else.
  def constant_path(node)
    case node
    in [:const_ref | :var_ref | :var_field | :top_const_ref | :top_const_field, [:@const, *] => token] then [token]
    in [:const_path_ref | :const_path_field, scope, [:@const, *] => token]
      before = constant_path(scope)
      before && [*before, token]
    else nil
    end
  end

  # Literal names among the arguments of a call: symbols and strings.
  def names(arguments)
    list = arguments.is_a?(Array) && arguments[0] == :arg_paren ? arguments[1] : arguments
    list = list[1] if list.is_a?(Array) && list[0] == :args_add_block
    return [] unless list.is_a?(Array)

    list.map do |argument|
      case argument
      in [:symbol_literal, [:symbol, token]] then token
      in [:dyna_symbol, [:string_content, [:@tstring_content, *] => token]] then token
      in [:string_literal, [:string_content, [:@tstring_content, *] => token]] then token
      else constant_path(argument)&.then { [:constants, _1] }
      end
    end
  end

  def within(names, in_def: false)
    before = [@scope, @in_def]
    @scope += names
    @in_def = in_def
    yield
    @scope, @in_def = before
  end

  def walk(node)
    return unless node.is_a?(Array)

    case node
    in [:class, path, base, body, { end: last }] then type(:type, path, base, body, last)
    in [:module, path, body, { end: last }] then type(:module, path, nil, body, last)
    in [:def, name, parameters, body, { end: last }]
      entity(:function, name, last)
      within([name[1]], in_def: true) { [parameters, body].each { walk(_1) } }
    in [:defs, object, _, name, parameters, body, { end: last }]
      opened = @scope.empty? ? constant_path(object)&.map { _1[1] } : nil
      walk(object)
      within(opened || []) do
        entity(:function, name, last)
        within([name[1]], in_def: true) { [parameters, body].each { walk(_1) } }
      end
    in [:assign | :opassign, target, *, value] if constant_path(target) then constant(target, value)
    in [:mlhs, *] | [:massign, *] then node.each { multiple(_1) }
    in [:alias, new, old]
      entity(:function, new[1], new[1][2][0]) if new in [:symbol_literal, [Symbol, String, Array]]
      entity(:function, new[1][1], new[1][1][2][0]) if new in [:symbol_literal, [:symbol, _]]
      walk(old) unless old[0] == :symbol_literal
    in [:vcall | :fcall, token] then call(token) unless IMPORTS.include?(token[1]) && node[0] == :fcall
    in [:command, token, arguments]
      declare(token, arguments)
      walk(arguments)
    in [:method_add_arg, [:fcall, token], arguments]
      declare(token, arguments)
      walk(arguments)
    in [:assign, [:var_field, [:@ident, *] => name], value] if function?(value)
      entity(:function, name, nil)
      walk(value)
    in [:method_add_block, [:command, [:@ident, "let" | "let!" | "subject" | "subject!", _], arguments] => opener, block]
      remembered(arguments)
      walk(opener)
      walk(block)
    in [:method_add_block, [:method_add_arg, [:fcall, [:@ident, "let" | "let!" | "subject" | "subject!", _]], arguments] => opener, block]
      remembered(arguments)
      walk(opener)
      walk(block)
    in [:command_call, receiver, _, token, arguments]
      members(receiver, token, arguments)
      walk(receiver)
      send_to(receiver, token)
      define(token, arguments)
      walk(arguments)
    in [:method_add_arg, [:call, receiver, _, token], arguments]
      members(receiver, token, arguments)
      walk(receiver)
      send_to(receiver, token)
      define(token, arguments)
      walk(arguments)
    in [:method_add_block, [:method_add_arg | :command_call | :call, receiver, *] => opener, block]
      walk(opener)
      opened(opener) { walk(block) }
    in [:call | :field, receiver, _, token]
      walk(receiver)
      send_to(receiver, token)
    in [:symbol_literal | :dyna_symbol | :undef, *] then node.each { walk(_1) if _1.is_a?(Array) && _1[0] != :symbol && _1[0] != :@ident }
    else node.each { walk(_1) }
    end
  end

  # `Foo.class_eval do`
  def opened(opener, &)
    receiver, token =
      case opener
      in [:call, receiver, _, token] then [receiver, token]
      in [:method_add_arg, [:call, receiver, _, token], _] then [receiver, token]
      else [nil, nil]
      end
    path = receiver && constant_path(receiver)
    path && token.is_a?(Array) && OPENERS.include?(token[1]) ? within([path.last[1]], &) : yield
  end

  def type(kind, path, base, body, last)
    tokens = constant_path(path)
    if tokens.nil?
      walk(path)
      tokens = [path[2]]
    end
    entity(kind, tokens.last, last, tokens[...-1].map { _1[1] })
    within(tokens.map { _1[1] }) do
      bases(base)
      walk(base)
      walk(body)
    end
  end

  def bases(base)
    tokens = base && constant_path(base) or return
    qualifier = tokens[...-1].map { _1[1] }.join("::")
    emit("inherits", line: tokens.last[2][0], name: tokens.last[1], qualifier:)
  end

  def constant(target, value)
    tokens = constant_path(target)
    maker = value
    maker = maker[1] while maker.is_a?(Array) && %i[method_add_block method_add_arg].include?(maker[0])
    made =
      case maker
      in [:call | :command_call, [:var_ref, [:@const, name, _]], _, [:@ident, "new" | "define", _], *] then name
      else nil
      end
    kind = { "Struct" => :type, "Data" => :type, "Class" => :type, "Module" => :module }.fetch(made, :value)
    kind = :function if function?(value)
    outer = tokens[...-1].map { _1[1] }
    entity(kind, tokens.last, nil, outer)
    kind == :value || kind == :function ? walk(value) : within(tokens.map { _1[1] }) { walk(value) }
  end

  # A lambda or a proc.
  def function?(value)
    case value
    in [:lambda, *] then true
    in [:method_add_block, [:method_add_arg, [:fcall, [:@ident, "lambda" | "proc", _]], _] | [:fcall, [:@ident, "lambda" | "proc", _]], _] then true
    in [:method_add_block, [:call, [:var_ref, [:@const, "Proc", _]], _, [:@ident, "new", _]], _] then true
    else false
    end
  end

  def multiple(node)
    if node.is_a?(Array) && node[0].is_a?(Symbol) && (tokens = constant_path(node)) && node[0] != :var_ref
      return entity(:value, tokens.last, tokens.last[2][0], tokens[...-1].map { _1[1] })
    end
    return node.each { multiple(_1) } if node.is_a?(Array) && (node[0].is_a?(Array) || %i[mlhs mlhs_paren mlhs_add_star].include?(node[0]))

    walk(node)
  end

  # A call without receiver: an import, a mixed-in module, or a call that may define something as well.
  def declare(token, arguments)
    given = names(arguments)
    word = token[1]
    if IMPORTS.include?(word) && given.first && given.first[0] == :@tstring_content
      before, _, name = given.first[1].rpartition("/")
      return emit("import", line: token[2][0], name:, qualifier: before)
    end
    if MIXINS.include?(word) && !@in_def && given.any? { _1 && _1[0] == :constants }
      given.each do |path|
        next unless path && path[0] == :constants

        *outer, last = path[1].map { _1[1] }
        emit("inherits", line: path[1].last[2][0], name: last, qualifier: outer.join("::"))
      end
      return
    end
    return if word == "autoload"

    call(token)
    if ATTRIBUTES.include?(word)
      given.each { entity(:value, _1, _1[2][0]) if _1 && _1[0] != :constants }
    else
      define(token, arguments)
    end
  end

  # RSpec's `let(:name) { }`
  def remembered(arguments)
    name = names(arguments).first
    entity(:function, name, nil) if name && name[0] != :constants
  end

  # `Struct.new(:a, :b)`
  def members(receiver, token, arguments)
    return if @in_def || !(receiver in [:var_ref, [:@const, "Struct" | "Data", _]]) || @scope.empty?
    return unless token.is_a?(Array) && %w[new define].include?(token[1])

    names(arguments).each { entity(:value, _1, _1[2][0]) if _1 && _1[0] != :constants && _1[0] != :@tstring_content }
  end

  # Methods that hand on to another object.
  def delegate(word, arguments)
    given = names(arguments)
    given =
      case word
      when "delegate" then given.include?(nil) ? given.compact : []
      when "def_delegators", "def_instance_delegators" then given.drop(1)
      when "def_delegator", "def_instance_delegator" then given.compact.last(1)
      else []
      end
    given.each { entity(:function, _1, _1[2][0]) if _1 && _1[0] != :constants && _1[0] != :@tstring_content }
  end

  def define(token, arguments)
    delegate(token[1], arguments) if token.is_a?(Array) && !@in_def
    return unless token.is_a?(Array) && %w[define_method define_singleton_method alias_method].include?(token[1])

    given = names(arguments)
    return if token[1] == "alias_method" && given.size < 2

    entity(:function, given[0], nil) if given[0] && given[0][0] != :constants
  end
end

root = ARGV.fetch(0)
failed = 0
Dir.glob("**/*.rb", base: root).sort.each do |path|
  file = File.join(root, path)
  next unless File.file?(file)

  text = File.binread(file).force_encoding("UTF-8")
  tree = Tree.new(text, path)
  sexp = tree.parse
  if tree.error? || sexp.nil?
    failed += 1
    warn("#{path}: not parsed")
    next
  end
  puts(JSON.generate({ t: "file", path: }))
  Walk.new(path, $stdout).walk(sexp)
  tree.supers.each { |line, column| puts(JSON.generate({ t: "call", path:, line:, column: column + 1, name: "super" })) }
end
warn("#{failed} files not parsed") if failed > 0
