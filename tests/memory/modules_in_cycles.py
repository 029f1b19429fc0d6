# no-stress: counts what explicit collections find
# A module object that is trash takes its names along only if nobody uses them: functions keep them.
import gc
import types
import weakref


def make(name):
    module = types.ModuleType(name)
    exec("value = 1\ndef ask():\n    return value", module.__dict__)
    # The module is in a cycle, its dictionary is not.
    holder = [module]
    holder.append(holder)
    return module.ask, weakref.ref(module)


gc.collect()
gc.disable()
ask, watcher = make("first")
print(watcher() is not None, ask())
print(gc.collect())
print(watcher(), ask(), sorted(ask.__globals__)[-2:])


def with_cycle():
    module = types.ModuleType("second")
    exec("class Watched:\n    pass\ndef ask():\n    return value", module.__dict__)
    module.value = module.Watched()
    module.itself = module
    return weakref.ref(module), weakref.ref(module.value, lambda _: print("told"))


module, value = with_cycle()
print(module() is not None, value() is not None)
print(gc.collect() > 0)
print(module(), value())
