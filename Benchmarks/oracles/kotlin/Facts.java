// Prints what the Kotlin compiler's own parser sees in the Kotlin files below a directory, one JSON object a line: definitions,
// calls, imports and bases.
//
//     java Facts DIR
import java.io.*;
import java.nio.charset.StandardCharsets;
import java.nio.file.*;
import java.util.*;
import org.jetbrains.kotlin.cli.jvm.compiler.*;
import org.jetbrains.kotlin.com.intellij.openapi.Disposable;
import org.jetbrains.kotlin.com.intellij.openapi.util.Disposer;
import org.jetbrains.kotlin.com.intellij.psi.*;
import org.jetbrains.kotlin.com.intellij.psi.util.PsiTreeUtil;
import org.jetbrains.kotlin.config.*;
import org.jetbrains.kotlin.psi.*;

public class Facts {
  static PrintStream out = new PrintStream(new BufferedOutputStream(System.out), false, StandardCharsets.UTF_8);

  public static void main(String[] args) throws Exception {
    Disposable end = Disposer.newDisposable();
    CompilerConfiguration configuration = new CompilerConfiguration();
    configuration.put(CommonConfigurationKeys.MODULE_NAME, "facts");
    org.jetbrains.kotlin.cli.FrontendConfigurationKeysKt.setExtensionsStorage(
        configuration, new org.jetbrains.kotlin.compiler.plugin.CompilerPluginRegistrar.ExtensionStorage());
    KotlinCoreEnvironment environment =
        KotlinCoreEnvironment.createForProduction(end, configuration, EnvironmentConfigFiles.JVM_CONFIG_FILES);
    KtPsiFactory factory = new KtPsiFactory(environment.getProject(), false);
    Path root = Path.of(args[0]).toAbsolutePath();
    List<Path> files;
    try (var walk = Files.walk(root)) {
      files = walk.filter(file -> file.toString().matches(".*\\.kts?") && Files.isRegularFile(file)).sorted().toList();
    }
    for (Path file : files) {
      String text = Files.readString(file).replace("\r\n", "\n");
      KtFile tree = factory.createFile(file.getFileName().toString(), text);
      String path = root.relativize(file).toString();
      boolean isBroken = PsiTreeUtil.hasErrorElements(tree);
      out.println("{\"t\":\"" + (isBroken ? "skipped" : "file") + "\",\"path\":" + Reader.quoted(path) + "}");
      if (!isBroken) new Reader(path, text).visitFile(tree);
    }
    out.flush();
    System.exit(0);
  }

  static class Reader extends KtTreeVisitorVoid {
    final String path;
    final int[] starts;
    final String text;
    final ArrayDeque<String> scopes = new ArrayDeque<>();

    Reader(String path, String text) {
      this.path = path;
      this.text = text;
      starts = java.util.stream.IntStream.concat(
          java.util.stream.IntStream.of(0),
          java.util.stream.IntStream.range(0, text.length()).filter(i -> text.charAt(i) == '\n').map(i -> i + 1)).toArray();
    }

    /** Calls by a bare name, and the names that are locals, parameters or type parameters somewhere in the file. */
    final Map<String, String> bare = new LinkedHashMap<>();
    final Set<String> locals = new HashSet<>();

    void visitFile(KtFile file) {
      file.accept(this);
      // Whether such a name is a local where it is called, the parser alone cannot tell.
      bare.forEach((call, name) -> out.println(call + (locals.contains(name) ? ",\"unclear\":true}" : "}")));
    }

    static String quoted(String text) {
      return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", " ") + '"';
    }

    int line(int offset) {
      int line = Arrays.binarySearch(starts, offset);
      return line < 0 ? -line - 1 : line + 1;
    }

    void add(String t, String kind, String name, int offset) {
      if (t.equals("local")) locals.add(name);
      if (!Set.of("call", "inherits", "import").contains(t)) return;
      int line = line(offset);
      int column = text.substring(starts[line - 1], offset).getBytes(StandardCharsets.UTF_8).length + 1;
      String row = "{\"path\":" + quoted(path) + ",\"t\":\"" + t + "\",\"name\":" + quoted(name) + ",\"line\":" + line
          + (t.equals("import") ? "" : ",\"column\":" + column);
      if (kind.equals("bare")) bare.put(row, name);
      else out.println(row + "}");
    }

    void define(String kind, String name, PsiElement at) {
      List<String> all = new ArrayList<>(scopes);
      Collections.reverse(all);
      all.removeIf(String::isEmpty);
      all.add(name);
      PsiElement first = at.getFirstChild();
      // The documentation before it is no part of it here.
      while (first instanceof PsiComment || first instanceof PsiWhiteSpace) first = first.getNextSibling();
      int start = (first == null ? at : first).getTextRange().getStartOffset(), end = at.getTextRange().getEndOffset();
      out.println("{\"t\":\"entity\",\"path\":" + quoted(path) + ",\"kind\":\"" + kind + "\",\"name\":" + quoted(name)
          + ",\"qualified\":" + quoted(String.join(".", all)) + ",\"line\":" + line(start)
          + ",\"endLine\":" + line(end - 1) + "}");
    }

    void within(String name, KtElement node) {
      scopes.push(name);
      node.acceptChildren(this, null);
      scopes.pop();
    }

    @Override public void visitPackageDirective(KtPackageDirective node) {
      if (!node.getQualifiedName().isEmpty()) define("package", node.getQualifiedName(), node);
    }
    @Override public void visitImportDirective(KtImportDirective node) {
      if (node.getImportedFqName() == null) return;
      String name = node.getImportedFqName().shortName().asString();
      add("import", "import", node.isAllUnder() ? "*" : name, node.getTextRange().getStartOffset());
    }
    @Override public void visitClass(KtClass node) {
      if (node instanceof KtEnumEntry) {
        define("enum_member", node.getName(), node);
      } else {
        define(node.isInterface() ? "interface" : node.isEnum() ? "enum" : "class", String.valueOf(node.getName()), node);
        bases(node);
      }
      within(String.valueOf(node.getName()), node);
    }
    @Override public void visitObjectDeclaration(KtObjectDeclaration node) {
      if (node.isObjectLiteral()) {
        for (KtSuperTypeListEntry entry : node.getSuperTypeListEntries()) {
          if (!(entry instanceof KtSuperTypeCallEntry) || entry.getTypeAsUserType() == null) continue;
          KtSimpleNameExpression name = entry.getTypeAsUserType().getReferenceExpression();
          add("call", "bare", name.getReferencedName(), name.getTextRange().getStartOffset());
        }
        within("", node);
        return;
      }
      String name = node.getNameIdentifier() == null ? "companion" : node.getName();
      define("object", name, node);
      bases(node);
      within(name, node);
    }
    void bases(KtClassOrObject node) {
      for (KtSuperTypeListEntry entry : node.getSuperTypeListEntries()) {
        if (entry.getTypeAsUserType() == null || entry.getTypeAsUserType().getReferenceExpression() == null) continue;
        KtSimpleNameExpression name = entry.getTypeAsUserType().getReferenceExpression();
        add("inherits", "", name.getReferencedName(), name.getTextRange().getStartOffset());
      }
    }
    @Override public void visitNamedFunction(KtNamedFunction node) {
      if (node.getNameIdentifier() == null) { within("", node); return; }
      define("function", node.getName(), node);
      within(node.getName(), node);
    }
    @Override public void visitSecondaryConstructor(KtSecondaryConstructor node) {
      define("constructor", "constructor", node);
      within("constructor", node);
    }
    @Override public void visitTypeAlias(KtTypeAlias node) {
      define("type_alias", String.valueOf(node.getName()), node);
      within(String.valueOf(node.getName()), node);
    }
    @Override public void visitProperty(KtProperty node) {
      if (node.isLocal()) {
        add("local", "", String.valueOf(node.getName()), 0);
        within("", node);
        return;
      }
      define("variable", String.valueOf(node.getName()), node);
      within(String.valueOf(node.getName()), node);
    }
    @Override public void visitPropertyAccessor(KtPropertyAccessor node) {
      if (node.hasBody()) define(node.isGetter() ? "getter" : "setter", node.isGetter() ? "get" : "set", node);
      within(node.isGetter() ? "get" : "set", node);
    }
    @Override public void visitParameter(KtParameter node) {
      if (node.hasValOrVar()) {
        define("variable", String.valueOf(node.getName()), node);
        within(String.valueOf(node.getName()), node);
        return;
      }
      if (node.getName() != null) add("local", "", node.getName(), 0);
      node.acceptChildren(this, null);
    }
    @Override public void visitDestructuringDeclarationEntry(KtDestructuringDeclarationEntry node) {
      add("local", "", String.valueOf(node.getName()), 0);
      node.acceptChildren(this, null);
    }
    @Override public void visitTypeParameter(KtTypeParameter node) {
      add("local", "", String.valueOf(node.getName()), 0);
      node.acceptChildren(this, null);
    }
    @Override public void visitCallExpression(KtCallExpression node) {
      if (node.getCalleeExpression() instanceof KtSimpleNameExpression) {
        KtSimpleNameExpression name = (KtSimpleNameExpression) node.getCalleeExpression();
        boolean member = node.getParent() instanceof KtQualifiedExpression
            && ((KtQualifiedExpression) node.getParent()).getSelectorExpression() == node;
        add("call", member ? "member" : "bare", name.getReferencedName(), name.getTextRange().getStartOffset());
      }
      node.acceptChildren(this, null);
    }
    @Override public void visitBinaryExpression(KtBinaryExpression node) {
      KtOperationReferenceExpression name = node.getOperationReference();
      if (Character.isJavaIdentifierStart(name.getText().charAt(0)) && !Set.of("in", "as", "is").contains(name.getText())) {
        add("call", "infix", name.getReferencedName(), name.getTextRange().getStartOffset());
      }
      node.acceptChildren(this, null);
    }
    @Override public void visitConstructorDelegationCall(KtConstructorDelegationCall node) {
      if (!node.isImplicit()) add("call", "", node.isCallToThis() ? "this" : "super", node.getTextRange().getStartOffset());
      node.acceptChildren(this, null);
    }
    // An enum entry's arguments stand after a type that is not written.
    @Override public void visitUserType(KtUserType node) {
      KtSimpleNameExpression name = node.getReferenceExpression();
      if (name != null && PsiTreeUtil.getParentOfType(node, KtInitializerList.class, true, KtTypeArgumentList.class, KtValueArgumentList.class) != null) return;
      boolean isPackage = name != null && node.getParent() instanceof KtUserType && Character.isLowerCase(name.getText().charAt(0));
      if (name != null && !isPackage) add("type", "bare", name.getReferencedName(), name.getTextRange().getStartOffset());
      node.acceptChildren(this, null);
    }
    @Override public void visitQualifiedExpression(KtQualifiedExpression node) {
      if (node.getSelectorExpression() instanceof KtNameReferenceExpression) {
        KtNameReferenceExpression name = (KtNameReferenceExpression) node.getSelectorExpression();
        add("value", "member", name.getReferencedName(), name.getTextRange().getStartOffset());
      }
      node.acceptChildren(this, null);
    }
  }
}
