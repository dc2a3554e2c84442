#!/usr/bin/env php
<?php
/*
 * What PHP's own parser in PHP (nikic/PHP-Parser, Debian: php-parser) finds in a tree, as NDJSON:
 *   facts.php DIR
 * A file that does not parse is told as skipped.
 * Qualified names are joined with `\`, and leave out a namespace that is declared without braces, as ptwatch's do.
 */
require '/usr/share/php/PhpParser/autoload.php';

use PhpParser\Node;
use PhpParser\Node\Expr;
use PhpParser\Node\Name;
use PhpParser\Node\Scalar;
use PhpParser\Node\Stmt;
use PhpParser\NodeVisitorAbstract;

final class Oracle extends NodeVisitorAbstract
{
    /** @var list<array{string, string}> names and kinds of what encloses the node, '' for what does not qualify */
    private array $scopes = [];
    /** @var list<int> node ids that opened a scope */
    private array $opened = [];
    private int $functions = 0;
    private array $variables = [];
    /** @var array<int, Name> */
    private array $taken = [];

    public function __construct(private string $path, private string $code)
    {
    }

    public function enterNode(Node $node)
    {
        $this->entity($node);
        $this->call($node);
        $this->base($node);
        $this->import($node);
        $this->reference($node);
        if ($node instanceof Node\FunctionLike) {
            $this->functions++;
        }
        return null;
    }

    public function leaveNode(Node $node)
    {
        if ($node instanceof Node\FunctionLike) {
            $this->functions--;
        }
        while ($this->opened && end($this->opened) === spl_object_id($node)) {
            array_pop($this->opened);
            array_pop($this->scopes);
        }
        return null;
    }

    private function entity(Node $node): void
    {
        if ($node instanceof Stmt\Namespace_ && $node->name) {
            if ($node->getAttribute('kind') === Stmt\Namespace_::KIND_BRACED) {
                $this->define('module', 'namespace', (string) $node->name, $node, $node);
            } else {
                $this->define('module', 'namespace', (string) $node->name, $node->name);
            }
        } elseif ($node instanceof Stmt\ClassLike) {
            $kind = strtolower(preg_replace('/^Stmt_|_$/', '', $node->getType()));
            $this->define('type', $kind, $node->name ? (string) $node->name : 'class', $node, $node);
        } elseif ($node instanceof Stmt\EnumCase) {
            $this->define('value', 'enum_member', (string) $node->name, $node);
        } elseif ($node instanceof Stmt\Function_) {
            $this->define('function', 'function', (string) $node->name, $node, $node);
        } elseif ($node instanceof Stmt\ClassMethod) {
            foreach ($node->params as $param) {
                if ($param->flags) {
                    $this->define('value', 'property', $param->var->name, $param);
                }
            }
            $kinds = ['__construct' => 'constructor', '__destruct' => 'destructor'];
            $this->define('function', $kinds[$node->name->name] ?? 'method', $node->name->name, $node, $node);
        } elseif ($node instanceof Stmt\TraitUseAdaptation\Alias && $node->newName) {
            $this->define('function', 'method', (string) $node->newName, $node, $node);
        } elseif ($node instanceof Stmt\Property) {
            foreach ($node->props as $prop) {
                $this->define('value', 'property', (string) $prop->name, count($node->props) > 1 ? $prop : $node);
            }
        } elseif ($node instanceof Stmt\ClassConst || $node instanceof Stmt\Const_) {
            foreach ($node->consts as $const) {
                $this->define('value', 'constant', (string) $const->name, count($node->consts) > 1 ? $const : $node);
            }
        } elseif ($node instanceof Expr\FuncCall && $node->name instanceof Name && (string) $node->name === 'define') {
            $name = $node->args[0]->value ?? null;
            if ($name instanceof Scalar\String_) {
                $this->define('value', 'constant', $name->value, $node, $node);
            }
        } elseif ($node instanceof Expr\FuncCall && $node->name instanceof Name && (string) $node->name === 'class_alias') {
            $name = $node->args[1]->value ?? null;
            if ($name instanceof Scalar\String_ && !str_contains($name->value, '\\')) {
                $this->define('type', 'type_alias', $name->value, $node, $node);
            }
        } elseif ($this->isTest($node)) {
            $this->define('function', 'test', $node->args[0]->value->value, $node, $node);
        } elseif ($node instanceof Expr\Assign || $node instanceof Expr\AssignRef) {
            $isClosure = $node->expr instanceof Expr\Closure || $node->expr instanceof Expr\ArrowFunction;
            if ($isClosure && $node instanceof Expr\Assign && $node->var instanceof Expr\Variable && is_string($node->var->name)) {
                $this->define('function', 'function', '$' . $node->var->name, $node, $node);
            } else {
                $this->variable($node->var, $node);
            }
        } elseif ($node instanceof Stmt\Foreach_) {
            $this->variable($node->keyVar, $node->keyVar);
            $this->variable($node->valueVar, $node->valueVar);
        } elseif ($node instanceof Stmt\Catch_) {
            $this->variable($node->var, $node->var);
        }
    }

    /** A test of Pest: `it('does so', function () { ... })`. */
    private function isTest(Node $node): bool
    {
        return $node instanceof Expr\FuncCall && $node->name instanceof Name
            && in_array((string) $node->name, ['test', 'it', 'describe', 'arch'], true)
            && count($node->args) === 2 && $node->args[0]->value instanceof Scalar\String_
            && ($node->args[1]->value instanceof Expr\Closure || $node->args[1]->value instanceof Expr\ArrowFunction);
    }

    /** Variables of the program, each once. */
    private function variable(?Node $target, ?Node $extent): void
    {
        if ($this->functions) {
            return;
        }
        if ($target instanceof Expr\List_ || $target instanceof Expr\Array_) {
            foreach ($target->items as $item) {
                $this->variable($item?->value, $item?->value);
            }
        } elseif ($target instanceof Expr\Variable && is_string($target->name) && $target->name !== 'this') {
            $key = $this->qualified('$' . $target->name);
            if (!isset($this->variables[$key])) {
                $this->variables[$key] = true;
                $this->define('value', 'variable', '$' . $target->name, $extent);
            }
        }
    }

    private function define(string $group, string $kind, string $name, Node $node, ?Node $scope = null): void
    {
        $this->write([
            't' => 'entity', 'kind' => $group, 'is' => $kind, 'name' => $name, 'qualified' => $this->qualified($name),
            'path' => $this->path, 'line' => $node->getStartLine(), 'endLine' => $node->getEndLine(),
        ]);
        if ($scope) {
            $this->scopes[] = $name;
            $this->opened[] = spl_object_id($scope);
        }
    }

    private function qualified(string $name): string
    {
        return implode('\\', [...$this->scopes, $name]);
    }

    private function call(Node $node): void
    {
        if ($node instanceof Expr\FuncCall) {
            if ($node->name instanceof Name) {
                $this->mention('call', $node->name, ['name' => $node->name->getLast()]);
            } elseif ($node->name instanceof Expr\PropertyFetch && $node->name->name instanceof Node\Identifier
                || $node->name instanceof Expr\StaticPropertyFetch && $node->name->name instanceof Node\Identifier) {
                $this->mention('call', $node->name->name, ['name' => $node->name->name->name]);
            }
        } elseif ($node instanceof Expr\MethodCall || $node instanceof Expr\NullsafeMethodCall || $node instanceof Expr\StaticCall) {
            if ($node->name instanceof Node\Identifier) {
                $this->mention('call', $node->name, ['name' => $node->name->name]);
            }
        } elseif ($node instanceof Expr\New_ && $node->class instanceof Name) {
            $this->mention('call', $node->class, ['name' => $node->class->getLast()]);
        }
    }

    private function base(Node $node): void
    {
        if ($node instanceof Stmt\ClassLike) {
            $extends = $node->extends ?? [];
            foreach (is_array($extends) ? $extends : [$extends] as $name) {
                $this->name('inherits', $name);
            }
            foreach ($node->implements ?? [] as $name) {
                $this->name('implements', $name);
            }
        } elseif ($node instanceof Stmt\TraitUse) {
            foreach ($node->traits as $name) {
                $this->name('inherits', $name);
            }
        }
    }

    private function import(Node $node): void
    {
        if ($node instanceof Stmt\Use_) {
            foreach ($node->uses as $use) {
                $this->name('import', $use->name);
            }
        } elseif ($node instanceof Stmt\GroupUse) {
            foreach ($node->uses as $use) {
                $this->name('import', $use->name, (string) $node->prefix . '\\');
            }
        } elseif ($node instanceof Expr\Include_ && $node->expr instanceof Scalar\String_) {
            $this->write(['t' => 'import', 'path' => $this->path, 'line' => $node->expr->getStartLine(),
                'name' => $node->expr->value, 'qualifier' => null]);
        }
    }

    /** Names of types and constants, wherever no other record is made of them. */
    private function reference(Node $node): void
    {
        $taken = match (true) {
            $node instanceof Stmt\Namespace_, $node instanceof Expr\FuncCall => [$node->name],
            $node instanceof Expr\New_ => [$node->class],
            $node instanceof Stmt\Class_ => [$node->extends, ...$node->implements],
            $node instanceof Stmt\Interface_ => $node->extends,
            $node instanceof Stmt\Enum_ => $node->implements,
            $node instanceof Stmt\TraitUse => $node->traits,
            $node instanceof Stmt\UseUse => [$node->name],
            $node instanceof Stmt\GroupUse => [$node->prefix],
            default => [],
        };
        foreach ($taken as $name) {
            if ($name) {
                $this->taken[spl_object_id($name)] = $name;
            }
        }
        if ($node instanceof Name && !isset($this->taken[spl_object_id($node)])
            && !in_array(strtolower((string) $node), ['self', 'static', 'parent', 'true', 'false', 'null'], true)) {
            $this->name('reference', $node);
        }
    }

    private function name(string $t, Name $name, string $prefix = ''): void
    {
        $before = $prefix . implode('\\', array_slice($name->parts, 0, -1));
        $this->mention($t, $name, ['name' => $name->getLast(), 'qualifier' => rtrim($before, '\\') ?: null]);
    }

    /** Where the last segment of a name stands. */
    private function mention(string $t, Node $node, array $more): void
    {
        $at = $node->getEndFilePos() + 1 - strlen($more['name']);
        $lineStart = strrpos(substr($this->code, 0, $at), "\n");
        $this->write(['t' => $t, 'path' => $this->path, 'line' => $node->getEndLine(),
            'column' => $at - ($lineStart === false ? -1 : $lineStart)] + $more);
    }

    private function write(array $record): void
    {
        echo json_encode($record, JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE | JSON_INVALID_UTF8_SUBSTITUTE), "\n";
    }
}

ini_set('memory_limit', '-1');
$root = rtrim($argv[1], '/');
$paths = [];
foreach (new RecursiveIteratorIterator(new RecursiveDirectoryIterator($root, FilesystemIterator::SKIP_DOTS)) as $file) {
    if (!$file->isFile() || $file->isLink()) {
        continue;
    }
    $name = $file->getFilename();
    if (preg_match('/[.](php[3-8s]?|phtml)$/', $name)
        || !str_contains($name, '.') && preg_match('/^#!.*\bphp/', (string) file_get_contents($file->getPathname(), length: 100))) {
        $paths[] = substr($file->getPathname(), strlen($root) + 1);
    }
}
sort($paths);
$attributes = ['startLine', 'endLine', 'startFilePos', 'endFilePos', 'comments'];
$lexer = new PhpParser\Lexer\Emulative(['usedAttributes' => $attributes]);
$parser = (new PhpParser\ParserFactory())->create(PhpParser\ParserFactory::PREFER_PHP7, $lexer);
foreach ($paths as $path) {
    $code = file_get_contents("$root/$path");
    try {
        $statements = $parser->parse($code);
    } catch (PhpParser\Error $error) {
        echo json_encode(['t' => 'skipped', 'path' => $path, 'reason' => $error->getMessage()]), "\n";
        continue;
    }
    $traverser = new PhpParser\NodeTraverser();
    $traverser->addVisitor(new Oracle($path, $code));
    $traverser->traverse($statements);
}
