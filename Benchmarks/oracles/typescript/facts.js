// facts.js ROOT: what the TypeScript compiler sees in the JavaScript and TypeScript files under ROOT, one JSON object a line:
// entities, calls, imports and bases in ptwatch's words. Only syntax and the compiler's own scopes are used.
const fs = require('fs'), path = require('path');
const ts = require(process.env.TYPESCRIPT || '/usr/share/nodejs/typescript');
const K = ts.SyntaxKind;
const root = process.argv[2];
const suffixes = /\.(js|jsx|mjs|cjs|ts|mts|cts|tsx)$/;

function* walk(dir) {
  for (const entry of fs.readdirSync(path.join(root, dir), { withFileTypes: true })) {
    const name = path.join(dir, entry.name);
    if (entry.isDirectory()) yield* walk(name);
    else if (entry.isFile() && suffixes.test(entry.name)) yield name;
  }
}

const isFunction = n => n && (n.kind === K.ArrowFunction || n.kind === K.FunctionExpression);
const unwrap = n => {
  while (n && [K.ParenthesizedExpression, K.AsExpression, K.NonNullExpression, K.SatisfiesExpression].includes(n.kind)) n = n.expression;
  return n;
};
const testNames = new Set(['describe', 'fdescribe', 'xdescribe', 'it', 'fit', 'xit', 'test', 'xtest', 'suite', 'context', 'specify', 'bench', 'QUnit', 'Deno']);

function analyse(file, source, checker, emit) {
  const lines = source.getLineStarts(), text = source.text;
  const ascii = !/[^\x00-\x7f]/.test(text);
  const at = pos => {
    const { line, character } = source.getLineAndCharacterOfPosition(pos);
    const column = ascii ? character : Buffer.byteLength(text.slice(lines[line], pos));
    return [line + 1, column + 1];
  };
  const endLine = n => source.getLineAndCharacterOfPosition(n.end).line + 1;
  const nameText = n => n.kind === K.StringLiteral ? n.text : n.getText(source);
  const scope = [];  // enclosing entities
  const qualified = () => scope.filter(s => s.kind !== 'test').map(s => s.name).join('.') || null;
  const isRequire = n => n && n.kind === K.CallExpression && n.arguments.length === 1 && ts.isStringLiteral(n.arguments[0])
    && (n.expression.kind === K.Identifier && n.expression.text === 'require');
  const isDynamicImport = n => n && n.kind === K.AwaitExpression && n.expression.kind === K.CallExpression
    && n.expression.expression.kind === K.ImportKeyword && n.expression.arguments.length === 1 && ts.isStringLiteral(n.expression.arguments[0]);
  // `({ a, b: c } = await import('x'))`
  const setsFromModule = n => n.kind === K.BinaryExpression && n.operatorToken.kind === K.EqualsToken
    && n.left.kind === K.ObjectLiteralExpression && (isRequire(n.right) || isDynamicImport(n.right));
  const holdsModule = n => isRequire(n) || isDynamicImport(n) || n && n.kind === K.PropertyAccessExpression && isRequire(n.expression);

  function isLocal(node) {
    const list = ts.isVariableDeclarationList(node.parent) ? node.parent : null;
    const block = !list || list.flags & ts.NodeFlags.BlockScoped;
    for (let n = node.parent; n; n = n.parent) {
      if (ts.isFunctionLike(n) || n.kind === K.ClassStaticBlockDeclaration || n.kind === K.CatchClause) return true;
      if (n.kind === K.ModuleBlock || n.kind === K.SourceFile) return false;
      if (block && [K.Block, K.ForStatement, K.ForInStatement, K.ForOfStatement, K.CaseBlock].includes(n.kind)) return true;
    }
    return false;
  }
  function isTop(list) {
    const p = list.parent;
    if (p.kind !== K.VariableStatement) return false;
    const modifiers = (p.modifiers || []).map(m => m.kind);
    return p.parent.kind === K.SourceFile || modifiers.includes(K.ExportKeyword) || modifiers.includes(K.DeclareKeyword);
  }
  function testTitle(n) {
    let f = n.expression, first;
    if (f.kind === K.CallExpression) f = f.expression;
    if (f.kind === K.TaggedTemplateExpression) f = f.tag;
    while (f.kind === K.PropertyAccessExpression) f = f.expression;
    if (f.kind !== K.Identifier || !testNames.has(f.text) || n.arguments.length < 2) return null;
    first = n.arguments[0];
    if (!n.arguments.slice(1).some(isFunction)) return null;
    if (ts.isStringLiteral(first) || first.kind === K.NoSubstitutionTemplateLiteral) return first.getText(source).slice(1, -1);
    if ([K.TemplateExpression, K.PropertyAccessExpression, K.BinaryExpression].includes(first.kind)) return first.getText(source);
    return null;
  }
  // The entity that a node defines: [kind, name, node that ends it], or null.
  function definition(n) {
    const p = n.parent;
    switch (n.kind) {
      case K.FunctionDeclaration: return ['function', n.name ? n.name.text : 'default'];
      case K.ClassDeclaration: return ['class', n.name ? n.name.text : 'default'];
      case K.InterfaceDeclaration: return ['interface', n.name.text];
      case K.TypeAliasDeclaration: return ['type_alias', n.name.text];
      case K.EnumDeclaration: return ['enum', n.name.text];
      case K.EnumMember: return ['enum_member', nameText(n.name)];
      case K.ModuleDeclaration:
        if (p.kind === K.ModuleDeclaration || n.flags & ts.NodeFlags.GlobalAugmentation) return null;
        if (n.name.kind === K.StringLiteral) return ['module', n.name.text];
        let name = n.name.text;
        for (let b = n.body; b && b.kind === K.ModuleDeclaration; b = b.body) name += '.' + b.name.text;
        return ['namespace', name];
      case K.Constructor: return ['constructor', 'constructor'];
      case K.MethodDeclaration: return ['method', nameText(n.name)];
      case K.GetAccessor: case K.SetAccessor: {
        if (inType(p) && !typeMember(p)) return null;
        return [n.kind === K.GetAccessor ? 'getter' : 'setter', nameText(n.name)];
      }
      case K.PropertyDeclaration: return [isFunction(n.initializer) ? 'method' : 'field', nameText(n.name)];
      case K.MethodSignature: return typeMember(p) ? ['method', nameText(n.name)] : null;
      case K.PropertySignature: return typeMember(p) ? ['property', nameText(n.name)] : null;
      case K.Parameter: return ts.isParameterPropertyDeclaration(n, p) ? ['field', n.name.text, true] : null;
      case K.PropertyAssignment: return isFunction(n.initializer) ? ['method', nameText(n.name)] : null;
      case K.VariableDeclaration: {
        if (p.kind === K.CatchClause || n.name.kind !== K.Identifier) return null;
        const value = unwrap(n.initializer);
        if (isFunction(value)) return ['function', n.name.text];
        if (value && value.kind === K.ClassExpression) return ['class', n.name.text];
        if (isLocal(n) || holdsModule(n.initializer)) return null;
        return [variableKind(p), n.name.text];
      }
      case K.BindingElement: {
        let d = n;
        while (d.kind !== K.VariableDeclaration && d.kind !== K.Parameter) d = d.parent;
        if (d.kind === K.Parameter || n.name.kind !== K.Identifier || d.parent.kind === K.CatchClause || isLocal(d) || holdsModule(d.initializer)) return null;
        return [n.parent.parent === d ? variableKind(d.parent) : 'variable', n.name.text];
      }
      case K.BinaryExpression: {
        if (n.operatorToken.kind !== K.EqualsToken) return null;
        const l = n.left, r = n.right;
        const kind = isFunction(r) ? 'function' : r.kind === K.ClassExpression ? 'class' : null;
        if (!kind) return null;
        const left = l.getText(source);
        if (left === 'module.exports') return [kind, r.name ? r.name.text : 'exports'];
        if (l.kind === K.PropertyAccessExpression) {
          const o = l.expression.getText(source);
          return [kind === 'class' ? kind : o === 'exports' || o === 'module.exports' ? 'function' : 'method', l.name.text];
        }
        if (l.kind === K.ElementAccessExpression && ts.isStringLiteral(l.argumentExpression) && kind === 'function') return ['method', l.argumentExpression.text];
        return null;
      }
      case K.FunctionExpression: case K.ClassExpression: case K.ArrowFunction: {
        if (p.kind === K.ExportAssignment && !p.isExportEquals && !n.name) return [n.kind === K.ClassExpression ? 'class' : 'function', 'default'];
        if (!n.name) return null;
        let q = p, c = n;
        while (q.kind === K.ParenthesizedExpression || q.kind === K.AsExpression) [c, q] = [q, q.parent];
        if ([K.VariableDeclaration, K.PropertyAssignment, K.PropertyDeclaration].includes(q.kind)) return null;
        if (q.kind === K.BinaryExpression && q.operatorToken.kind === K.EqualsToken && q.right === c) return null;
        return [n.kind === K.ClassExpression ? 'class' : 'function', n.name.text];
      }
      case K.CallExpression: {
        const title = testTitle(n);
        return title ? ['test', title] : null;
      }
    }
    return null;
  }
  // The identifier of what an assignment adds to: `Foo` of `Foo.prototype.bar = function`, `Foo.bar = class`, `Foo.prototype = {}`.
  function extended(n) {
    if (n.kind !== K.BinaryExpression || n.operatorToken.kind !== K.EqualsToken) return null;
    const l = n.left, r = n.right;
    const bound = isFunction(r) || r.kind === K.ClassExpression;
    const isPrototype = e => e.kind === K.PropertyAccessExpression && e.name.text === 'prototype' && e.expression.kind === K.Identifier;
    if (isPrototype(l)) return [K.ObjectLiteralExpression, K.CallExpression, K.NewExpression].includes(r.kind) ? l.expression : null;
    const member = l.kind === K.PropertyAccessExpression || l.kind === K.ElementAccessExpression && ts.isStringLiteral(l.argumentExpression);
    if (!bound || !member) return null;
    if (isPrototype(l.expression)) return l.expression.expression;
    const o = l.expression;
    if (o.kind !== K.Identifier) return null;
    if (/^[A-Z]/.test(o.text)) return o;
    if (/^[^a-z_$]/.test(o.text) || ['exports', 'module', 'window', 'self', 'global', 'globalThis', 'document'].includes(o.text)) return null;
    return scope.length && ['function', 'method', 'constructor', 'getter', 'setter'].includes(scope[scope.length - 1].kind) ? null : o;
  }
  const inType = p => p.kind === K.TypeLiteral || p.kind === K.InterfaceDeclaration;
  const typeMember = p => inType(p) && scope.length > 0 && ['interface', 'type_alias', 'property'].includes(scope[scope.length - 1].kind);
  const variableKind = list => list.flags & ts.NodeFlags.Const && isTop(list) ? 'constant' : 'variable';

  const split = spec => { const i = spec.endsWith('/') ? -1 : spec.lastIndexOf('/'); return i < 0 ? [null, spec] : [spec.slice(0, i), spec.slice(i + 1)]; };
  function importEdge(node, name, qualifier, alias) {
    if (qualifier === undefined) [qualifier, name] = split(name);
    emit({ t: 'import', name, qualifier, alias: alias || null, line: at(node.getStart(source))[0], from: qualified() });
  }
  function edge(t, nameNode, from) {
    emit({ t, name: nameNode.text !== undefined ? nameNode.text : nameNode.getText(source), at: at(nameNode.getStart(source) + (nameNode.kind === K.StringLiteral ? 1 : 0)), from: from === undefined ? qualified() : from });
  }
  const nameOf = e => {
    e = e && unwrapCall(e);
    if (!e) return null;
    if (e.kind === K.Identifier) return e;
    if (e.kind === K.PropertyAccessExpression) return e.name;
    if (e.kind === K.ElementAccessExpression && ts.isStringLiteral(e.argumentExpression)) return e.argumentExpression;
    return null;
  };
  function unwrapCall(e) {
    for (;;) {
      if ([K.ParenthesizedExpression, K.AsExpression, K.NonNullExpression].includes(e.kind)) e = e.expression;
      else if (e.kind === K.BinaryExpression && e.operatorToken.kind === K.CommaToken) e = e.right;
      else return e;
    }
  }

  const variables = new Set();
  function call(target) {
    if (target.kind === K.SuperKeyword) { emit({ t: 'call', name: 'super', at: at(target.getStart(source)), from: qualified() }); return; }
    const n = nameOf(target);
    if (!n || n.kind === K.Identifier && n.parent.kind !== K.PropertyAccessExpression && (n.text === 'require' || localSymbol(n))) return;
    if (n.kind === K.Identifier && n.parent.kind === K.PropertyAccessExpression && n.parent.expression === n && localSymbol(n)) return;
    edge('call', n);
  }
  // True for a local, a parameter or a type parameter, by the compiler's scopes. A function within a function is none: it is an entity.
  function localSymbol(n) {
    const symbol = n.parent.kind === K.ShorthandPropertyAssignment ? checker.getShorthandAssignmentValueSymbol(n.parent) : checker.getSymbolAtLocation(n);
    const d = symbol && symbol.declarations && symbol.declarations[0];
    if (!d) return n.text === 'arguments';
    if (d.getSourceFile() !== source) return false;
    if (d.kind === K.TypeParameter || d.kind === K.Parameter) return true;
    if (d.kind === K.FunctionExpression || d.kind === K.ClassExpression) return !definition(d);
    if (d.kind === K.VariableDeclaration) {
      if (isFunction(unwrap(d.initializer)) || d.initializer && unwrap(d.initializer).kind === K.ClassExpression || holdsModule(d.initializer)) return false;
      return d.parent.kind === K.CatchClause || isLocal(d);
    }
    if (d.kind === K.BindingElement) {
      let v = d;
      while (v.kind !== K.VariableDeclaration && v.kind !== K.Parameter) v = v.parent;
      return v.kind === K.Parameter || v.parent.kind === K.CatchClause || !holdsModule(v.initializer) && isLocal(v);
    }
    return false;
  }
  function visit(n) {
    if (n.kind >= K.FirstJSDocNode && n.kind <= K.LastJSDocNode) return;
    const owner = extended(n);
    if (owner) {
      const key = `${scope.map(x => x.name).join('.')} impl ${owner.text}`;
      if (!variables.has(key)) emit({ t: 'entity', kind: 'impl', name: owner.text, end: endLine(n), line: at(n.getStart(source))[0], qualified: [qualified(), owner.text].filter(x => x).join('.') });
      variables.add(key);
      scope.push({ kind: 'impl', name: owner.text });
    }
    const d = definition(n);
    if (d) {
      let outer;
      if (d[2]) outer = scope.pop();  // a parameter property stands beside the constructor
      const key = `${scope.map(x => x.name).join('.')} ${d[1]}`;
      // Declared again, a variable is the same entity.
      if (d[0] !== 'variable' || !variables.has(key)) emit({ t: 'entity', kind: d[0], name: d[1], end: endLine(n), line: at(n.getStart(source))[0], qualified: [qualified(), ...(d[0] === 'test' ? [] : [d[1]])].filter(x => x).join('.') || d[1] });
      scope.push({ kind: d[0], name: d[1] });
      if (d[0] === 'variable') variables.add(key);
      if (outer) { ts.forEachChild(n, visit); scope.pop(); scope.push(outer); return; }
    }
    switch (n.kind) {
      case K.CallExpression:
        if (n.expression.kind === K.ImportKeyword) { if (n.arguments[0] && ts.isStringLiteral(n.arguments[0]) && !(n.parent.kind === K.AwaitExpression && (n.parent.parent.kind === K.VariableDeclaration || setsFromModule(n.parent.parent)))) importEdge(n.arguments[0], n.arguments[0].text); }
        else {
          if (isRequire(n) && !(n.parent.kind === K.VariableDeclaration || setsFromModule(n.parent) || n.parent.kind === K.PropertyAccessExpression && n.parent.parent.kind === K.VariableDeclaration)) importEdge(n.arguments[0], n.arguments[0].text);
          call(n.expression);
        }
        break;
      case K.ImportType: if (n.argument.literal) { importEdge(n.argument, n.argument.literal.text); if (n.qualifier && n.qualifier.kind === K.Identifier) { importEdge(n.qualifier, n.qualifier.text, n.argument.literal.text); } } break;
      case K.NewExpression: call(n.expression); break;
      case K.TaggedTemplateExpression: call(n.tag); break;
      case K.Decorator: if (n.expression.kind !== K.CallExpression) call(n.expression); break;
      case K.JsxOpeningElement: case K.JsxSelfClosingElement:
        if (n.tagName.kind !== K.Identifier || /^[A-Z_$]/.test(n.tagName.text)) call(n.tagName);
        break;
      case K.BinaryExpression:
        if (setsFromModule(n)) {
          const spec = isRequire(n.right) ? n.right.arguments[0] : n.right.expression.arguments[0];
          for (const e of n.left.properties) {
            if (e.kind === K.ShorthandPropertyAssignment) importEdge(e.name, e.name.text, spec.text);
            else if (e.kind === K.PropertyAssignment && e.name.kind === K.Identifier && e.initializer.kind === K.Identifier) importEdge(e.name, e.name.text, spec.text, e.initializer.text);
          }
        }
        break;
      case K.VariableDeclaration:
        if (holdsModule(n.initializer)) {
          const v = n.initializer, spec = isRequire(v) ? v.arguments[0] : isDynamicImport(v) ? v.expression.arguments[0] : v.expression.arguments[0];
          if (v.kind === K.PropertyAccessExpression && n.name.kind === K.Identifier) importEdge(v.name, v.name.text, spec.text, n.name.text);
          else if (n.name.kind === K.Identifier) { if (isRequire(v)) importEdge(n.name, n.name.text, spec.text); importEdge(spec, spec.text, undefined, n.name.text); }
          else for (const e of n.name.elements) if (e.name && e.name.kind === K.Identifier) importEdge(e.propertyName || e.name, (e.propertyName || e.name).text, spec.text, e.propertyName && e.name.text);
        }
        break;
      case K.ImportDeclaration: {
        const spec = n.moduleSpecifier.text, c = n.importClause;
        if (!c) importEdge(n.moduleSpecifier, spec);
        else {
          if (c.name) { importEdge(c.name, c.name.text, spec); importEdge(n.moduleSpecifier, spec, undefined, c.name.text); }
          const b = c.namedBindings;
          if (b && b.kind === K.NamespaceImport) importEdge(n.moduleSpecifier, spec, undefined, b.name.text);
          if (b && b.kind === K.NamedImports) for (const e of b.elements) importEdge(e.propertyName || e.name, (e.propertyName || e.name).text, spec, e.propertyName && e.name.text);
        }
        break;
      }
      case K.ExportDeclaration:
        if (n.moduleSpecifier) {
          const spec = n.moduleSpecifier.text;
          if (!n.exportClause) importEdge(n, '*', spec);
          else if (n.exportClause.kind === K.NamespaceExport) importEdge(n.moduleSpecifier, spec, undefined, n.exportClause.name.text);
          else for (const e of n.exportClause.elements) importEdge(e.propertyName || e.name, (e.propertyName || e.name).text, spec, e.propertyName && e.name.text);
        }
        break;
      case K.ImportEqualsDeclaration:
        if (n.moduleReference.kind === K.ExternalModuleReference) { if (n.moduleReference.expression.text) importEdge(n.name, n.name.text, n.moduleReference.expression.text), importEdge(n.moduleReference.expression, n.moduleReference.expression.text, undefined, n.name.text); }
        else {
          const r = n.moduleReference;
          importEdge(r.right || r, (r.right || r).text, r.right ? r.left.getText(source).replace(/\s/g, '') : null, n.name.text);
          if (d) scope.pop();
          return;
        }
        break;
      case K.HeritageClause:
        for (const type of n.types) {
          const target = nameOf(type.expression);
          const bare = type.expression.kind === K.Identifier || type.expression.kind === K.PropertyAccessExpression;
          if (target && bare && !localSymbol(target)) { edge(n.token === K.ImplementsKeyword ? 'implements' : 'inherits', target); }
        }
        break;
    }
    ts.forEachChild(n, visit);
    if (d) scope.pop();
    if (owner) scope.pop();
  }
  ts.forEachChild(source, visit);
}

const print = record => process.stdout.write(JSON.stringify(record) + '\n');
// What analyse found, in the words that all oracles share.
function fact({ t, name, at, line, from, ...more }, path) {
  if (t === 'entity') return { t, kind: more.kind, name, qualified: more.kind === 'test' ? undefined : more.qualified, path, line, endLine: more.end };
  if (t === 'import') return { t, path, line, name, qualifier: more.qualifier || '', from: from || '' };
  return { t, path, line: at[0], column: at[1], name, from: from || '' };
}

const files = [...walk('.')].filter(f => fs.statSync(path.join(root, f)).size < 2e6);
const options = { allowJs: true, noLib: true, noResolve: true, noEmit: true, target: ts.ScriptTarget.ESNext, jsx: ts.JsxEmit.Preserve, types: [], experimentalDecorators: true, allowNonTsExtensions: true };
for (const file of files) {
  // A program of one file: what it does not declare itself is no local.
  const full = path.resolve(root, file);
  let program, source;
  try {
    const host = ts.createCompilerHost(options, true);
    const read = host.getSourceFile;
    host.getSourceFile = (name, target) => {
      if (path.resolve(name) !== full) return undefined;
      const kind = /\.(js|jsx|mjs|cjs)$/.test(name) ? ts.ScriptKind.JSX : /\.tsx$/.test(name) ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
      return ts.createSourceFile(name, fs.readFileSync(name, 'utf8'), ts.ScriptTarget.ESNext, true, kind);
    };
    program = ts.createProgram([full], options, host);
    source = program.getSourceFile(full);
    if (!source) continue;
    if (source.parseDiagnostics.length) {
      print({ t: 'skipped', path: file, reason: 'the compiler finds syntax errors' });
      continue;
    }
    const out = [];
    analyse(file, source, program.getTypeChecker(), record => out.push(record));
    print({ t: 'file', path: file });
    out.forEach(record => print(fact(record, file)));
  } catch (e) {
    process.stderr.write(`${file}: ${e.stack.split('\n').slice(0, 3).join(' ')}\n`);
  }
}
