// targets.js ROOT: what the calls under ROOT mean to the TypeScript compiler, one JSON object a line: where the called name stands,
// and where the declarations stand that it may mean, or that they are outside of ROOT.
const fs = require('fs'), path = require('path');
const ts = require(process.env.TYPESCRIPT || '/usr/share/nodejs/typescript');
const K = ts.SyntaxKind, root = path.resolve(process.argv[2]);
const files = [];
(function walk(dir) {
  for (const e of fs.readdirSync(dir, { withFileTypes: true })) {
    const p = path.join(dir, e.name);
    if (e.isDirectory()) walk(p);
    else if (e.isFile() && /\.(js|jsx|mjs|cjs|ts|mts|cts|tsx)$/.test(e.name)) files.push(p);
  }
})(root);
const program = ts.createProgram(files, { allowJs: true, checkJs: false, noEmit: true, target: ts.ScriptTarget.ES2020, module: ts.ModuleKind.CommonJS,
  moduleResolution: ts.ModuleResolutionKind.NodeJs, esModuleInterop: true, jsx: ts.JsxEmit.Preserve, types: [], experimentalDecorators: true, maxNodeModuleJsDepth: 0 });
const checker = program.getTypeChecker();
const own = new Set(files);
for (const source of program.getSourceFiles()) {
  if (!own.has(source.fileName)) continue;
  const file = path.relative(root, source.fileName);
  const ascii = !/[^\x00-\x7f]/.test(source.text);
  const nameOf = e => {
    for (;;) {
      if ([K.ParenthesizedExpression, K.AsExpression, K.NonNullExpression].includes(e.kind)) e = e.expression;
      else return e.kind === K.Identifier ? e : e.kind === K.PropertyAccessExpression ? e.name : null;
    }
  };
  const visit = n => {
    const e = n.kind === K.CallExpression || n.kind === K.NewExpression ? n.expression : n.kind === K.TaggedTemplateExpression ? n.tag
      : n.kind === K.JsxOpeningElement || n.kind === K.JsxSelfClosingElement ? n.tagName : null;
    const name = e && nameOf(e);
    if (name && !(e.parent.kind !== K.CallExpression && e.parent.kind !== K.NewExpression && /^[a-z]/.test(name.text) && e.kind === K.Identifier)) {
      const found = new Set();
      let outside = false, unclear = false;
      const add = d => {
        const f = d && d.getSourceFile();
        if (!f) return;
        if (!own.has(f.fileName)) { outside = true; return; }
        unclear = true;
        if (d.kind === K.Parameter || d.kind === K.BindingElement || [K.FunctionType, K.CallSignature, K.JSDocSignature, K.JSDocTypedefTag, K.JSDocCallbackTag, K.ConstructSignature, K.ImportSpecifier, K.ImportClause].includes(d.kind)) return;
        if (d.kind === K.VariableDeclaration && !(d.initializer && [K.ArrowFunction, K.FunctionExpression, K.ClassExpression].includes(d.initializer.kind)) || d.flags & ts.NodeFlags.JSDoc) return;
        const declared = d.name || d.left && (d.left.name || d.left);
        const name = d.kind === K.Constructor ? 'constructor' : declared && declared.kind !== K.ComputedPropertyName ? declared.text : undefined;
        found.add(JSON.stringify({ path: path.relative(root, f.fileName), line: f.getLineAndCharacterOfPosition(d.getStart(f)).line + 1, name }));
      };
      try {
        const signature = checker.getResolvedSignature(n);
        add(signature && signature.declaration);
        // What is said of `new X` where X is a class: that as well, also where X is a variable that holds it.
        if (signature && signature.declaration && signature.declaration.kind === K.Constructor) add(signature.declaration.parent);
        let symbol = checker.getSymbolAtLocation(name);
        if (symbol && symbol.flags & ts.SymbolFlags.Alias) symbol = checker.getAliasedSymbol(symbol);
        for (const d of symbol && symbol.declarations || []) add(d);
      } catch (error) {}
      if (found.size || outside && !unclear) {
        const pos = name.getStart(source), { line, character } = source.getLineAndCharacterOfPosition(pos);
        const column = ascii ? character : Buffer.byteLength(source.text.slice(source.getLineStarts()[line], pos));
        const meaning = found.size ? { to: [...found].map(x => JSON.parse(x)) } : { external: true };
        process.stdout.write(JSON.stringify({ t: 'target', path: file, line: line + 1, column: column + 1, name: name.text, ...meaning }) + '\n');
      }
    }
    ts.forEachChild(n, visit);
  };
  visit(source);
}
