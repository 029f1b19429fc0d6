"""What the interpreter's prompt asks of Python: the completions of a line, and what programs
told the module `readline`."""

import sys

import _library


def completions(before, word, namespace):
    """Give what a word may be the beginning of, after what stands before it in the line."""
    if (found := _by_completer(before, word)) is not None:
        return found
    words = before.split()
    if words[:1] == ["import"] or words[:1] == ["from"] and "import" not in words:
        # Names that follow `as` are new.
        return [] if words[-1] == "as" else _modules(word)
    if words[:1] == ["from"]:
        return _members(words[1], word)
    if not word:
        return []
    from rlcompleter import Completer
    completer = Completer(namespace)
    return completer.attr_matches(word) if "." in word else completer.global_matches(word)


def _by_completer(before, word):
    """Give what a program's own completer offers; None where there is none."""
    editor = sys.modules.get("readline")
    owner = type(getattr(editor and editor.get_completer(), "__self__", None))
    if editor is None or owner.__module__ == "rlcompleter":
        # That one knows no more than the prompt.
        return None
    found = editor._matches(before + word)
    if found is None:
        return None
    begin, matches = found
    # The prompt replaces the word that it sees itself.
    if begin >= len(before):
        return [word[:begin - len(before)] + match for match in matches]
    return [match[len(before) - begin:] for match in matches]


def before_line():
    """Give the lines that a program added to the history, whether those before are gone, and what the
    line to be typed begins with."""
    editor = sys.modules.get("readline")
    if editor is None:
        return False, "", []
    inserted = editor._before_line()
    anew, lines = editor._take_unseen()
    return anew, inserted, lines


def remember(line):
    """Tell the history of a line that was typed; whether it may be kept."""
    editor = sys.modules.get("readline")
    if editor is None:
        return True
    if editor._auto_history:
        editor._history.append(line)
    return editor._auto_history


def _modules(begun):
    """Give the modules, with the packages they are in, whose names begin so."""
    package, dot, begun = begun.rpartition(".")
    names = _submodules(package) if dot else _top_level()
    return sorted({package + dot + name for name in names
                   if name.startswith(begun) and (begun or not name.startswith("_"))})


def _top_level():
    import pkgutil
    yield from sys.builtin_module_names
    yield from (name for name in _library.names() if "." not in name)
    yield from (module.name for module in pkgutil.iter_modules())


def _submodules(package):
    import pkgutil
    from importlib.util import find_spec
    inside = package + "."
    yield from (name.removeprefix(inside) for name in _library.names()
                if name.startswith(inside) and "." not in name.removeprefix(inside))
    try:
        spec = find_spec(package)
    except (ImportError, ValueError):
        return
    if spec is not None and spec.submodule_search_locations:
        yield from (module.name
                    for module in pkgutil.iter_modules(spec.submodule_search_locations))


def _members(module, begun):
    """Give the names that can be imported from a module; it is only looked at if it is there."""
    names = set(_submodules(module))
    if module in sys.modules:
        names.update(dir(sys.modules[module]))
    elif module in sys.stdlib_module_names:
        # Importing it does no more than what is about to happen.
        try:
            __import__(module)
        except ImportError:
            return []
        names.update(dir(sys.modules[module]))
    return sorted(name for name in names
                  if name.startswith(begun) and (begun or not name.startswith("_")))
