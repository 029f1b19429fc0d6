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
    'Tkconstants': 'tkinter.constants', 'Tix': 'tkinter.tix', 'ttk': 'tkinter.ttk', 'Tkinter': 'tkinter',
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
    whichdb.whichdb dbm.whichdb                 _socket.fromfd socket.fromfd
    _multiprocessing.Connection multiprocessing.connection.Connection
    multiprocessing.process.Process multiprocessing.context.Process
    multiprocessing.forking.Popen multiprocessing.popen_fork.Popen
    multiprocessing.ProcessError multiprocessing.context.ProcessError
    multiprocessing.BufferTooShort multiprocessing.context.BufferTooShort
    multiprocessing.TimeoutError multiprocessing.context.TimeoutError
    multiprocessing.AuthenticationError multiprocessing.context.AuthenticationError
    urllib.ContentTooShortError urllib.error.ContentTooShortError
    urllib2.HTTPError urllib.error.HTTPError    urllib2.URLError urllib.error.URLError
    urllib.quote urllib.parse.quote             urllib.quote_plus urllib.parse.quote_plus
    urllib.unquote urllib.parse.unquote         urllib.unquote_plus urllib.parse.unquote_plus
    urllib.urlencode urllib.parse.urlencode     urllib.getproxies urllib.request.getproxies
    urllib.pathname2url urllib.request.pathname2url
    urllib.url2pathname urllib.request.url2pathname
    urllib.urlcleanup urllib.request.urlcleanup urllib.urlopen urllib.request.urlopen
    urllib.urlretrieve urllib.request.urlretrieve
    exceptions.StandardError builtins.Exception
""".split()

def _parts(name):
    return tuple(name.rsplit('.', 1))


NAME_MAPPING = {_parts(old): _parts(new) for old, new in zip(_RENAMED[::2], _RENAMED[1::2])}

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
NAME_MAPPING['socket', '_socketobject'] = 'socket', 'SocketType'
REVERSE_IMPORT_MAPPING.update({
    '_bz2': 'bz2', '_dbm': 'dbm', '_functools': 'functools', '_gdbm': 'gdbm',
    '_pickle': 'pickle',
})
for _name in ('BrokenPipeError ChildProcessError ConnectionAbortedError '
              'ConnectionError ConnectionRefusedError ConnectionResetError FileExistsError '
              'FileNotFoundError InterruptedError IsADirectoryError NotADirectoryError '
              'PermissionError ProcessLookupError TimeoutError').split():
    REVERSE_NAME_MAPPING['builtins', _name] = 'exceptions', 'OSError'
REVERSE_NAME_MAPPING['builtins', 'ModuleNotFoundError'] = 'exceptions', 'ImportError'
REVERSE_NAME_MAPPING['_functools', 'reduce'] = '__builtin__', 'reduce'
REVERSE_NAME_MAPPING['_socket', 'socket'] = 'socket', '_socketobject'
# Classes whose modules became parts of one.
for _old, _new, _names in (
        ('FileDialog', 'tkinter.filedialog', 'FileDialog LoadFileDialog SaveFileDialog'),
        ('SimpleDialog', 'tkinter.simpledialog', 'SimpleDialog'),
        ('SimpleHTTPServer', 'http.server', 'SimpleHTTPRequestHandler'),
        ('CGIHTTPServer', 'http.server', 'CGIHTTPRequestHandler'),
        ('DocXMLRPCServer', 'xmlrpc.server', 'DocCGIXMLRPCRequestHandler DocXMLRPCRequestHandler '
                                             'DocXMLRPCServer ServerHTMLDoc XMLRPCDocGenerator')):
    for _name in _names.split():
        REVERSE_NAME_MAPPING[_new, _name] = _old, _name
