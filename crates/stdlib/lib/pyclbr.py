"""Which classes and functions a module has, found in its source without running it.

readmodule_ex() gives them by their names, in objects that know where they are, what they are nested
in, and what is nested in them; of a package there is also `__path__`.
"""

import ast
import importlib.util
import sys

__all__ = ["readmodule", "readmodule_ex", "Class", "Function"]

# What is known of modules that were read, by their full names.
_modules = {}


class _Object:
    """A class or function: its `module`, `name`, `file`, `lineno` and `end_lineno`; what it is in, as
    `parent`, and what is in it, as `children` by their names."""

    def __init__(self, module, name, file, lineno, end_lineno, parent):
        self.module = module
        self.name = name
        self.file = file
        self.lineno, self.end_lineno = lineno, end_lineno
        self.children = {}
        self.parent = parent
        if parent is not None:
            parent.children[name] = self


class Function(_Object):
    """A function or method; `is_async` tells whether it is a coroutine function."""

    def __init__(self, module, name, file, lineno, parent=None, is_async=False, *,
                 end_lineno=None):
        super().__init__(module, name, file, lineno, end_lineno, parent)
        self.is_async = is_async
        if isinstance(parent, Class):
            parent.methods[name] = lineno


class Class(_Object):
    """A class: its bases `super`, as Class objects or names, and the lines of its `methods`."""

    def __init__(self, module, name, super_, file, lineno, parent=None, *, end_lineno=None):
        super().__init__(module, name, file, lineno, end_lineno, parent)
        self.methods = {}
        self.super = super_ or []


def _nest_function(ob, func_name, lineno, end_lineno, is_async=False):
    """A function in another object."""
    return Function(ob.module, func_name, ob.file, lineno, ob, is_async, end_lineno=end_lineno)


def _nest_class(ob, class_name, lineno, end_lineno, super=None):
    """A class in another object."""
    return Class(ob.module, class_name, super, ob.file, lineno, ob, end_lineno=end_lineno)


def readmodule(module, path=None):
    """The classes at the top level of a module, by their names."""
    found = readmodule_ex(module, path)
    return {name: value for name, value in found.items() if isinstance(value, Class)}


def readmodule_ex(module, path=None):
    """The classes and functions at the top level of a module, by their names, with what it imports
    from others.  It is looked for in `path`, a list, and sys.path."""
    return _readmodule(module, path or [])


def _readmodule(module, path, inpackage=None):
    """As readmodule_ex(); in a package of that name `path` is the package's."""
    full = module if inpackage is None else f"{inpackage}.{module}"
    if full in _modules:
        return _modules[full]
    if inpackage is None and module in sys.builtin_module_names:
        return _modules.setdefault(module, {})
    above, dot, last = module.rpartition('.')
    if dot:
        package = _readmodule(above, path, inpackage)
        name = above if inpackage is None else f"{inpackage}.{above}"
        if '__path__' not in package:
            raise ImportError(f'No package named {name}')
        return _readmodule(last, package['__path__'], name)
    places = path if inpackage is not None else path + sys.path
    spec = importlib.util._find_spec_from_path(full, places)
    if spec is None:
        raise ModuleNotFoundError(f"no module named {full!r}", name=full)
    # In place before the source is read: modules import each other.
    tree = _modules[full] = {}
    if spec.submodule_search_locations is not None:
        tree['__path__'] = spec.submodule_search_locations
    try:
        source = spec.loader.get_source(full)
    except (AttributeError, ImportError):
        source = None
    if source is None:
        return tree
    return _create_tree(full, path, spec.loader.get_filename(full), source, tree, inpackage)


def _create_tree(fullmodule, path, fname, source, tree, inpackage):
    """Fill a tree from a module's source."""
    reader = _Reader(fullmodule, path, fname, tree, inpackage)
    reader.visit(ast.parse(source))
    return tree


class _Reader(ast.NodeVisitor):
    """Goes through the syntax of a module."""

    def __init__(self, module, path, file, tree, inpackage):
        self.module = module
        self.path = path
        self.file = file
        self.tree = tree
        self.inpackage = inpackage
        # The class or function that the present place is in.
        self.around = None

    def _enter(self, found, node):
        """Note a class or function, and look into it."""
        if self.around is None:
            self.tree[node.name] = found
        outer, self.around = self.around, found
        self.generic_visit(node)
        self.around = outer

    def visit_ClassDef(self, node):
        bases = []
        for base in map(ast.unparse, node.bases):
            *_, owner, name = ['', *base.split('.')]
            if base in self.tree:
                bases.append(self.tree[base])
            elif not owner:
                bases.append(base)
            elif owner in _modules:
                bases.append(_modules[owner].get(name, base))
        self._enter(Class(self.module, node.name, bases, self.file, node.lineno, self.around,
                          end_lineno=node.end_lineno), node)

    def visit_FunctionDef(self, node, *, is_async=False):
        self._enter(Function(self.module, node.name, self.file, node.lineno, self.around, is_async,
                             end_lineno=node.end_lineno), node)

    def visit_AsyncFunctionDef(self, node):
        self.visit_FunctionDef(node, is_async=True)

    def visit_Import(self, node):
        # Only statements that always run.
        for alias in node.names if node.col_offset == 0 else ():
            for where in ((self.path, self.inpackage), ([], None)):
                try:
                    _readmodule(alias.name, *where)
                    break
                except ImportError:
                    continue
                except SyntaxError:
                    break

    def visit_ImportFrom(self, node):
        if node.col_offset != 0:
            return
        try:
            names = _readmodule('.' * node.level + (node.module or ''), self.path, self.inpackage)
        except (ImportError, SyntaxError):
            return
        for alias in node.names:
            if alias.name in names:
                self.tree[alias.asname or alias.name] = names[alias.name]
            elif alias.name == '*':
                self.tree.update((name, value) for name, value in names.items()
                                 if not name.startswith('_'))


def _show(objects, indent=0):
    for found in sorted(objects, key=lambda each: getattr(each, 'lineno', 0)):
        if isinstance(found, Class):
            print(f"{' ' * indent}class {found.name} {found.super} {found.lineno}")
        elif isinstance(found, Function):
            print(f"{' ' * indent}def {found.name} {found.lineno}")
        if isinstance(found, _Object):
            _show(found.children.values(), indent + 2)


def _main():
    """Show what is in the module or file that the command line names."""
    import os
    name = sys.argv[1] if len(sys.argv) > 1 else __file__
    path = []
    if os.path.exists(name):
        path = [os.path.dirname(name)]
        name = os.path.basename(name)
        if name.lower().endswith(".py"):
            name = name[:-3]
    _show(readmodule_ex(name, path).values())


if __name__ == "__main__":
    _main()
