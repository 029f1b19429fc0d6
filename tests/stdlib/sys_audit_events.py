# The auditing events that evaluating, importing, opening and looking into memory raise.
import gc
import sys

WANTED = {"builtins.id", "compile", "exec", "open", "gc.get_objects", "gc.get_referrers", "gc.get_referents",
          "sys._getframe", "sys.settrace", "sys.setprofile", "sys._current_frames", "object.__getattr__",
          "object.__setattr__", "mine"}
events = []


def hook(event, args):
    if event in WANTED:
        events.append((event, [type(arg).__name__ for arg in args]))


def function():
    pass


sys.addaudithook(hook)
sys.audit("mine", 1, "a")
id(1)
compile("1", "f", "eval")
eval("1")
exec("1")
sys._getframe()
sys.settrace(None)
sys.setprofile(None)
sys._current_frames()
gc.get_objects()
gc.get_referrers(1)
gc.get_referents(1, 2)
function.__code__
function.__code__ = function.__code__
open("/dev/null").close()
for event in events:
    print(*event)


def refuse(event, args):
    if event == "stop":
        raise RuntimeError("refused")


sys.addaudithook(refuse)
try:
    sys.audit("stop")
except RuntimeError as error:
    print(error)
