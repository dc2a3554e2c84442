// Command facts prints what Go's own parser sees in the .go files below a directory, one JSON object a line: definitions,
// calls, imports and embedded types.
//
//	go run facts.go DIR
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

type fact struct {
	T         string `json:"t"`
	Path      string `json:"path"`
	Kind      string `json:"kind,omitempty"`
	Qualified string `json:"qualified,omitempty"`
	From      string `json:"from"`
	Qualifier string `json:"qualifier"`
	Unclear   bool   `json:"unclear,omitempty"`
	Name      string `json:"name,omitempty"`
	Line      int    `json:"line"`
	EndLine   int    `json:"endLine,omitempty"`
	Column    int    `json:"column,omitempty"`
}

type walker struct {
	out   *json.Encoder
	files *token.FileSet
	file  *ast.File
	path  string
	// Names of the enclosing definitions.
	scope []string
	// How many functions stand around.
	functions int
	// True within a type that has a name, or outside of all functions: members are definitions.
	members bool
}

func main() {
	root := os.Args[1]
	writer := bufio.NewWriterSize(os.Stdout, 1<<20)
	defer writer.Flush()
	out := json.NewEncoder(writer)
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(path, ".go") {
			return err
		}
		relative, _ := filepath.Rel(root, path)
		files := token.NewFileSet()
		file, err := parser.ParseFile(files, path, nil, 0)
		if err != nil {
			return out.Encode(fact{T: "skipped", Path: relative})
		}
		w := &walker{out: out, files: files, file: file, path: relative, members: true}
		w.emit(fact{T: "file", Line: 1})
		w.define("package", file.Name.Name, file.Package, file.Name.End())
		for _, declaration := range file.Decls {
			w.declaration(declaration)
		}
		return nil
	})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func (w *walker) emit(f fact) {
	f.Path = w.path
	if err := w.out.Encode(f); err != nil {
		panic(err)
	}
}

func (w *walker) qualified(name string) string {
	return strings.Join(append(append([]string{}, w.scope...), name), ".")
}

func (w *walker) define(kind, name string, start, end token.Pos) {
	if name == "_" {
		return
	}
	w.emit(fact{
		T: "entity", Kind: kind, Qualified: w.qualified(name), Name: name,
		Line: w.files.PositionFor(start, false).Line, EndLine: w.files.PositionFor(end, false).Line,
	})
}

// within walks nodes that stand in the definition of a name.
func (w *walker) within(names []string, nodes ...ast.Node) {
	outer := w.scope
	if len(names) > 0 {
		w.scope = append(append([]string{}, w.scope...), names...)
	}
	for _, node := range nodes {
		w.walk(node)
	}
	w.scope = outer
}

func (w *walker) declaration(declaration ast.Decl) {
	switch d := declaration.(type) {
	case *ast.FuncDecl:
		kind, names := "function", []string{d.Name.Name}
		if d.Recv != nil && len(d.Recv.List) > 0 {
			kind, names = "method", []string{receiver(d.Recv.List[0].Type), d.Name.Name}
		}
		w.emit(fact{
			T: "entity", Kind: kind, Qualified: strings.Join(names, "."), Name: d.Name.Name,
			Line: w.files.PositionFor(d.Pos(), false).Line, EndLine: w.files.PositionFor(d.End(), false).Line,
		})
		w.functions++
		w.members = false
		w.within(names, d.Type)
		if d.Body != nil {
			w.within(names, d.Body)
		}
		w.members = true
		w.functions--
	case *ast.GenDecl:
		for _, spec := range d.Specs {
			start := spec.Pos()
			if !d.Lparen.IsValid() {
				start = d.Pos()
			}
			switch s := spec.(type) {
			case *ast.ImportSpec:
				path, _ := strconv.Unquote(s.Path.Value)
				qualifier, name := "", path
				if slash := strings.LastIndexByte(path, '/'); slash >= 0 {
					qualifier, name = path[:slash], path[slash+1:]
				}
				w.emit(fact{T: "import", Name: name, Qualifier: qualifier, Line: w.files.PositionFor(s.Path.Pos(), false).Line})
			case *ast.TypeSpec:
				w.typeSpec(s, start)
			case *ast.ValueSpec:
				w.valueSpec(d.Tok, s, start, !d.Lparen.IsValid() || d.Tok == token.CONST && len(d.Specs) == 1)
			}
		}
	}
}

func receiver(t ast.Expr) string {
	switch t := t.(type) {
	case *ast.Ident:
		return t.Name
	case *ast.StarExpr:
		return receiver(t.X)
	case *ast.ParenExpr:
		return receiver(t.X)
	case *ast.IndexExpr:
		return receiver(t.X)
	case *ast.IndexListExpr:
		return receiver(t.X)
	}
	return "?"
}

func (w *walker) valueSpec(keyword token.Token, s *ast.ValueSpec, start token.Pos, isLone bool) {
	kind := map[token.Token]string{token.CONST: "constant", token.VAR: "variable"}[keyword]
	if w.functions > 0 {
		if len(s.Names) == 1 && len(s.Values) == 1 {
			if literal, ok := s.Values[0].(*ast.FuncLit); ok && s.Names[0].Name != "_" {
				w.define("function", s.Names[0].Name, start, s.End())
				if s.Type != nil {
					w.walk(s.Type)
				}
				w.within([]string{s.Names[0].Name}, literal)
				return
			}
		}
		w.children(s)
		return
	}
	around := []string{}
	for _, name := range s.Names {
		switch {
		case len(s.Names) == 1:
			w.define(kind, name.Name, start, s.End())
			if name.Name != "_" {
				around = []string{name.Name}
			}
		case !isLone || kind == "variable" && len(s.Values) > 0:
			w.define(kind, name.Name, name.Pos(), name.End())
		default:
			w.define(kind, name.Name, s.Pos(), s.End())
			if name.Name != "_" {
				around = []string{name.Name}
			}
		}
	}
	if s.Type != nil {
		w.within(around, s.Type)
	}
	for _, value := range s.Values {
		w.within(around, value)
	}
}

func (w *walker) typeSpec(s *ast.TypeSpec, start token.Pos) {
	kind := "type"
	switch s.Type.(type) {
	case *ast.StructType:
		kind = "struct"
	case *ast.InterfaceType:
		kind = "interface"
	}
	if s.Assign.IsValid() {
		kind = "type_alias"
	}
	w.define(kind, s.Name.Name, start, s.End())
	around := []string{}
	if s.Name.Name != "_" {
		around = append(around, s.Name.Name)
	}
	outer := w.members
	w.members = false
	if s.TypeParams != nil {
		w.within(around, s.TypeParams)
	}
	w.members = true
	w.bases(s)
	w.within(around, s.Type)
	w.members = outer
}

// bases prints what a struct or interface with a name embeds.
func (w *walker) bases(s *ast.TypeSpec) {
	if s.Assign.IsValid() || s.Name.Name == "_" {
		return
	}
	var list *ast.FieldList
	kind := "implements"
	switch t := s.Type.(type) {
	case *ast.StructType:
		list = t.Fields
	case *ast.InterfaceType:
		list, kind = t.Methods, "inherits"
	default:
		return
	}
	for _, field := range list.List {
		if _, isPointer := field.Type.(*ast.StarExpr); len(field.Names) > 0 || isPointer && kind == "inherits" {
			continue
		}
		if name := last(field.Type); name != nil && !w.isLocal(name) {
			position := w.files.PositionFor(name.Pos(), false)
			w.emit(fact{
				T: kind, From: w.qualified(s.Name.Name), Name: name.Name,
				Line: position.Line, Column: position.Column,
			})
		}
	}
}

// last returns the identifier that names a type; nil for a type without name.
func last(t ast.Expr) *ast.Ident {
	switch t := t.(type) {
	case *ast.Ident:
		return t
	case *ast.StarExpr:
		return last(t.X)
	case *ast.ParenExpr:
		return last(t.X)
	case *ast.IndexExpr:
		return last(t.X)
	case *ast.IndexListExpr:
		return last(t.X)
	case *ast.SelectorExpr:
		return t.Sel
	}
	return nil
}

func (w *walker) children(node ast.Node) {
	ast.Inspect(node, func(child ast.Node) bool {
		if child == node {
			return true
		}
		if child != nil {
			w.walk(child)
		}
		return false
	})
}

func (w *walker) walk(node ast.Node) {
	switch n := node.(type) {
	case nil:
	case *ast.GenDecl:
		w.declaration(n)
	case *ast.StructType:
		w.fields("field", n.Fields)
	case *ast.InterfaceType:
		w.fields("method", n.Methods)
	case *ast.FuncLit:
		outer := w.members
		w.functions, w.members = w.functions+1, false
		w.children(n)
		w.functions, w.members = w.functions-1, outer
	case *ast.AssignStmt:
		w.assignment(n)
	case *ast.CallExpr:
		w.call(n)
		w.children(n)
	default:
		w.children(n)
	}
}

func (w *walker) fields(kind string, list *ast.FieldList) {
	for _, field := range list.List {
		names := []string{}
		for _, name := range field.Names {
			if w.members && name.Name != "_" {
				w.define(kind, name.Name, field.Pos(), field.End())
				names = []string{name.Name}
			}
		}
		outer := w.members
		w.within(names, field.Type)
		w.members = outer
	}
}

func (w *walker) assignment(n *ast.AssignStmt) {
	if n.Tok == token.DEFINE && len(n.Lhs) == 1 && len(n.Rhs) == 1 {
		if literal, ok := n.Rhs[0].(*ast.FuncLit); ok {
			if name := n.Lhs[0].(*ast.Ident).Name; name != "_" {
				w.define("function", name, n.Pos(), n.End())
				w.within([]string{name}, literal)
				return
			}
		}
	}
	w.children(n)
}

// call prints a call of something that has a name and is no local.
func (w *walker) call(n *ast.CallExpr) {
	unclear := false
	callee := n.Fun
	var name *ast.Ident
	for name == nil {
		switch f := callee.(type) {
		case *ast.ParenExpr:
			callee = f.X
		case *ast.IndexListExpr:
			callee = f.X
		case *ast.IndexExpr:
			// An instance of a generic function, or what a map or array holds: the parser cannot tell.
			unclear, callee = true, f.X
		case *ast.Ident:
			if w.isLocal(f) || f.Obj == nil && isType(f.Name) {
				return
			}
			name = f
		case *ast.SelectorExpr:
			name = f.Sel
		default:
			return
		}
	}
	position := w.files.PositionFor(name.Pos(), false)
	w.emit(fact{
		T: "call", Name: name.Name, From: strings.Join(w.scope, "."), Line: position.Line, Column: position.Column,
		Unclear: unclear,
	})
}

// isType says whether a name is one of the language's types that a value can be converted to.
func isType(name string) bool {
	_, ok := types.Universe.Lookup(name).(*types.TypeName)
	return ok && name != "any" && name != "comparable"
}

// isLocal says whether a name is a local, a parameter or a type parameter. A local function and a local type are
// definitions.
func (w *walker) isLocal(name *ast.Ident) bool {
	if name.Obj == nil || w.file.Scope.Objects[name.Name] == name.Obj {
		return false
	}
	switch d := name.Obj.Decl.(type) {
	case *ast.AssignStmt:
		if len(d.Lhs) == 1 && len(d.Rhs) == 1 {
			_, isFunction := d.Rhs[0].(*ast.FuncLit)
			return !isFunction
		}
	case *ast.ValueSpec:
		if len(d.Names) == 1 && len(d.Values) == 1 {
			_, isFunction := d.Values[0].(*ast.FuncLit)
			return !isFunction
		}
	case *ast.TypeSpec:
		return false
	}
	return true
}
