"""The command line of the test framework, for `python -m unittest` and `unittest.main()`."""

import os
import sys

from . import loader, runner
from .signals import installHandler

__unittest = True

_NO_TESTS_EXITCODE = 5

MAIN_EXAMPLES = """\
Examples:
  %(prog)s test_module               - run tests from test_module
  %(prog)s module.TestClass          - run tests from module.TestClass
  %(prog)s module.Class.test_method  - run specified test method
  %(prog)s path/to/test_file.py      - run tests from test_file.py
"""

MODULE_EXAMPLES = """\
Examples:
  %(prog)s                           - run default set of tests
  %(prog)s MyTestSuite               - run suite 'MyTestSuite'
  %(prog)s MyTestCase.testSomething  - run MyTestCase.testSomething
  %(prog)s MyTestCase                - run all 'test*' test methods
                                       in MyTestCase
"""


def _import(name):
    module = __import__(name)
    for part in name.split('.')[1:]:
        module = getattr(module, part)
    return module


def _convert_name(name):
    """Turn the path of a test file into the module's name; leave other names alone."""
    if not (os.path.isfile(name) and name.lower().endswith('.py')):
        return name
    if os.path.isabs(name):
        relative = os.path.relpath(name, os.getcwd())
        if os.path.isabs(relative) or relative.startswith(os.pardir):
            return name
        name = relative
    return os.path.normpath(name)[:-3].replace('\\', '.').replace('/', '.')


def _convert_names(names):
    return [_convert_name(name) for name in names]


def _convert_select_pattern(pattern):
    return pattern if '*' in pattern else f'*{pattern}*'


class TestProgram:
    """A command-line program that runs a set of tests; this is primarily for making test
    modules conveniently executable.
    """

    module = None
    verbosity = 1
    failfast = catchbreak = buffer = progName = warnings = testNamePatterns = None
    _discovery_parser = None

    def __init__(self, module='__main__', defaultTest=None, argv=None, testRunner=None,
                 testLoader=loader.defaultTestLoader, exit=True, verbosity=1, failfast=None,
                 catchbreak=None, buffer=None, warnings=None, *, tb_locals=False,
                 durations=None):
        argv = sys.argv if argv is None else argv
        self.module = _import(module) if isinstance(module, str) else module
        self.progName = os.path.basename(argv[0])
        # What is run, and by whom.
        self.defaultTest = defaultTest
        self.testLoader, self.testRunner = testLoader, testRunner
        self.exit = exit
        # What the runner is told.
        self.verbosity, self.durations = verbosity, durations
        self.failfast, self.catchbreak = failfast, catchbreak
        self.buffer, self.tb_locals = buffer, tb_locals
        # Tests show every warning unless the caller or the command line says otherwise.
        unsaid = warnings is None and not sys.warnoptions
        self.warnings = 'default' if unsaid else warnings
        self.parseArgs(argv)
        self.runTests()

    def usageExit(self, msg=None):
        """Print the message and the help, and exit."""
        from warnings import warn
        warn("TestProgram.usageExit() is deprecated and will be removed in Python 3.13",
             DeprecationWarning)
        if msg:
            print(msg)
        self._need_parsers()
        self._print_help()
        sys.exit(2)

    def _need_parsers(self):
        if self._discovery_parser is None:
            self._initArgParsers()

    def _print_help(self, *args, **kwargs):
        print(self._main_parser.format_help())
        if self.module is None:
            print(MAIN_EXAMPLES % {'prog': self.progName})
            self._discovery_parser.print_help()
        else:
            print(MODULE_EXAMPLES % {'prog': self.progName})

    def parseArgs(self, argv):
        """Read the command line and load the tests it names."""
        self._initArgParsers()
        words = argv[1:]
        # Without a module tests are looked for, unless some are named.
        anywhere = self.module is None
        if anywhere and words and words[0].lower() == 'discover':
            return self._do_discovery(words[1:])
        self._main_parser.parse_args(words, self)
        if anywhere and not self.tests:
            return self._do_discovery([])
        if self.tests:
            self.testNames = _convert_names(self.tests)
            if __name__ == '__main__':
                self.module = None
        else:
            default = self.defaultTest
            # None stands for all tests of the module.
            if default is not None:
                default = (default,) if isinstance(default, str) else list(default)
            self.testNames = default
        self.createTests()

    def createTests(self, from_discovery=False, Loader=None):
        """Load the tests into self.test."""
        loads = self.testLoader
        if self.testNamePatterns:
            loads.testNamePatterns = self.testNamePatterns
        if from_discovery:
            finder = loads if Loader is None else Loader()
            self.test = finder.discover(self.start, self.pattern, self.top)
        elif self.testNames is not None:
            self.test = loads.loadTestsFromNames(self.testNames, self.module)
        else:
            self.test = loads.loadTestsFromModule(self.module)

    def _initArgParsers(self):
        parent_parser = self._getParentArgParser()
        self._main_parser = self._getMainArgParser(parent_parser)
        self._discovery_parser = self._getDiscoveryArgParser(parent_parser)

    def _getParentArgParser(self):
        """Make the parser of the options that all forms of the command share."""
        import argparse
        parser = argparse.ArgumentParser(add_help=False)
        option = parser.add_argument
        option('-v', '--verbose', dest='verbosity', action='store_const', const=2,
               help='Verbose output')
        option('-q', '--quiet', dest='verbosity', action='store_const', const=0,
               help='Quiet output')
        option('--locals', dest='tb_locals', action='store_true',
               help='Show local variables in tracebacks')
        option('--durations', dest='durations', type=int, default=None, metavar="N",
               help='Show the N slowest test cases (N=0 for all)')
        # What the caller fixed cannot be changed by an option.
        if self.failfast is None:
            option('-f', '--failfast', dest='failfast', action='store_true',
                   help='Stop on first fail or error')
            self.failfast = False
        if self.catchbreak is None:
            option('-c', '--catch', dest='catchbreak', action='store_true',
                   help='Catch Ctrl-C and display results so far')
            self.catchbreak = False
        if self.buffer is None:
            option('-b', '--buffer', dest='buffer', action='store_true',
                   help='Buffer stdout and stderr during tests')
            self.buffer = False
        if self.testNamePatterns is None:
            option('-k', dest='testNamePatterns', action='append',
                   type=_convert_select_pattern,
                   help='Only run tests which match the given substring')
            self.testNamePatterns = []
        return parser

    def _getMainArgParser(self, parent):
        import argparse
        parser = argparse.ArgumentParser(prog=self.progName, parents=[parent])
        parser.add_argument('tests', nargs='*',
                            help='a list of any number of test modules, '
                                 'classes and test methods.')
        parser.print_help = self._print_help
        return parser

    def _getDiscoveryArgParser(self, parent):
        import argparse
        parser = argparse.ArgumentParser(parents=[parent])
        parser.prog = f'{self.progName} discover'
        parser.epilog = ('For test discovery all test modules must be importable from the '
                         'top level directory of the project.')
        option = parser.add_argument
        option('-s', '--start-directory', dest='start',
               help="Directory to start discovery ('.' default)")
        option('-p', '--pattern', dest='pattern',
               help="Pattern to match tests ('test*.py' default)")
        option('-t', '--top-level-directory', dest='top',
               help='Top level directory of project (defaults to start directory)')
        for name in 'start', 'pattern', 'top':
            option(name, nargs='?', default=argparse.SUPPRESS, help=argparse.SUPPRESS)
        return parser

    def _do_discovery(self, argv, Loader=None):
        self.start, self.pattern, self.top = '.', 'test*.py', None
        if argv is not None:
            # Options replace these.
            self._need_parsers()
            self._discovery_parser.parse_args(argv, self)
        self.createTests(from_discovery=True, Loader=Loader)

    def _make_runner(self):
        """Make the runner, with as many options as its class takes."""
        options = dict(verbosity=self.verbosity, failfast=self.failfast, buffer=self.buffer,
                       warnings=self.warnings)
        try:
            try:
                return self.testRunner(**options, tb_locals=self.tb_locals,
                                       durations=self.durations)
            except TypeError:
                return self.testRunner(**options)
        except TypeError:
            return self.testRunner()

    def runTests(self):
        """Run the tests and exit, if that is wanted."""
        if self.catchbreak:
            installHandler()
        if self.testRunner is None:
            self.testRunner = runner.TextTestRunner
        test_runner = self.testRunner
        if isinstance(test_runner, type):
            test_runner = self._make_runner()
        self.result = test_runner.run(self.test)
        if self.exit:
            if self.result.testsRun == 0:
                sys.exit(_NO_TESTS_EXITCODE)
            sys.exit(0 if self.result.wasSuccessful() else 1)


main = TestProgram
