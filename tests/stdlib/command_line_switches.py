"""Switches, environment and standard streams of a process, seen from inside."""

import os
import subprocess
import sys


def run(*words, stdin=None, close=(), clean=True, **environment):
    env = {k: v for k, v in os.environ.items() if not (clean and k.startswith("PYTHON"))}
    env.update(environment)

    def leave():
        for descriptor in close:
            os.close(descriptor)

    done = subprocess.run(
        [sys.executable, *words],
        stdin=subprocess.DEVNULL if stdin is None else None,
        input=stdin,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=env,
        preexec_fn=leave if close else None,
    )
    errors = done.stderr.decode("utf-8", "backslashreplace").rstrip()
    print(done.returncode, done.stdout, *errors.splitlines(), sep="\n  ")


print("buffers")
WRITE = "import os, sys; sys.{}.write({}); os._exit(0)"
for stream in ("stdout", "stderr", "stdout.buffer", "stderr.buffer"):
    code = WRITE.format(stream, "b'x'" if "buffer" in stream else "'x'")
    run("-u", "-c", code)
    run("-c", code, PYTHONUNBUFFERED="1")
run("-c", WRITE.format("stdout", "'x'"))
run("-c", WRITE.format("stdout", "'x'"), PYTHONUNBUFFERED="0")
run("-c", WRITE.format("stdout", "'x'"), PYTHONUNBUFFERED="")
DESCRIBE = """import sys
for stream in (sys.stdin, sys.stdout, sys.stderr, sys.__stdout__):
    print(type(stream.buffer).__name__, stream.line_buffering, stream.write_through, stream.errors, stream.mode)
"""
run("-c", DESCRIBE)
run("-u", "-c", DESCRIBE, PYTHONIOENCODING="latin-1:replace")

print("closed streams")
CLOSED = """import os, sys
for number, name in enumerate(('stdin', 'stdout', 'stderr')):
    try:
        os.fstat(number)
        open_ = True
    except OSError:
        open_ = False
    if open_ != (getattr(sys, name) is not None):
        os._exit(number + 1)
print('lost or seen')
os._exit(42)
"""
for close in ((0,), (1,), (2,), (0, 1, 2)):
    run("-u", "-c", CLOSED, close=close)

print("words")
run("-c", "import sys; print(ascii(sys.argv), ascii(sys.orig_argv[3:]))", b"\xff\xc3\xa9", b"\xed\xa0\x80")
run("-c", b"print('\xff\xfe')")
run("-", "a", "-c", stdin=b"import sys; print(sys.argv)")

print("flags")
FLAGS = "import sys; f = sys.flags; print({})"
run("-c", FLAGS.format("f.debug, f.optimize, f.verbose, f.dont_write_bytecode"),
    PYTHONDEBUG="2", PYTHONOPTIMIZE="text", PYTHONDONTWRITEBYTECODE="0")
run("-ddOB", "-c", FLAGS.format("f.debug, f.optimize, f.dont_write_bytecode"), PYTHONOPTIMIZE="0")
run("-c", FLAGS.format("f.hash_randomization"), PYTHONHASHSEED="0")
run("-R", "-c", FLAGS.format("f.hash_randomization"), PYTHONHASHSEED="0")
run("-X", "warn_default_encoding", "-c", FLAGS.format("f.warn_default_encoding"))
run("-c", FLAGS.format("f.safe_path, '' in sys.path"), PYTHONSAFEPATH="0")
DIGITS = FLAGS.format("f.int_max_str_digits, sys.get_int_max_str_digits()")
run("-c", DIGITS)
run("-c", DIGITS, PYTHONINTMAXSTRDIGITS="0")
run("-X", "int_max_str_digits=640", "-c", DIGITS, PYTHONINTMAXSTRDIGITS="5000")
run("-I", "-c", DIGITS, PYTHONINTMAXSTRDIGITS="5000")
run("-BX", "pycache_prefix=bar", "-c", "import sys; print(sys.pycache_prefix)", PYTHONPYCACHEPREFIX="foo")
run("-BX", "pycache_prefix=", "-c", "import sys; print(sys.pycache_prefix)", PYTHONPYCACHEPREFIX="foo")
run("-Bc", "import sys; print(sys.pycache_prefix)", PYTHONPYCACHEPREFIX="foo")
run("-X", "a=b=c", "-X", "d", "-W", "ignore", "-c", "import sys; print(sys._xoptions, sys.warnoptions)",
    PYTHONWARNINGS="error,default")

print("refusals")
for words in (["-X", "int_max_str_digits"], ["-X", "int_max_str_digits=639"], ["-X", "int_max_str_digits=-1"],
              ["-X", "utf8=2"], ["-X", "tracemalloc=x"]):
    run(*words, "-c", "print(1)")
for name, value in (("INTMAXSTRDIGITS", "x"), ("HASHSEED", "-1"), ("HASHSEED", "4294967296"), ("UTF8", "yes"),
                    ("TRACEMALLOC", "x")):
    run("-c", "print(1)", **{"PYTHON" + name: value})
