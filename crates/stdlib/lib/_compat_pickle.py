"""Names that modules, functions and classes had in Python 2, for old pickles.

The first two tables lead from Python 2 to Python 3, the REVERSE ones back.
"""

IMPORT_MAPPING = {
    '__builtin__': 'builtins', 'copy_reg': 'copyreg', 'Queue': 'queue',
    'SocketServer': 'socketserver', 'ConfigParser': 'configparser', 'repr': 'reprlib',
    'tkFileDialog': 'tkinter.filedialog', 'tkSimpleDialog': 'tkinter.simpledialog',
    'tkColorChooser': 'tkinter.colorchooser', 'tkCommonDialog': 'tkinter.commondialog',
    'Dialog': 'tkinter.dialog', 'Tkdnd': 'tkinter.dnd', 'tkFont': 'tkinter.font',
    'tkMessageBox': 'tkinter.messagebox', 'ScrolledText': 'tkinter.scrolledtext',
    'Tkconstants': 'tkinter.constants', 'ttk': 'tkinter.ttk', 'Tkinter': 'tkinter',
    'markupbase': '_markupbase', '_winreg': 'winreg', 'thread': '_thread',
    'dummy_thread': '_dummy_thread', 'dbhash': 'dbm.bsd', 'dumbdbm': 'dbm.dumb',
    'dbm': 'dbm.ndbm', 'gdbm': 'dbm.gnu', 'xmlrpclib': 'xmlrpc.client',
    'SimpleXMLRPCServer': 'xmlrpc.server', 'httplib': 'http.client',
    'htmlentitydefs': 'html.entities', 'HTMLParser': 'html.parser', 'Cookie': 'http.cookies',
    'cookielib': 'http.cookiejar', 'BaseHTTPServer': 'http.server',
    'test.test_support': 'test.support', 'commands': 'subprocess',
    'urlparse': 'urllib.parse', 'robotparser': 'urllib.robotparser',
    'urllib2': 'urllib.request', 'anydbm': 'dbm', '_abcoll': 'collections.abc',
}

_RENAMED = """
    __builtin__.xrange builtins.range           __builtin__.reduce functools.reduce
    __builtin__.intern sys.intern               __builtin__.unichr builtins.chr
    __builtin__.unicode builtins.str            __builtin__.long builtins.int
    itertools.izip builtins.zip                 itertools.imap builtins.map
    itertools.ifilter builtins.filter           itertools.ifilterfalse itertools.filterfalse
    itertools.izip_longest itertools.zip_longest
    UserDict.IterableUserDict collections.UserDict
    UserList.UserList collections.UserList      UserString.UserString collections.UserString
    exceptions.StandardError builtins.Exception
""".split()
NAME_MAPPING = {tuple(old.split('.')): tuple(new.split('.'))
                for old, new in zip(_RENAMED[::2], _RENAMED[1::2])}

_EXCEPTIONS = """
    ArithmeticError AssertionError AttributeError BaseException BufferError BytesWarning
    DeprecationWarning EOFError EnvironmentError Exception FloatingPointError FutureWarning
    GeneratorExit IOError ImportError ImportWarning IndentationError IndexError KeyError
    KeyboardInterrupt LookupError MemoryError NameError NotImplementedError OSError
    OverflowError PendingDeprecationWarning ReferenceError RuntimeError RuntimeWarning
    StopIteration SyntaxError SyntaxWarning SystemError SystemExit TabError TypeError
    UnboundLocalError UnicodeDecodeError UnicodeEncodeError UnicodeError
    UnicodeTranslateError UnicodeWarning UserWarning ValueError Warning ZeroDivisionError
""".split()
for _name in _EXCEPTIONS:
    NAME_MAPPING['exceptions', _name] = 'builtins', _name

REVERSE_IMPORT_MAPPING = {new: old for old, new in IMPORT_MAPPING.items()}
REVERSE_NAME_MAPPING = {new: old for old, new in NAME_MAPPING.items()
                        if old != ('exceptions', 'StandardError')}

# Several old modules lead to one new one; these only to Python 3.
IMPORT_MAPPING.update({
    'cPickle': 'pickle', '_elementtree': 'xml.etree.ElementTree',
    'FileDialog': 'tkinter.filedialog', 'SimpleDialog': 'tkinter.simpledialog',
    'DocXMLRPCServer': 'xmlrpc.server', 'SimpleHTTPServer': 'http.server',
    'CGIHTTPServer': 'http.server', 'UserDict': 'collections', 'UserList': 'collections',
    'UserString': 'collections', 'whichdb': 'dbm', 'StringIO': 'io', 'cStringIO': 'io',
})
NAME_MAPPING['__builtin__', 'basestring'] = 'builtins', 'str'
NAME_MAPPING['exceptions', 'StandardError'] = 'builtins', 'Exception'
NAME_MAPPING['UserDict', 'UserDict'] = 'collections', 'UserDict'
REVERSE_IMPORT_MAPPING.update({
    '_bz2': 'bz2', '_dbm': 'dbm', '_functools': 'functools', '_gdbm': 'gdbm',
    '_pickle': 'pickle',
})
for _name in ('BlockingIOError BrokenPipeError ChildProcessError ConnectionAbortedError '
              'ConnectionError ConnectionRefusedError ConnectionResetError FileExistsError '
              'FileNotFoundError InterruptedError IsADirectoryError NotADirectoryError '
              'PermissionError ProcessLookupError TimeoutError').split():
    REVERSE_NAME_MAPPING['builtins', _name] = 'exceptions', 'OSError'
REVERSE_NAME_MAPPING['builtins', 'ModuleNotFoundError'] = 'exceptions', 'ImportError'
REVERSE_NAME_MAPPING['builtins', 'RecursionError'] = 'exceptions', 'RuntimeError'
REVERSE_NAME_MAPPING['builtins', 'StopAsyncIteration'] = 'exceptions', 'StopIteration'
