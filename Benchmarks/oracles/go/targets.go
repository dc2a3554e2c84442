// Command targets prints what each call in the packages below a directory calls, as Go's own type checker sees it, one JSON
// object a line. Files with a build constraint that does not hold here are left out, and so is cgo.
//
//	go run targets.go DIR
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/build"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

type target struct {
	T        string  `json:"t"`
	Path     string  `json:"path"`
	Line     int     `json:"line"`
	Column   int     `json:"column"`
	Name     string  `json:"name"`
	To       []place `json:"to,omitempty"`
	External bool    `json:"external,omitempty"`
}

type place struct {
	Path string `json:"path"`
	Line int    `json:"line"`
	Name string `json:"name"`
}

type tree struct {
	root  string
	files *token.FileSet
	out   *json.Encoder
}

func main() {
	root, err := filepath.EvalSymlinks(os.Args[1])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	build.Default.CgoEnabled = false
	writer := bufio.NewWriterSize(os.Stdout, 1<<20)
	defer writer.Flush()
	t := &tree{root: root, files: token.NewFileSet(), out: json.NewEncoder(writer)}
	source := importer.ForCompiler(t.files, "source", nil).(types.ImporterFrom)
	_ = filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.IsDir() {
			return err
		}
		if name := entry.Name(); name == "testdata" || strings.HasPrefix(name, ".") && path != root {
			return filepath.SkipDir
		}
		t.directory(path, source)
		return nil
	})
}

func (t *tree) directory(path string, source types.ImporterFrom) {
	found, err := build.Default.ImportDir(path, 0)
	if err != nil {
		return
	}
	t.check(path, append(append([]string{}, found.GoFiles...), found.TestGoFiles...), source)
	t.check(path, found.XTestGoFiles, source)
}

func (t *tree) check(directory string, names []string, source types.ImporterFrom) {
	var parsed []*ast.File
	for _, name := range names {
		file, err := parser.ParseFile(t.files, filepath.Join(directory, name), nil, parser.SkipObjectResolution)
		if err != nil {
			return
		}
		parsed = append(parsed, file)
	}
	if len(parsed) == 0 {
		return
	}
	info := &types.Info{Uses: map[*ast.Ident]types.Object{}, Types: map[ast.Expr]types.TypeAndValue{}}
	config := types.Config{
		Importer: from{source, directory}, FakeImportC: true, Error: func(error) {},
		Sizes: types.SizesFor("gc", build.Default.GOARCH),
	}
	// What does not type-check is unknown, the rest is known.
	_, _ = config.Check(directory, t.files, parsed, info)
	for _, file := range parsed {
		ast.Inspect(file, func(node ast.Node) bool {
			if n, ok := node.(*ast.CallExpr); ok {
				t.call(n, info)
			}
			return true
		})
	}
}

// from imports as a package in a directory does.
type from struct {
	source    types.ImporterFrom
	directory string
}

func (f from) Import(path string) (*types.Package, error) {
	return f.source.ImportFrom(path, f.directory, 0)
}

func (t *tree) call(n *ast.CallExpr, info *types.Info) {
	name := callee(n.Fun)
	if name == nil {
		return
	}
	object := info.Uses[name]
	if object == nil {
		return
	}
	position := t.files.PositionFor(name.Pos(), false)
	c := target{T: "target", Path: t.relative(position.Filename), Line: position.Line, Column: position.Column, Name: name.Name}
	if !object.Pos().IsValid() && t.hasBuiltins() {
		return
	}
	definition := t.files.PositionFor(object.Pos(), false)
	if path := t.relative(definition.Filename); object.Pos().IsValid() && path != "" {
		c.To = []place{{path, definition.Line, object.Name()}}
	} else {
		c.External = true
	}
	if err := t.out.Encode(c); err != nil {
		panic(err)
	}
}

// hasBuiltins says whether the tree declares what the compiler has built in, as that of the standard library does.
func (t *tree) hasBuiltins() bool {
	_, err := os.Stat(filepath.Join(t.root, "builtin", "builtin.go"))
	return err == nil
}

// relative returns a path as seen from the root; empty outside of it.
func (t *tree) relative(path string) string {
	if real, err := filepath.EvalSymlinks(path); err == nil {
		path = real
	}
	relative, err := filepath.Rel(t.root, path)
	if err != nil || strings.HasPrefix(relative, "..") {
		return ""
	}
	return relative
}

// callee returns the name of what is called; nil if it has none.
func callee(f ast.Expr) *ast.Ident {
	switch f := f.(type) {
	case *ast.Ident:
		return f
	case *ast.ParenExpr:
		return callee(f.X)
	case *ast.IndexExpr:
		return callee(f.X)
	case *ast.IndexListExpr:
		return callee(f.X)
	case *ast.SelectorExpr:
		return f.Sel
	}
	return nil
}
