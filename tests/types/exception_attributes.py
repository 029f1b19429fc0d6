def show(e, *names): print(type(e).__name__, {n: getattr(e, n) for n in names}, e.args, str(e))
for f in (lambda: None.foo, lambda: {}["k"], lambda: [][0], lambda: undefined_x, lambda: open("/nonexistent"), lambda: next(iter(())), lambda: __import__("nomod"), lambda: "é".encode("ascii"), lambda: eval("("), lambda: exec("import sys; sys.exit(3)")):
    try: f()
    except AttributeError as e: show(e, "name", "obj")
    except NameError as e: show(e, "name")
    except ImportError as e: show(e, "name", "path", "msg", "name_from")
    except OSError as e: show(e, "errno", "strerror", "filename", "filename2")
    except StopIteration as e: show(e, "value")
    except UnicodeError as e: show(e, "encoding", "object", "start", "end", "reason")
    except SyntaxError as e: show(e, "msg", "filename", "lineno", "offset", "text", "end_lineno", "end_offset", "print_file_and_line")
    except SystemExit as e: show(e, "code")
    except Exception as e: show(e)
show(OSError(2, "msg"), "errno", "strerror", "filename"); show(OSError(2, "msg", "file"), "filename"); show(OSError(2, "msg", "f1", None, "f2"), "filename2"); show(OSError("one")); show(OSError()); show(OSError(1, 2, 3, 4, 5, 6)); print(type(OSError(2, "x")).__name__, type(OSError(13, "x")).__name__, type(OSError(17, "")).__name__, type(OSError(99999, "")).__name__, type(OSError(32, "")).__name__, type(OSError(4, "")).__name__, type(OSError(110, "")).__name__)
show(StopIteration(1, 2), "value"); show(StopIteration(), "value"); show(SystemExit(), "code"); show(SystemExit(1), "code"); show(SystemExit(1, 2), "code"); show(ImportError("m", name="n", path="p"), "name", "path", "msg"); show(ImportError("a", "b"), "msg"); show(AttributeError("m", name="n", obj=5), "name", "obj"); show(NameError("m", name="n"), "name"); show(SyntaxError("m"), "lineno", "text"); show(SyntaxError("m", ("f", 1, 2, "text")), "filename", "lineno", "offset", "text"); show(KeyError("a"), ); show(KeyError(1, 2)); show(StopAsyncIteration(5)); show(UnboundLocalError("x")); show(ModuleNotFoundError("q", name="z"), "name")
for c, a, k in [(ImportError, (), {"bad": 1}), (AttributeError, (), {"bad": 1}), (NameError, (), {"bad": 1}), (ValueError, (), {"x": 1}), (SyntaxError, ("m", 5), {}), (SyntaxError, ("m", (1, 2)), {}), (OSError, (), {"x": 1}), (BaseException, (), {"a": 1}), (UnicodeDecodeError, (1,), {}), (ExceptionGroup, ("m",), {}), (ExceptionGroup, ("m", []), {}), (ExceptionGroup, (5, [ValueError()]), {}), (ExceptionGroup, ("m", [5]), {}), (ExceptionGroup, ("m", [KeyboardInterrupt()]), {}), (ExceptionGroup, ("m", 5), {}), (StopIteration, (), {"value": 1})]:
    try: print(c(*a, **k))
    except Exception as e: print(c.__name__, type(e).__name__, e)
e = ValueError(1, [2]); print(e, repr(e), e.args, e == ValueError(1, [2]), e.__reduce__(), hash(e) == hash(e)); e.args = (); print(repr(e), str(e))
def tree(c, d=0):
    out = [c.__name__]
    for s in c.__subclasses__():
        if s.__module__ == "builtins": out.append(tree(s, d + 1))
    return out
print(tree(BaseException))
print([n for n in dir(__builtins__) if isinstance(getattr(__builtins__, n), type) and issubclass(getattr(__builtins__, n), BaseException)])
print(IOError is OSError, EnvironmentError is OSError, Exception.__mro__, KeyError.__bases__, ExceptionGroup.__mro__)
