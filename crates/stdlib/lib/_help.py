"""What `help()` shows where there is no `pydoc`: descriptions made of signatures and docstrings.

An object is described whole: a module by its classes, functions and values, a class by its methods.
A text is a name to look up, or one of the words `keywords`, `modules` and `topics`. On a terminal a
description that does not fit goes through a pager.
"""

import builtins
import sys

_INTRODUCTION = """\
Write the name of a module, class, function or keyword to read about it: `json`, `str.join`, `for`.
`modules` and `keywords` list what there is. An empty line or `quit` leads back to the program.
"""

_REFERENCE = "https://docs.python.org/3.12/reference/"
# Where the reference treats keywords: a page and the words that it is about.
_CHAPTERS = (
    ("simple_stmts.html", "assert break continue del global import nonlocal pass raise return yield"),
    ("compound_stmts.html", "async case class def else elif except finally for if match try type "
                            "while with"),
    ("expressions.html", "and await in is lambda not or False None True"),
    ("import.html", "as from"),
)


def answer(*requests):
    """Answer help(): about an object or a name; without either ask for names, one after another."""
    if requests:
        _show(_about(*requests))
    elif sys.stdin.isatty():
        _converse()
    else:
        print(_INTRODUCTION)


def _converse():
    print(_INTRODUCTION)
    while True:
        try:
            name = input("help> ").strip().strip("'\"")
        except (EOFError, KeyboardInterrupt):
            print()
            return
        if name in ("", "q", "quit", "exit"):
            return
        _show(_about(name))


def _about(request):
    if not isinstance(request, str):
        return describe(request)
    if request in _LISTS:
        return _LISTS[request]()
    for page, words in _CHAPTERS:
        if request in words.split() and not request[0].isupper():
            return f"{request} is a keyword; it is explained at\n    {_REFERENCE}{page}\n"
    try:
        found = _locate(request)
    except ImportError as error:
        return f"{request} cannot be imported: {error}\n"
    if found is None:
        return (f"No Python documentation found for {request!r}.\n"
                "Use help() to get the interactive help utility.\n"
                "Use help(str) for help on the str class.\n")
    return describe(*found)


def _keywords():
    import keyword
    return "Keywords, and words that are keywords in some places only:\n\n" + _columns(
        keyword.kwlist + keyword.softkwlist)


def _modules():
    from _prompt import completions
    return "Modules that can be imported:\n\n" + _columns(completions("import ", "", {}))


def _topics():
    return (f"What the language is made of is explained at\n    {_REFERENCE}\n"
            "Write `keywords` or `modules`, or the name of something, to read about it here.\n")


_LISTS = {"keywords": _keywords, "modules": _modules, "topics": _topics}


def _columns(names):
    """Names in columns, sorted downwards."""
    names = sorted(set(names), key=lambda name: (name.lower(), name))
    width = max(map(len, names)) + 2
    count = max(1, 78 // width)
    rows = -(-len(names) // count)
    lines = ("".join(name.ljust(width) for name in names[row::rows]).rstrip()
             for row in range(rows))
    return "".join(f"{line}\n" for line in lines)


def _locate(path):
    """The object that a dotted name means, with its name; None if there is none."""
    parts = path.split(".")
    if not all(map(str.isidentifier, parts)):
        return None
    if hasattr(builtins, parts[0]):
        found, rest = getattr(builtins, parts[0]), parts[1:]
    else:
        found, rest = None, []
        # The longest part that is a module.
        for end in range(1, len(parts) + 1):
            name = ".".join(parts[:end])
            try:
                __import__(name)
            except ModuleNotFoundError as error:
                if not (error.name and name.startswith(error.name)):
                    raise
                break
            found, rest = sys.modules[name], parts[end:]
        if found is None:
            return None
    for part in rest:
        try:
            found = getattr(found, part)
        except AttributeError:
            return None
    return found, path


def describe(thing, name=None):
    """Describe an object, which may have been asked for by a name."""
    import inspect
    described = thing if _describes_itself(thing) else type(thing)
    own_name = getattr(described, "__qualname__", _name(described))
    if inspect.ismodule(described):
        lines = _module(described)
    elif isinstance(described, type):
        lines = _class(described)
    else:
        lines = _routine(described)
    if described is not thing:
        # What the class says holds for the object.
        title = f"Help on {own_name} object"
    else:
        title = f"Help on {_kind(described)} {name or own_name}"
    module = getattr(described, "__module__", None)
    if isinstance(module, str):
        title += f" in module {module}"
    return f"{title}:\n\n" + "".join(f"{line}".rstrip() + "\n" for line in lines)


def _describes_itself(thing):
    import inspect
    return (inspect.ismodule(thing) or isinstance(thing, (type, property))
            or inspect.isroutine(thing) or inspect.isdatadescriptor(thing))


def _kind(thing):
    import inspect
    if inspect.ismodule(thing):
        return "package" if hasattr(thing, "__path__") else "module"
    if isinstance(thing, type):
        return "class"
    if inspect.isbuiltin(thing):
        return "built-in function"
    if inspect.ismethod(thing):
        return "method"
    if inspect.isfunction(thing):
        return "function"
    return type(thing).__name__.replace("_", " ")


def _heading(name, thing):
    """A name with its parameters, if it has some that are known."""
    import inspect
    if not callable(thing):
        return name
    try:
        return f"{name}{inspect.signature(thing)}"
    except (TypeError, ValueError):
        return name if isinstance(thing, type) else f"{name}(...)"


def _indented(text, depth=1):
    return ["    " * depth + line for line in text.splitlines()]


def _documentation(thing):
    import inspect
    return inspect.getdoc(thing) or ""


def _summary(thing):
    """The first line of a docstring."""
    return _documentation(thing).strip().partition("\n")[0]


def _routine(thing):
    return [_heading(_name(thing), thing), *_indented(_documentation(thing))]


def _name(thing):
    if isinstance(thing, property):
        thing = thing.fget
    return getattr(thing, "__name__", type(thing).__name__)


def _listed(title, entries):
    """A section of headings, each with a line that says what it is about."""
    lines = []
    for heading, summary in entries:
        lines += ["    " + heading]
        if summary:
            lines += ["        " + summary]
    return ["", title, *lines] if lines else []


def _class(cls):
    bases = ", ".join(base.__qualname__ for base in cls.__bases__ if base is not object)
    lines = [_heading(f"class {cls.__qualname__}", cls), *_indented(_documentation(cls))]
    if bases:
        lines += ["", f"Bases: {bases}"]
    methods, values = [], []
    for name in sorted(dir(cls), key=lambda name: (name.startswith("_"), name)):
        # What every object has says nothing about this class.
        if name.startswith("_") and (not name.startswith("__") or hasattr(object, name)
                                     or name in ("__dict__", "__weakref__", "__module__")):
            continue
        value = getattr(cls, name, None)
        if callable(value) and not isinstance(value, type):
            methods.append((_heading(name, value), _summary(value)))
        elif hasattr(type(value), "__get__"):
            values.append((name, _summary(value)))
        else:
            values.append((f"{name} = {_short(value)}", ""))
    return lines + _listed("Methods", methods) + _listed("Attributes", values)


def _module(module):
    lines = [module.__name__, *_indented(_documentation(module))]
    chosen = getattr(module, "__all__", None)
    classes, functions, values, parts = [], [], [], []
    for name in sorted(chosen or vars(module)):
        value = getattr(module, name, None)
        if type(value) is type(sys):
            if value.__name__.startswith(module.__name__ + "."):
                parts.append((name, _summary(value)))
            continue
        home = getattr(value, "__module__", None)
        if chosen is None and (name.startswith("_") or isinstance(home, str)
                               and home != module.__name__ and callable(value)):
            continue
        if isinstance(value, type):
            classes.append((_heading(name, value), _summary(value)))
        elif callable(value):
            functions.append((_heading(name, value), _summary(value)))
        else:
            values.append((f"{name} = {_short(value)}", ""))
    lines += _listed("Modules", parts) + _listed("Classes", classes)
    lines += _listed("Functions", functions) + _listed("Values", values)
    file = getattr(module, "__file__", None)
    return lines + (["", "File", f"    {file}"] if file else [])


def _short(value):
    try:
        text = repr(value)
    except Exception:
        text = f"<{type(value).__name__} object>"
    return text if len(text) <= 70 else text[:67] + "..."


def _show(text):
    import os
    if sys.stdout.isatty() and sys.stdin.isatty():
        import shutil
        pager = os.environ.get("PAGER") or shutil.which("less") or shutil.which("more")
        if pager and text.count("\n") >= shutil.get_terminal_size().lines - 1:
            import subprocess
            sys.stdout.flush()
            try:
                subprocess.run(pager, input=text.encode(errors="replace"), shell=True)
            except KeyboardInterrupt:
                # It was for the pager.
                pass
            return
    print(text)
