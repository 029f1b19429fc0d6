# Signatures of natives: which have one, and what it is.
import inspect


def show(thing):
    try:
        print(getattr(thing, "__qualname__", type(thing)), inspect.signature(thing))
    except (ValueError, TypeError) as error:
        print(getattr(thing, "__qualname__", type(thing)), type(error).__name__)


for native in (max, min, print, len, sum, sorted, iter, next, getattr, vars, dir, pow, round,
               breakpoint, __import__, compile, exec, isinstance, __build_class__, dict.get,
               dict.update, dict.pop, dict.fromkeys, list.sort, list.append, str.format, str.join,
               str.find, str.startswith, str.split, "".replace, [].append, int.from_bytes,
               bytes.find, bytearray.upper, bytes.isalpha, ValueError, BaseException.add_note,
               BaseException.with_traceback, set.union, object.__reduce__, float.fromhex,
               type, int, range):
    show(native)

print(max.__text_signature__, print.__text_signature__, getattr.__doc__.split("\n")[0])
