import com.sun.source.tree.*;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.BufferedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.lang.model.element.Modifier;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;

/**
 * Prints what the JDK's own parser sees in the .java files below a directory, one JSON object a line: definitions, calls,
 * imports and base types.
 *
 * <pre>java Facts.java DIR</pre>
 */
public final class Facts {
  public static void main(String[] arguments) throws Exception {
    Path root = Path.of(arguments[0]).toAbsolutePath();
    List<Path> files;
    try (var walk = Files.walk(root)) {
      files = walk.filter(path -> path.toString().endsWith(".java") && Files.isRegularFile(path)).sorted().toList();
    }
    try (var out = new PrintStream(new BufferedOutputStream(System.out, 1 << 20), false, StandardCharsets.UTF_8)) {
      for (int i = 0; i < files.size(); i += BATCH) {
        print(root, files.subList(i, Math.min(i + BATCH, files.size())), out);
      }
    }
  }

  /** Files that are parsed at once. */
  private static final int BATCH = 200;

  private static void print(Path root, List<Path> files, PrintStream out) throws Exception {
    var compiler = ToolProvider.getSystemJavaCompiler();
    var problems = new DiagnosticCollector<JavaFileObject>();
    try (var manager = compiler.getStandardFileManager(problems, null, StandardCharsets.UTF_8)) {
      var options = List.of("--enable-preview", "--release", Integer.toString(Runtime.version().feature()), "-proc:none");
      var task = (JavacTask)
          compiler.getTask(null, manager, problems, options, null, manager.getJavaFileObjectsFromPaths(files));
      var units = task.parse();
      var positions = Trees.instance(task).getSourcePositions();
      var broken = new HashSet<Path>();
      for (var problem : problems.getDiagnostics()) {
        if (problem.getKind() == Diagnostic.Kind.ERROR && problem.getSource() != null) {
          broken.add(Path.of(problem.getSource().toUri()));
        }
      }
      for (var unit : units) {
        Path file = Path.of(unit.getSourceFile().toUri());
        if (broken.contains(file)) {
          out.println("{\"t\":\"skipped\",\"path\":\"" + root.relativize(file) + "\"}");
        } else {
          new Facts(unit, positions, root.relativize(file).toString(), out).print();
        }
      }
    }
  }

  private final String path;
  private final PrintStream out;
  private final String text;
  private final CompilationUnitTree unit;
  private final SourcePositions positions;
  /** Names of the enclosing definitions. */
  private final Deque<String> scope = new ArrayDeque<>();

  private Facts(CompilationUnitTree unit, SourcePositions positions, String path, PrintStream out) throws Exception {
    this.unit = unit;
    this.positions = positions;
    this.path = path;
    this.out = out;
    text = unit.getSourceFile().getCharContent(true).toString();
  }

  private void print() {
    emit("file", Map.of("line", 1));
    new Walker().scan(unit, null);
  }

  private void emit(String type, Map<String, Object> values) {
    var json = new StringBuilder("{\"t\":\"" + type + "\",\"path\":\"" + path + "\"");
    values.forEach((key, value) ->
        json.append(",\"").append(key).append("\":").append(value instanceof Integer ? value : "\"" + value + "\""));
    out.println(json.append('}'));
  }

  private int line(long position) { return (int) unit.getLineMap().getLineNumber(position); }

  /** In bytes of UTF-8, from 1. */
  private int column(long position) {
    int start = (int) unit.getLineMap().getStartPosition(line(position));
    return text.substring(start, (int) position).getBytes(StandardCharsets.UTF_8).length + 1;
  }

  private long start(Tree tree) { return positions.getStartPosition(unit, tree); }

  private long end(Tree tree) { return positions.getEndPosition(unit, tree); }

  private final class Walker extends TreePathScanner<Void, Void> {
    /** Fields of the classes around, by where their type stands: those of one declaration have it in common. */
    private final Map<Long, Integer> declared = new HashMap<>();

    private String qualified(String name) {
      var names = new ArrayList<>(scope);
      names.add(name);
      return String.join(".", names);
    }

    private void define(String kind, String name, long start, long end) {
      emit("entity", Map.of(
          "kind", kind, "qualified", qualified(name), "name", name, "line", line(start), "endLine", line(end - 1)));
    }

    private void within(String name, Runnable body) {
      scope.addLast(name);
      body.run();
      scope.removeLast();
    }

    @Override public Void visitPackage(PackageTree tree, Void none) {
      define("package", tree.getPackageName().toString().replaceAll("\\s", ""), start(tree), end(tree));
      return super.visitPackage(tree, none);
    }

    @Override public Void visitModule(ModuleTree tree, Void none) {
      define("module", tree.getName().toString(), start(tree), end(tree));
      for (var directive : tree.getDirectives()) {
        if (directive instanceof RequiresTree requires) {
          importOf(requires.getModuleName());
        }
      }
      return null;
    }

    @Override public Void visitImport(ImportTree tree, Void none) {
      importOf(tree.getQualifiedIdentifier());
      return null;
    }

    private void importOf(Tree tree) {
      String path = tree.toString().replaceAll("\\s", "");
      int dot = path.lastIndexOf('.');
      emit("import", Map.of(
          "name", path.substring(dot + 1), "qualifier", path.substring(0, Math.max(dot, 0)), "line", line(start(tree))));
    }

    @Override public Void visitClass(ClassTree tree, Void none) {
      String name = tree.getSimpleName().toString();
      if (name.isEmpty()) {
        countFields(tree);
        return super.visitClass(tree, none);
      }
      define(kind(tree), name, start(tree), end(tree));
      if (tree.getExtendsClause() != null) base("inherits", tree.getExtendsClause(), name);
      for (var type : tree.getImplementsClause()) {
        base(tree.getKind() == Tree.Kind.INTERFACE ? "inherits" : "implements", type, name);
      }
      countFields(tree);
      within(name, () -> super.visitClass(tree, none));
      return null;
    }

    private static String kind(ClassTree tree) {
      return switch (tree.getKind()) {
        case INTERFACE, ANNOTATION_TYPE -> "interface";
        case ENUM -> "enum";
        default -> "class";
      };
    }

    private void countFields(ClassTree tree) {
      for (var member : tree.getMembers()) {
        if (member instanceof VariableTree field && field.getType() != null) {
          declared.merge(start(field.getType()), 1, Integer::sum);
        }
      }
    }

    private void base(String kind, Tree type, String from) {
      var name = name(type);
      if (name == null) return;
      emit(kind, Map.of(
          "from", qualified(from), "name", name.text, "line", line(name.position), "column", column(name.position)));
    }

    @Override public Void visitMethod(MethodTree tree, Void none) {
      boolean isConstructor = tree.getReturnType() == null;
      String name = isConstructor ? scope.getLast() : tree.getName().toString();
      define(isConstructor ? "constructor" : "method", name, start(tree), end(tree));
      within(name, () -> super.visitMethod(tree, none));
      return null;
    }

    @Override public Void visitVariable(VariableTree tree, Void none) {
      if (!(getCurrentPath().getParentPath().getLeaf() instanceof ClassTree holder)) return super.visitVariable(tree, none);
      String name = tree.getName().toString();
      long start = start(tree), end = end(tree);
      if (isEnumMember(tree)) {
        define("enum_member", name, start, end);
        // The type that it makes is not written.
        within(name, () -> {
          if (tree.getInitializer() instanceof NewClassTree made) {
            scan(made.getArguments(), none);
            if (made.getClassBody() != null) scan(made.getClassBody(), none);
          }
        });
        return null;
      }
      var flags = tree.getModifiers().getFlags();
      boolean isConstant = flags.containsAll(Set.of(Modifier.STATIC, Modifier.FINAL))
          || holder.getKind() == Tree.Kind.INTERFACE || holder.getKind() == Tree.Kind.ANNOTATION_TYPE;
      boolean isOneOfSeveral = declared.getOrDefault(start(tree.getType()), 0) > 1;
      if (isOneOfSeveral) start = ((com.sun.tools.javac.tree.JCTree.JCVariableDecl) tree).pos;
      define(isConstant ? "constant" : "field", name, start, end);
      if (isOneOfSeveral) {
        scan(tree.getType(), none);
        within(name, () -> scan(tree.getInitializer(), none));
      } else {
        within(name, () -> super.visitVariable(tree, none));
      }
      return null;
    }

    private static boolean isEnumMember(VariableTree tree) {
      return (((com.sun.tools.javac.tree.JCTree.JCVariableDecl) tree).mods.flags & com.sun.tools.javac.code.Flags.ENUM) != 0;
    }

    @Override public Void visitMethodInvocation(MethodInvocationTree tree, Void none) {
      call(name(tree.getMethodSelect()));
      return super.visitMethodInvocation(tree, none);
    }

    @Override public Void visitNewClass(NewClassTree tree, Void none) {
      call(name(tree.getIdentifier()));
      return super.visitNewClass(tree, none);
    }

    private void call(Name name) {
      if (name == null) return;
      emit("call", Map.of(
          "from", String.join(".", scope), "name", name.text, "line", line(name.position), "column", column(name.position)));
    }

    private record Name(String text, long position) {}

    /** The last name in what names a type or a method. */
    private Name name(Tree tree) {
      if (tree instanceof IdentifierTree identifier) return new Name(identifier.getName().toString(), start(identifier));
      if (tree instanceof MemberSelectTree member) {
        String text = member.getIdentifier().toString();
        return new Name(text, end(member) - text.length());
      }
      if (tree instanceof ParameterizedTypeTree type) return name(type.getType());
      if (tree instanceof AnnotatedTypeTree type) return name(type.getUnderlyingType());
      return null;
    }
  }
}
