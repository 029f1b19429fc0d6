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
    'Tix': 'tkinter.tix', 'dummy_thread': '_dummy_thread', 'dbhash': 'dbm.bsd', 'dumbdbm': 'dbm.dumb',
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
    whichdb.whichdb dbm.whichdb                 _socket.fromfd socket.fromfd
    _multiprocessing.Connection multiprocessing.connection.Connection
    multiprocessing.process.Process multiprocessing.context.Process
    multiprocessing.forking.Popen multiprocessing.popen_fork.Popen
    urllib.ContentTooShortError urllib.error.ContentTooShortError
    urllib2.HTTPError urllib.error.HTTPError    urllib2.URLError urllib.error.URLError
""".split()
NAME_MAPPING = {tuple(old.rsplit('.', 1)): tuple(new.rsplit('.', 1))
                for old, new in zip(_RENAMED[::2], _RENAMED[1::2])}
for _names, _module in (
        ('getproxies pathname2url url2pathname urlcleanup urlopen urlretrieve', 'request'),
        ('quote quote_plus unquote unquote_plus urlencode', 'parse')):
    for _name in _names.split():
        NAME_MAPPING['urllib', _name] = 'urllib.' + _module, _name

MULTIPROCESSING_EXCEPTIONS = ('ProcessError', 'BufferTooShort', 'TimeoutError', 'AuthenticationError')
for _name in MULTIPROCESSING_EXCEPTIONS:
    NAME_MAPPING['multiprocessing', _name] = 'multiprocessing.context', _name

PYTHON2_EXCEPTIONS = tuple("""
    ArithmeticError AssertionError AttributeError BaseException BufferError BytesWarning
    DeprecationWarning EOFError EnvironmentError Exception FloatingPointError FutureWarning
    GeneratorExit IOError ImportError ImportWarning IndentationError IndexError KeyError
    KeyboardInterrupt LookupError MemoryError NameError NotImplementedError OSError
    OverflowError PendingDeprecationWarning ReferenceError RuntimeError RuntimeWarning
    StopIteration SyntaxError SyntaxWarning SystemError SystemExit TabError TypeError
    UnboundLocalError UnicodeDecodeError UnicodeEncodeError UnicodeError
    UnicodeTranslateError UnicodeWarning UserWarning ValueError Warning ZeroDivisionError
""".split())
for _name in PYTHON2_EXCEPTIONS:
    NAME_MAPPING['exceptions', _name] = 'builtins', _name

REVERSE_IMPORT_MAPPING = {new: old for old, new in IMPORT_MAPPING.items()}
REVERSE_NAME_MAPPING = {new: old for old, new in NAME_MAPPING.items()}

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
NAME_MAPPING['socket', '_socketobject'] = 'socket', 'SocketType'
REVERSE_IMPORT_MAPPING.update({
    '_bz2': 'bz2', '_dbm': 'dbm', '_functools': 'functools', '_gdbm': 'gdbm',
    '_pickle': 'pickle',
})
# And these only back.
_MOVED = """
    _functools.reduce __builtin__.reduce        _socket.socket socket._socketobject
    tkinter.filedialog.FileDialog FileDialog.FileDialog
    tkinter.filedialog.LoadFileDialog FileDialog.LoadFileDialog
    tkinter.filedialog.SaveFileDialog FileDialog.SaveFileDialog
    tkinter.simpledialog.SimpleDialog SimpleDialog.SimpleDialog
    http.server.SimpleHTTPRequestHandler SimpleHTTPServer.SimpleHTTPRequestHandler
    http.server.CGIHTTPRequestHandler CGIHTTPServer.CGIHTTPRequestHandler
""".split()
for _new, _old in zip(_MOVED[::2], _MOVED[1::2]):
    REVERSE_NAME_MAPPING[tuple(_new.rsplit('.', 1))] = tuple(_old.split('.'))
for _name in ('ServerHTMLDoc', 'XMLRPCDocGenerator', 'DocXMLRPCRequestHandler', 'DocXMLRPCServer',
              'DocCGIXMLRPCRequestHandler'):
    REVERSE_NAME_MAPPING['xmlrpc.server', _name] = 'DocXMLRPCServer', _name

# Exceptions that Python 2 had not are the nearest ones it had.
PYTHON3_OSERROR_EXCEPTIONS = tuple("""
    BrokenPipeError ChildProcessError ConnectionAbortedError ConnectionError
    ConnectionRefusedError ConnectionResetError FileExistsError FileNotFoundError
    InterruptedError IsADirectoryError NotADirectoryError PermissionError ProcessLookupError
    TimeoutError
""".split())
PYTHON3_IMPORTERROR_EXCEPTIONS = 'ModuleNotFoundError',
for _name in PYTHON3_OSERROR_EXCEPTIONS:
    REVERSE_NAME_MAPPING['builtins', _name] = 'exceptions', 'OSError'
for _name in PYTHON3_IMPORTERROR_EXCEPTIONS:
    REVERSE_NAME_MAPPING['builtins', _name] = 'exceptions', 'ImportError'
