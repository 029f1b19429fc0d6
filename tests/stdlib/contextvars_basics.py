# Context variables, contexts and tokens.
import contextvars
import threading

var = contextvars.ContextVar("var", default=3)
bare = contextvars.ContextVar("bare")
print(var.name, var.get(), bare.get("none"))
try:
    bare.get()
except LookupError as error:
    print(type(error).__name__, error.args[0] is bare)
token = var.set(4)
print(var.get(), token.var is var, token.old_value, contextvars.Token.MISSING)
context = contextvars.copy_context()
print(len(context), var in context, bare in context, context[var], context.get(bare, 0),
      list(context.values()))
inner = var.set(5)
print(var.get(), context[var], inner.old_value)


def change():
    bare.set("inside")
    return var.get(), bare.get()


print(context.run(change), context[bare], bare.get("outside"))
for wrong in (token,):
    var.reset(inner)
    var.reset(wrong)
    try:
        var.reset(wrong)
    except RuntimeError as error:
        print(str(error)[:6], str(error)[-26:])
try:
    bare.reset(var.set(1))
except ValueError as error:
    print(str(error)[-39:])
other = contextvars.Context()
try:
    var.reset(other.run(var.set, 1))
except ValueError as error:
    print(str(error)[-36:])
try:
    other.run(other.run, print)
except RuntimeError as error:
    print(str(error)[:29], str(error)[-18:])
for call in (lambda: contextvars.Token(), lambda: contextvars.Context(1),
             lambda: contextvars.ContextVar(1), lambda: contextvars.ContextVar(),
             lambda: other["x"], lambda: hash(other), lambda: other.run()):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)
print(contextvars.copy_context() == contextvars.copy_context(), other == contextvars.Context())
thread = threading.Thread(target=lambda: print(var.get(), len(contextvars.copy_context())))
thread.start()
thread.join()
print(contextvars.ContextVar[int])
