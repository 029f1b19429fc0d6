# Child processes: posix_spawn, system, waiting in all its forms, hooks around a fork.
import os
import sys


def tried(name, *args, **kwargs):
    try:
        result = getattr(os, name)(*args, **kwargs)
    except BaseException as error:
        print(name, type(error).__name__, error)
    else:
        print(name, repr(result))


true = "/bin/true"
tried("posix_spawn", true, 1, {})
tried("posix_spawn", true, [], {})
tried("posix_spawn", true, [""], {})
tried("posix_spawn", true, ["a"], 1)
tried("posix_spawn", true, ["a"], {"a=b": "1"})
tried("posix_spawn", true, ["a"], {"a": "1\0"})
for actions in 1, [1], [()], [(7,)], [(0, 1)], [(1,)], [(2, 1)], [(1, "a")], [(0, 1, 2, 3, 4)], [("a",)]:
    tried("posix_spawn", true, ["a"], {}, file_actions=actions)
tried("posix_spawn", true, ["a"], {}, setsigmask=1)
tried("posix_spawn", true, ["a"], {}, setsigmask=[100])
tried("posix_spawn", true, ["a"], {}, setsigdef=["a"])
tried("posix_spawn", true, ["a"], {}, scheduler=(1,))
tried("posix_spawn", true, ["a"], {}, scheduler=(1, 2))
tried("posix_spawn", true, ["a"], {}, setpgroup="a")
tried("posix_spawn", "/nonexistent", ["a"], {})
tried("posix_spawnp", 1, ["a"], {})


def end(pid):
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


reader, writer = os.pipe()
shell = ["sh", "-c", "echo $WORD; exit 3"]
actions = [(os.POSIX_SPAWN_DUP2, writer, 1), (os.POSIX_SPAWN_CLOSE, reader)]
pid = os.posix_spawn("/bin/sh", shell, {"WORD": "hello"}, file_actions=actions, setsid=True)
print(end(pid), os.read(reader, 100))
pid = os.posix_spawnp("sh", shell, os.environ | {"WORD": "found"}, file_actions=actions)
print(end(pid), os.read(reader, 100))

for options in os.P_NOWAIT, os.P_WAIT:
    result = os.spawnl(options, "/bin/sh", "sh", "-c", "exit 5")
    print(end(result) if options == os.P_NOWAIT else result)
pid = os.spawnl(os.P_NOWAIT, "/bin/sh", "sh", "-c", "exit 6")
found, status, usage = os.wait4(pid, 0)
print(found == pid, status, type(usage), len(usage), usage.ru_utime >= 0)
pid = os.spawnl(os.P_NOWAIT, "/bin/sh", "sh", "-c", "kill -9 $$")
found, status, usage = os.wait3(0)
print(found == pid, status, os.waitstatus_to_exitcode(status))
pid = os.spawnl(os.P_NOWAIT, "/bin/sh", "sh", "-c", "exit 7")
result = os.waitid(os.P_PID, pid, os.WEXITED)
print(type(result), result.si_pid == pid, result.si_signo, result.si_status, result.si_code)
tried("waitid", os.P_ALL, 0, os.WEXITED)
tried("waitid", 7, 1, os.WEXITED)
tried("wait3", 0)
tried("wait3", 99999999)
print(os.system("exit 4"), os.system(b"kill -15 $$"))
tried("system", 1)
tried("system", "a\0b")

tried("execve", "/nonexistent", ["a"], 1)
tried("execve", 1.0, ["a"], {})
tried("execve", "/nonexistent", ["a"], {1: 2})
tried("execve", "/nonexistent", 1, {})
tried("execve", "/nonexistent", [], {})
tried("execve", "/nonexistent", ["a"], {"=": "1", "": "2"})
tried("execve", "/nonexistent", ["a"], {"a=b": "1"})
tried("execve", "/nonexistent", ["a"], {"a\0b": "1"})
tried("execve", 999, ["a"], os.environ)
tried("execv", "/nonexistent", [""])
tried("execv", "/nonexistent", ["a"])

tried("register_at_fork")
tried("register_at_fork", before=None)
tried("register_at_fork", after_in_child=1)
later = []
for number in 1, 2:
    os.register_at_fork(before=lambda n=number: print("before", n, flush=True),
                        after_in_parent=lambda n=number: later.append(("parent", n)),
                        after_in_child=lambda n=number: print("child", n, flush=True))
sys.stdout.flush()
pid = os.fork()
if not pid:
    os._exit(8)
print(end(pid), later)
