; Zig.

; Containers. The grammar has the body of a type inside an expression, which makes a type one piece.
(source_file) @container

; Scopes of locals.
((Decl (FnProto)) @local.scope)
(TestDecl) @local.scope
(ComptimeDecl) @local.scope
(Block) @local.scope
(IfStatement) @local.scope
(IfExpr) @local.scope
(IfTypeExpr) @local.scope
(ForStatement) @local.scope
(ForExpr) @local.scope
(ForTypeExpr) @local.scope
(WhileStatement) @local.scope
(WhileExpr) @local.scope
(WhileTypeExpr) @local.scope
(SwitchProng) @local.scope
((BinaryExpr operator: (BitwiseOp (Payload))) @local.scope)

; Imports: `const a = @import("a.zig")` brings in a file by a name, `@import("a.zig").B` one of its members.
((Decl (VarDecl variable_type_function: (IDENTIFIER) @alias @ignore (ErrorUnionExpr (SuffixExpr
  . (BUILTINIDENTIFIER) @_import
  . (FnCallArguments . (ErrorUnionExpr (SuffixExpr (STRINGLITERALSINGLE) @name))) .)))) @reference.import
  (#eq? @_import "@import"))
((VarDecl variable_type_function: (IDENTIFIER) @alias @ignore (ErrorUnionExpr (SuffixExpr
  . (BUILTINIDENTIFIER) @_import
  . (FnCallArguments . (ErrorUnionExpr (SuffixExpr (STRINGLITERALSINGLE) @name))) .))) @reference.import
  (#eq? @_import "@import"))
((Decl (VarDecl variable_type_function: (IDENTIFIER) @alias @ignore (ErrorUnionExpr (SuffixExpr
  . (BUILTINIDENTIFIER) @_import
  . (FnCallArguments . (ErrorUnionExpr (SuffixExpr (STRINGLITERALSINGLE) @qualifier @local.definition)))
  . (FieldOrFnCall field_access: (IDENTIFIER) @name) .)))) @reference.import
  (#eq? @_import "@import"))
((VarDecl variable_type_function: (IDENTIFIER) @alias @ignore (ErrorUnionExpr (SuffixExpr
  . (BUILTINIDENTIFIER) @_import
  . (FnCallArguments . (ErrorUnionExpr (SuffixExpr (STRINGLITERALSINGLE) @qualifier @local.definition)))
  . (FieldOrFnCall field_access: (IDENTIFIER) @name) .))) @reference.import
  (#eq? @_import "@import"))

; Tests; one without a name is called by its keyword.
((TestDecl (STRINGLITERALSINGLE) @name (Block) @body) @definition.test (#set! test))
((TestDecl (IDENTIFIER) @name (Block) @body) @definition.test (#set! test))
((TestDecl "test" @name . (Block) @body) @definition.test (#set! test))

; Functions; in a type they are methods.
((Decl (FnProto function: (IDENTIFIER) @name (ErrorUnionExpr (SuffixExpr . (IDENTIFIER)) @type)) (Block) @body) @definition.method
  (#has-parent? @definition.method "ContainerDecl"))
((Decl (FnProto function: (IDENTIFIER) @name) (Block) @body) @definition.method
  (#has-parent? @definition.method "ContainerDecl"))
((Decl (FnProto function: (IDENTIFIER) @name)) @definition.method
  (#has-parent? @definition.method "ContainerDecl"))
; A file may be a type as well, which its functions show by what they call their first parameter.
((Decl (FnProto function: (IDENTIFIER) @name (ParamDeclList . (ParamDecl . parameter: (IDENTIFIER) @_self)) (ErrorUnionExpr (SuffixExpr . (IDENTIFIER)) @type)) (Block) @body) @definition.method
  (#any-of? @_self "self" "this"))
((Decl (FnProto function: (IDENTIFIER) @name (ParamDeclList . (ParamDecl . parameter: (IDENTIFIER) @_self))) (Block) @body) @definition.method
  (#any-of? @_self "self" "this"))
(Decl (FnProto function: (IDENTIFIER) @name (ErrorUnionExpr (SuffixExpr . (IDENTIFIER)) @type)) (Block) @body) @definition.function
(Decl (FnProto function: (IDENTIFIER) @name) (Block) @body) @definition.function
(Decl (FnProto function: (IDENTIFIER) @name)) @definition.function

; Types are constants whose value is a type, also in functions. Sets of errors are enums.
((Decl (VarDecl variable_type_function: (IDENTIFIER) @name "=" .
  (ErrorUnionExpr (SuffixExpr . (ContainerDecl (ContainerDeclType ["struct" "opaque"])) @body .)) .)) @definition.struct)
((Decl (VarDecl variable_type_function: (IDENTIFIER) @name "=" .
  (ErrorUnionExpr (SuffixExpr . (ContainerDecl (ContainerDeclType "union")) @body .)) .)) @definition.union)
((Decl (VarDecl variable_type_function: (IDENTIFIER) @name "=" .
  (ErrorUnionExpr (SuffixExpr . (ContainerDecl (ContainerDeclType "enum")) @body .)) .)) @definition.enum)
((Decl (VarDecl variable_type_function: (IDENTIFIER) @name "=" .
  (ErrorUnionExpr (SuffixExpr . (ErrorSetDecl) @body .)) .)) @definition.enum)
((Decl (VarDecl variable_type_function: (IDENTIFIER) @name "=" . (BinaryExpr) @_sets .)) @definition.enum
  (#match? @_sets "(^|[|][|][[:space:]]*)error[[:space:]]*[{]"))
((VarDecl variable_type_function: (IDENTIFIER) @name "=" .
  (ErrorUnionExpr (SuffixExpr . (ContainerDecl (ContainerDeclType ["struct" "opaque"])) @body .)) .) @definition.struct
  (#not-has-parent? @definition.struct "Decl"))
((VarDecl variable_type_function: (IDENTIFIER) @name "=" .
  (ErrorUnionExpr (SuffixExpr . (ContainerDecl (ContainerDeclType "union")) @body .)) .) @definition.union
  (#not-has-parent? @definition.union "Decl"))
((VarDecl variable_type_function: (IDENTIFIER) @name "=" .
  (ErrorUnionExpr (SuffixExpr . (ContainerDecl (ContainerDeclType "enum")) @body .)) .) @definition.enum
  (#not-has-parent? @definition.enum "Decl"))
((VarDecl variable_type_function: (IDENTIFIER) @name "=" .
  (ErrorUnionExpr (SuffixExpr . (ErrorSetDecl) @body .))) @definition.enum
  (#not-has-parent? @definition.enum "Decl"))

; Other constants and variables outside of functions.
; What is taken from the standard library is known to lie outside.
((Decl (VarDecl "const" variable_type_function: (IDENTIFIER) @name "=" . (ErrorUnionExpr (SuffixExpr . (IDENTIFIER) @_std) @value))) @definition.constant
  (#eq? @_std "std"))
((Decl (VarDecl "const" variable_type_function: (IDENTIFIER) @name)) @definition.constant
  (#not-match? @definition.constant "^const [^=]*=[[:space:]]*@import\\([^()]*\\)([.]([[:alnum:]_]+|@\"[^\"]*\"))?[[:space:]]*;$"))
(Decl (VarDecl "var" variable_type_function: (IDENTIFIER) @name)) @definition.variable

; Fields and members of enums. A name by itself is a field in a union, the type of a field without a name in a struct,
; else a member of an enum.
((ContainerField field_member: (IDENTIFIER) @name (ErrorUnionExpr (SuffixExpr . (IDENTIFIER)) @type)) @definition.field (#not-eq? @name "_"))
((ContainerField field_member: (IDENTIFIER) @name) @definition.field (#not-eq? @name "_"))
(ContainerField field_member: (IDENTIFIER) @ignore)
(ContainerDecl (ContainerDeclType "struct")
  (ContainerField . (ErrorUnionExpr (SuffixExpr . (IDENTIFIER) @reference.type .))))
((ContainerField . (ErrorUnionExpr (SuffixExpr . [(IDENTIFIER) (BuildinTypeExpr)] @name .))) @definition.field
  (#within? "union") (#not-eq? @name "_"))
((ContainerField (doc_comment) . (ErrorUnionExpr (SuffixExpr . [(IDENTIFIER) (BuildinTypeExpr)] @name .))) @definition.field
  (#within? "union") (#not-eq? @name "_"))
((ContainerField . (ErrorUnionExpr (SuffixExpr . [(IDENTIFIER) (BuildinTypeExpr)] @name .))) @definition.enum_member
  (#within? "enum") (#not-eq? @name "_"))
((ContainerField (doc_comment) . (ErrorUnionExpr (SuffixExpr . [(IDENTIFIER) (BuildinTypeExpr)] @name .))) @definition.enum_member
  (#within? "enum") (#not-eq? @name "_"))
((ContainerField . (ErrorUnionExpr (SuffixExpr . (IDENTIFIER) @name .))) @definition.enum_member (#not-eq? @name "_"))
((ContainerField (doc_comment) . (ErrorUnionExpr (SuffixExpr . (IDENTIFIER) @name .))) @definition.enum_member
  (#not-eq? @name "_"))
((IDENTIFIER) @name @definition.enum_member (#has-parent? @name "ErrorSetDecl") (#within? "enum"))

; Locals and parameters, but not those of a function's type.
(SuffixExpr (FnProto (ParamDeclList (ParamDecl parameter: (IDENTIFIER) @ignore))))
; The type of a parameter: as a rule a name, of the type around or an alias of it.
(ParamDecl parameter: (IDENTIFIER) @local.definition (ParamType (ErrorUnionExpr (SuffixExpr . (IDENTIFIER) @type .) .)))
(ParamDecl parameter: (IDENTIFIER) @local.definition (ParamType (ErrorUnionExpr (SuffixExpr . (IDENTIFIER) . (FieldOrFnCall field_access: (_)) .) @type .)))
(ParamDecl parameter: (IDENTIFIER) @local.definition (ParamType (ErrorUnionExpr (SuffixExpr . (IDENTIFIER)) @value .)))
(ParamDecl parameter: (IDENTIFIER) @local.definition)
((VarDecl variable_type_function: (IDENTIFIER) @local.definition ":" (ErrorUnionExpr (SuffixExpr . (IDENTIFIER)) @type) "=") @_local
  (#not-has-parent? @_local "Decl"))
((VarDecl variable_type_function: (IDENTIFIER) @local.definition "=" . (ErrorUnionExpr (SuffixExpr . (IDENTIFIER)) @value) .) @_local
  (#not-has-parent? @_local "Decl"))
((VarDecl variable_type_function: (IDENTIFIER) @local.definition "=" . (ErrorUnionExpr (SuffixExpr . (IDENTIFIER)) @type) . (InitList) .) @_local
  (#not-has-parent? @_local "Decl"))
((VarDecl variable_type_function: (IDENTIFIER) @local.definition "=" . (UnaryExpr left: (ErrorUnionExpr (SuffixExpr . (IDENTIFIER)) @value)) .) @_local
  (#not-has-parent? @_local "Decl"))
((VarDecl variable_type_function: (IDENTIFIER) @local.definition) @_local (#not-has-parent? @_local "Decl"))
(Payload variable: (IDENTIFIER) @local.definition)
(PtrPayload variable: (IDENTIFIER) @local.definition)
(PtrIndexPayload variable: (IDENTIFIER) @local.definition)
(PtrListPayload variable: (IDENTIFIER) @local.definition)

; No names of the program: labels, operands of assembler, the fields that a literal sets.
(BlockLabel (IDENTIFIER) @ignore)
(BreakLabel (IDENTIFIER) @ignore)
(AsmOutputItem variable: (IDENTIFIER) @ignore)
(AsmInputItem variable: (IDENTIFIER) @ignore)
(FieldInit field_member: (IDENTIFIER) @ignore)

; Imports without a name.
((SuffixExpr . (BUILTINIDENTIFIER) @_import
  . (FnCallArguments . (ErrorUnionExpr (SuffixExpr (STRINGLITERALSINGLE) @name)))) @reference.import
  (#any-of? @_import "@import" "@cInclude"))

; Calls and members. The grammar lists the parts of `a.b.c()` side by side: the qualifier is all that is before the name.
(SuffixExpr variable_type_function: (IDENTIFIER) @name . (FnCallArguments)) @reference.call
(SuffixExpr "error" @qualifier field_constant: (IDENTIFIER) @name) @reference.value
(SuffixExpr "." @qualifier . field_constant: (IDENTIFIER) @name . (FnCallArguments)) @reference.call
(SuffixExpr "." @qualifier . field_constant: (IDENTIFIER) @name) @reference.value
((ErrorSetDecl "error" @qualifier field_constant: (IDENTIFIER) @name) @reference.value (#not-within? "enum"))
((SuffixExpr (BUILTINIDENTIFIER) @_import
  . (FnCallArguments . (ErrorUnionExpr (SuffixExpr (STRINGLITERALSINGLE) @qualifier)))
  . (FieldOrFnCall function_call: (IDENTIFIER) @name)) @reference.call
  (#eq? @_import "@import"))
((SuffixExpr (BUILTINIDENTIFIER) @_import
  . (FnCallArguments . (ErrorUnionExpr (SuffixExpr (STRINGLITERALSINGLE) @qualifier)))
  . (FieldOrFnCall field_access: (IDENTIFIER) @name)) @reference.value
  (#eq? @_import "@import"))
(SuffixExpr (FieldOrFnCall function_call: (IDENTIFIER) @name)) @reference.call @qualifier
(SuffixExpr (FieldOrFnCall field_access: (IDENTIFIER) @name)) @reference.value @qualifier

; What is left.
((IDENTIFIER) @reference.value (#not-any-of? @reference.value "_" "") (#not-has-parent? @reference.value "ERROR"))
