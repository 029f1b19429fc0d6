import sys

CASES = r"""
sys.version_info[:3], sys.version_info.major, sys.version_info.releaselevel, sys.version_info >= (3, 12), sys.version_info.micro, type(sys.version_info).__name__, sys.hexversion >> 16 == 0x30c, sys.version.split()[0]
sys.byteorder, sys.maxsize, sys.maxunicode, sys.argv[0].endswith("sys_basics.py"), len(sys.argv), type(sys.path).__name__, type(sys.modules).__name__, "sys" in sys.modules, sys.modules["sys"] is sys, sys.modules["__main__"].__name__
sys.float_info.max, sys.float_info.epsilon, sys.float_info.dig, sys.float_info.mant_dig, sys.float_info.min, sys.float_info.max_exp, sys.float_info.radix
sys.int_info.bits_per_digit > 0, sys.hash_info.modulus, sys.hash_info.inf, sys.hash_info.nan, sys.hash_info.imag, sys.hash_info.width
sys.getrecursionlimit(), sys.getdefaultencoding(), sys.getfilesystemencoding(), sys.platform, sys.copyright[:9], sys.flags.optimize, sys.flags.interactive, sys.dont_write_bytecode, sys.float_repr_style
sys.exc_info(), sys.exception(), sys.getrefcount([]) , sys.getsizeof([]) > 0, callable(sys.displayhook), callable(sys.excepthook), sys.is_finalizing(), sys.getswitchinterval(), sys.gettrace(), sys.getprofile()
sys.nope
sys.getrefcount()
sys.getrefcount(1, 2)
sys._getframe().f_code.co_name, sys._getframe(0).f_lineno > 0, sys._getframe(1) is not None
sys._getframe(1000)
sys._getframe("a")
sys.displayhook(5), sys.displayhook(None), sys.displayhook("s"), __builtins__._
sys.stdin.fileno(), sys.stdout.fileno(), sys.stderr.fileno(), sys.__stdout__ is sys.stdout, sys.stderr.errors
sys.exit.__name__, sys.__name__, repr(sys)[:13], sys.__doc__[:4], type(sys).__name__, isinstance(sys, type(sys)), sys.implementation.version[:2], "gc" in sys.builtin_module_names or True, type(sys.builtin_module_names).__name__
sys.set_int_max_str_digits(-1)
sys.setrecursionlimit("a")
sys.setswitchinterval(0)
sys.exit.__self__ is sys, sys.audit("x"), sys.addaudithook is not None, sys.warnoptions, sys.pycache_prefix, sys.api_version > 0, sys.executable != "", sys.prefix != ""
"""
for source in CASES.strip().splitlines():
    try:
        print(source, "->", repr(eval(source)))
    except Exception as error:
        print(source, "!!", type(error).__name__, error)
