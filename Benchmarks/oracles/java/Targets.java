import com.sun.source.tree.*;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.BufferedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.type.TypeKind;
import javax.tools.ToolProvider;

/**
 * Prints what each call in the .java files below a directory calls, as the JDK's own compiler sees it, one JSON object a
 * line. The files are compiled as one; of what does not compile, for lack of a class path, nothing is said.
 *
 * <pre>java Targets.java DIR [OPTION OF JAVAC ...]</pre>
 */
public final class Targets {
  public static void main(String[] arguments) throws Exception {
    Path root = Path.of(arguments[0]).toAbsolutePath();
    List<Path> files;
    try (var walk = Files.walk(root)) {
      files = walk.filter(path -> path.toString().endsWith(".java") && Files.isRegularFile(path)
          && !path.endsWith("module-info.java")).sorted().toList();
    }
    var options = new ArrayList<>(List.of("-proc:none", "-implicit:none", "-Xmaxerrs", "0"));
    options.addAll(List.of(arguments).subList(1, arguments.length));
    var compiler = ToolProvider.getSystemJavaCompiler();
    try (var manager = compiler.getStandardFileManager(problem -> {}, null, StandardCharsets.UTF_8);
        var out = new PrintStream(new BufferedOutputStream(System.out, 1 << 20), false, StandardCharsets.UTF_8)) {
      var task = (JavacTask)
          compiler.getTask(null, manager, problem -> {}, options, null, manager.getJavaFileObjectsFromPaths(files));
      var units = task.parse();
      task.analyze();
      for (var unit : units) new Targets(root, Trees.instance(task), unit, out).print();
    }
  }

  private final Path root;
  private final Trees trees;
  private final CompilationUnitTree unit;
  private final PrintStream out;

  private Targets(Path root, Trees trees, CompilationUnitTree unit, PrintStream out) {
    this.root = root;
    this.trees = trees;
    this.unit = unit;
    this.out = out;
  }

  private String path(CompilationUnitTree unit) { return root.relativize(Path.of(unit.getSourceFile().toUri())).toString(); }

  private void print() throws Exception {
    String text = unit.getSourceFile().getCharContent(true).toString();
    new TreePathScanner<Void, Void>() {
      @Override public Void visitMethodInvocation(MethodInvocationTree tree, Void none) {
        call(new TreePath(getCurrentPath(), tree.getMethodSelect()), tree.getMethodSelect());
        return super.visitMethodInvocation(tree, none);
      }

      @Override public Void visitNewClass(NewClassTree tree, Void none) {
        call(getCurrentPath(), tree.getIdentifier());
        return super.visitNewClass(tree, none);
      }

      private void call(TreePath called, Tree named) {
        if (named instanceof ParameterizedTypeTree type) named = type.getType();
        if (named instanceof AnnotatedTypeTree type) named = type.getUnderlyingType();
        if (named instanceof ParameterizedTypeTree type) named = type.getType();
        String name;
        long position;
        if (named instanceof IdentifierTree identifier) {
          name = identifier.getName().toString();
          position = trees.getSourcePositions().getStartPosition(unit, identifier);
        } else if (named instanceof MemberSelectTree member) {
          name = member.getIdentifier().toString();
          position = trees.getSourcePositions().getEndPosition(unit, member) - name.length();
        } else {
          return;
        }
        print(name, position, trees.getElement(called));
      }

      private void print(String name, long position, Element element) {
        // What the compiler puts in, such as the call of super() or the making of an enum's member, is not in the source.
        if (!text.startsWith(name, (int) position)) return;
        // An anonymous class has a constructor of its own, which does not say what it calls.
        boolean isAnonymous = element != null && element.getKind() == ElementKind.CONSTRUCTOR
            && element.getEnclosingElement().getSimpleName().isEmpty();
        if (element == null || isAnonymous || element.asType().getKind() == TypeKind.ERROR) return;
        // Of a class without constructor its making calls the class.
        if (element.getKind() == ElementKind.CONSTRUCTOR && trees.getPath(element) == null) {
          element = element.getEnclosingElement();
        }
        int line = (int) unit.getLineMap().getLineNumber(position);
        int start = (int) unit.getLineMap().getStartPosition(line);
        int column = text.substring(start, (int) position).getBytes(StandardCharsets.UTF_8).length + 1;
        out.println("{\"t\":\"target\",\"path\":\"" + path(unit) + "\",\"line\":" + line + ",\"column\":" + column
            + ",\"name\":\"" + name + "\"," + meaning(element) + "}");
      }

      private String meaning(Element element) {
        var target = trees.getPath(element);
        if (target == null) return "\"external\":true";
        var there = target.getCompilationUnit();
        long first = there.getLineMap().getLineNumber(trees.getSourcePositions().getStartPosition(there, target.getLeaf()));
        var named = element.getKind() == ElementKind.CONSTRUCTOR ? element.getEnclosingElement() : element;
        return "\"to\":[{\"path\":\"" + path(there) + "\",\"line\":" + first
            + ",\"name\":\"" + named.getSimpleName() + "\"}]";
      }
    }.scan(unit, null);
  }
}
