# Numbers and names that code objects refuse, from CodeType() and replace().
import types


def function(a, b=1, *c, d, **e):
    x = a

    def inner():
        return x
    return inner


code = function.__code__
FIELDS = ["co_argcount", "co_posonlyargcount", "co_kwonlyargcount", "co_nlocals", "co_stacksize",
          "co_flags", "co_code", "co_consts", "co_names", "co_varnames", "co_filename", "co_name",
          "co_qualname", "co_firstlineno", "co_linetable", "co_exceptiontable", "co_freevars",
          "co_cellvars"]
VALUES = {"co_argcount": [-1, "a", 2 ** 40, 100], "co_posonlyargcount": [-1, 5],
          "co_kwonlyargcount": [-1, 50], "co_nlocals": [-1, 99, 0, "a"],
          "co_stacksize": [-1, "a", 2 ** 40], "co_flags": [-1, "a"], "co_names": [[], (1,), None],
          "co_firstlineno": [-1, 0, 2 ** 40], "co_freevars": [(1,)], "co_cellvars": [(1,)],
          "co_filename": [b"a"], "co_linetable": ["a"]}


def attempt(what):
    try:
        print(what().co_name)
    except Exception as error:
        print(type(error).__name__, error)


arguments = [getattr(code, field) for field in FIELDS]
for field, values in VALUES.items():
    for value in values:
        print(field, value)
        changed = list(arguments)
        changed[FIELDS.index(field)] = value
        attempt(lambda: types.CodeType(*changed))
        if value != -1 or field not in ("co_stacksize", "co_flags"):
            attempt(lambda: code.replace(**{field: value}))
print(types.CodeType(*arguments) == code)
