# resource: limits and use.
import os
import resource
import sys


def tried(function, *args):
    try:
        print(function.__name__, repr(function(*args)))
    except BaseException as error:
        print(function.__name__, type(error).__name__, error)


tried(resource.getrusage, 7)
tried(resource.getrlimit, 99)
tried(resource.getrlimit, -1)
tried(resource.setrlimit, 0, 1)
tried(resource.setrlimit, 0, (1, 2, 3))
tried(resource.setrlimit, 99, (1, 2))
tried(resource.setrlimit, 0, ("a", 1))
tried(resource.setrlimit, 7, (100, 50))
tried(resource.setrlimit, 7, (2**70, 1))
tried(resource.prlimit, 0, 99)
tried(resource.prlimit, 0, 7, 1)
tried(resource.getpagesize)
soft, hard = resource.getrlimit(resource.RLIMIT_CORE)
resource.setrlimit(resource.RLIMIT_CORE, (0, hard))
print(resource.getrlimit(resource.RLIMIT_CORE)[0], resource.prlimit(0, resource.RLIMIT_CORE)[0])
usage = resource.getrusage(resource.RUSAGE_SELF)
print(type(usage), len(usage), usage.ru_maxrss > 0, usage[0] == usage.ru_utime)
print({name: value for name, value in vars(resource).items() if name.isupper()})
print(resource.error, resource.struct_rusage.n_fields)
# A file that grows too large is an error, no signal.
sys.stdout.flush()
if not os.fork():
    resource.setrlimit(resource.RLIMIT_FSIZE, (10, -1))
    fd = os.open("/tmp/ouro-limit-%d" % os.getpid(), os.O_CREAT | os.O_WRONLY)
    os.unlink("/tmp/ouro-limit-%d" % os.getpid())
    print(os.write(fd, b"x" * 20), flush=True)
    try:
        os.write(fd, b"x")
    except OSError as error:
        print(error, flush=True)
    os._exit(0)
os.wait()
