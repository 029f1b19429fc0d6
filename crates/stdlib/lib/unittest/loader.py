"""Find tests: in classes, modules, by name, and in the files of a project."""

import functools
import os
import sys
import types
from fnmatch import fnmatch, fnmatchcase

from . import case, suite, util

__unittest = True


def _is_module_file(basename):
    """Tell whether a file can be imported under its own name."""
    stem = basename[:-3].lower()
    return (basename[-3:].lower() == '.py' and stem.isidentifier()
            and (stem[0] == '_' or 'a' <= stem[0] <= 'z'))


class _FailedTest(case.TestCase):
    """A test that raises the error that kept the real one from being loaded."""

    _testMethodName = None

    def __init__(self, method_name, exception):
        self._exception = exception
        super().__init__(method_name)

    def __getattr__(self, name):
        if name != self._testMethodName:
            raise AttributeError(name)

        def testFailure():
            raise self._exception
        return testFailure


def _current_traceback():
    import traceback
    return traceback.format_exc()


def _make_failed_import_test(name, suiteClass):
    message = f'Failed to import test module: {name}\n{_current_traceback()}'
    return _make_failed_test(name, ImportError(message), suiteClass, message)


def _make_failed_load_tests(name, exception, suiteClass):
    message = f'Failed to call load_tests:\n{_current_traceback()}'
    return _make_failed_test(name, exception, suiteClass, message)


def _make_failed_test(methodname, exception, suiteClass, message):
    return suiteClass((_FailedTest(methodname, exception),)), message


def _make_skipped_test(methodname, exception, suiteClass):
    @case.skip(str(exception))
    def testSkipped(self):
        pass
    skipped = type("ModuleSkipped", (case.TestCase,), {methodname: testSkipped})
    return suiteClass((skipped(methodname),))


def _splitext(path):
    return os.path.splitext(path)[0]


def _is_test_class(obj):
    return (isinstance(obj, type) and issubclass(obj, case.TestCase)
            and obj not in (case.TestCase, case.FunctionTestCase))


class TestLoader:
    """Loads tests according to various criteria and gives them as a TestSuite.

    What cannot be loaded becomes a test that fails; its message is also in `errors`.
    """

    testMethodPrefix = 'test'
    sortTestMethodsUsing = staticmethod(util.three_way_cmp)
    testNamePatterns = None
    suiteClass = suite.TestSuite
    _top_level_dir = None

    def __init__(self):
        super().__init__()
        self.errors = []
        # Packages whose load_tests is running; it may come back here for the same package.
        self._loading_packages = set()

    def loadTestsFromTestCase(self, testCaseClass):
        """Return a suite of all test cases contained in testCaseClass"""
        if issubclass(testCaseClass, suite.TestSuite):
            raise TypeError("Test cases should not be derived from TestSuite. "
                            "Maybe you meant to derive from TestCase?")
        if testCaseClass in (case.TestCase, case.FunctionTestCase):
            names = []
        else:
            names = self.getTestCaseNames(testCaseClass)
            if not names and hasattr(testCaseClass, 'runTest'):
                names = ['runTest']
        return self.suiteClass(map(testCaseClass, names))

    def loadTestsFromModule(self, module, *, pattern=None):
        """Return a suite of all test cases contained in the given module"""
        tests = []
        for name in dir(module):
            obj = getattr(module, name)
            if _is_test_class(obj):
                tests.append(self.loadTestsFromTestCase(obj))
        tests = self.suiteClass(tests)
        load_tests = getattr(module, 'load_tests', None)
        if load_tests is not None:
            try:
                return load_tests(self, tests, pattern)
            except Exception as error:
                tests, message = _make_failed_load_tests(
                    module.__name__, error, self.suiteClass)
                self.errors.append(message)
        return tests

    def loadTestsFromName(self, name, module=None):
        """Return a suite of all test cases given a string specifier.

        The name is a dotted path to a module, a class, a test method, or something callable
        that gives a test or suite; it starts at the module, if that is given.
        """
        parts = name.split('.')
        error_case, error_message = None, None
        if module is None:
            importable = parts[:]
            while importable:
                try:
                    module = __import__('.'.join(importable))
                    break
                except ImportError:
                    missing = importable.pop()
                    error_case, error_message = _make_failed_import_test(
                        missing, self.suiteClass)
                    if not importable:
                        self.errors.append(error_message)
                        return error_case
            parts = parts[1:]
        obj, parent = module, None
        for part in parts:
            try:
                parent, obj = obj, getattr(obj, part)
            except AttributeError as error:
                # In a package, an attribute that is missing because a module could not be
                # imported is better told by that import's error.
                if getattr(obj, '__path__', None) is None or error_case is None:
                    error_case, error_message = _make_failed_test(
                        part, error, self.suiteClass,
                        f'Failed to access attribute:\n{_current_traceback()}')
                self.errors.append(error_message)
                return error_case
        return self._tests_from_object(obj, parent, parts)

    def _tests_from_object(self, obj, parent, parts):
        if isinstance(obj, types.ModuleType):
            return self.loadTestsFromModule(obj)
        if _is_test_class(obj):
            return self.loadTestsFromTestCase(obj)
        if (isinstance(obj, types.FunctionType) and isinstance(parent, type)
                and issubclass(parent, case.TestCase)):
            test = parent(parts[-1])
            # A static method is no test, but may give one.
            if not isinstance(getattr(test, parts[-1]), types.FunctionType):
                return self.suiteClass([test])
        elif isinstance(obj, suite.TestSuite):
            return obj
        if not callable(obj):
            raise TypeError(f"don't know how to make test from: {obj}")
        test = obj()
        if isinstance(test, suite.TestSuite):
            return test
        if isinstance(test, case.TestCase):
            return self.suiteClass([test])
        raise TypeError(f"calling {obj} returned {test}, not a test")

    def loadTestsFromNames(self, names, module=None):
        """Return a suite of all test cases found using the given sequence of string
        specifiers. See 'loadTestsFromName()'.
        """
        return self.suiteClass([self.loadTestsFromName(name, module) for name in names])

    def getTestCaseNames(self, testCaseClass):
        """Return a sorted sequence of method names found within testCaseClass"""
        def is_wanted(name):
            if not name.startswith(self.testMethodPrefix):
                return False
            if not callable(getattr(testCaseClass, name)):
                return False
            if self.testNamePatterns is None:
                return True
            full_name = f'{testCaseClass.__module__}.{testCaseClass.__qualname__}.{name}'
            return any(fnmatchcase(full_name, pattern) for pattern in self.testNamePatterns)

        names = [name for name in dir(testCaseClass) if is_wanted(name)]
        if self.sortTestMethodsUsing:
            names.sort(key=functools.cmp_to_key(self.sortTestMethodsUsing))
        return names

    def discover(self, start_dir, pattern='test*.py', top_level_dir=None):
        """Find and return all test modules from the specified start directory, recursing
        into subdirectories to find them, and return all tests found within them.

        Only modules that match the pattern and can be imported from the top level directory
        are loaded. A package's load_tests, if it has one, takes over for that package.
        """
        implicit_top = False
        if top_level_dir is None:
            # Called from load_tests, the search has its top already.
            top_level_dir = self._top_level_dir
            if top_level_dir is None:
                implicit_top = True
                top_level_dir = start_dir
        top_level_dir = os.path.abspath(top_level_dir)
        if top_level_dir not in sys.path:
            sys.path.insert(0, top_level_dir)
        self._top_level_dir = top_level_dir

        importable = True
        if os.path.isdir(os.path.abspath(start_dir)):
            start_dir = os.path.abspath(start_dir)
            if start_dir != top_level_dir:
                importable = os.path.isfile(os.path.join(start_dir, '__init__.py'))
        else:
            # The name of a package.
            try:
                __import__(start_dir)
            except ImportError:
                importable = False
            else:
                name, start_dir = start_dir, self._package_directory(start_dir)
                if implicit_top:
                    self._top_level_dir = self._get_directory_containing_module(
                        name.split('.')[0])
                    sys.path.remove(top_level_dir)
        if not importable:
            raise ImportError(f'Start directory is not importable: {start_dir!r}')
        return self.suiteClass(list(self._find_tests(start_dir, pattern)))

    @staticmethod
    def _package_directory(name):
        module = sys.modules[name]
        try:
            return os.path.abspath(os.path.dirname(module.__file__))
        except AttributeError:
            if module.__name__ in sys.builtin_module_names:
                raise TypeError('Can not use builtin modules as dotted module names') from None
            raise TypeError(f"don't know how to discover from {module!r}") from None

    def _get_directory_containing_module(self, module_name):
        full_path = os.path.abspath(sys.modules[module_name].__file__)
        directory = os.path.dirname(full_path)
        if os.path.basename(full_path).lower().startswith('__init__.py'):
            return os.path.dirname(directory)
        return directory

    def _get_name_from_path(self, path):
        """Give the dotted name under which the file is imported; '.' for the top directory."""
        if path == self._top_level_dir:
            return '.'
        relative = os.path.relpath(_splitext(os.path.normpath(path)), self._top_level_dir)
        assert not os.path.isabs(relative), "Path must be within the project"
        assert not relative.startswith('..'), "Path must be within the project"
        return relative.replace(os.path.sep, '.')

    def _get_module_from_name(self, name):
        __import__(name)
        return sys.modules[name]

    def _match_path(self, path, full_path, pattern):
        # For subclasses that choose otherwise.
        return fnmatch(path, pattern)

    def _find_tests(self, start_dir, pattern):
        """Give the suites of a directory, those of a package's __init__ first."""
        name = self._get_name_from_path(start_dir)
        if name != '.' and name not in self._loading_packages:
            tests, recurse = self._find_test_path(start_dir, pattern)
            if tests is not None:
                yield tests
            if not recurse:
                return
        for entry in sorted(os.listdir(start_dir)):
            full_path = os.path.join(start_dir, entry)
            tests, recurse = self._find_test_path(full_path, pattern)
            if tests is not None:
                yield tests
            if recurse:
                package = self._get_name_from_path(full_path)
                self._loading_packages.add(package)
                try:
                    yield from self._find_tests(full_path, pattern)
                finally:
                    self._loading_packages.discard(package)

    def _find_test_path(self, full_path, pattern):
        """Give the suite of a file or package, or None, and whether to look inside."""
        if os.path.isfile(full_path):
            return self._find_in_file(full_path, pattern), False
        if (os.path.isdir(full_path)
                and os.path.isfile(os.path.join(full_path, '__init__.py'))):
            return self._find_in_package(full_path, pattern)
        return None, False

    def _import(self, name):
        """Import a module; give it, or None and the suite that stands for it."""
        try:
            return self._get_module_from_name(name), None
        except case.SkipTest as error:
            return None, _make_skipped_test(name, error, self.suiteClass)
        except:
            failed, message = _make_failed_import_test(name, self.suiteClass)
            self.errors.append(message)
            return None, failed

    def _find_in_file(self, full_path, pattern):
        basename = os.path.basename(full_path)
        if not _is_module_file(basename):
            return None
        if not self._match_path(basename, full_path, pattern):
            return None
        module, failed = self._import(self._get_name_from_path(full_path))
        if module is None:
            return failed
        # Another module of that name may come first on the path.
        found = _splitext(os.path.realpath(
            os.path.abspath(getattr(module, '__file__', full_path))))
        if found.lower() != _splitext(os.path.realpath(full_path)).lower():
            raise ImportError(
                f"{_splitext(basename)!r} module incorrectly imported from "
                f"{os.path.dirname(found)!r}. Expected {os.path.dirname(full_path)!r}. "
                "Is this module globally installed?")
        return self.loadTestsFromModule(module, pattern=pattern)

    def _find_in_package(self, full_path, pattern):
        name = self._get_name_from_path(full_path)
        package, failed = self._import(name)
        if package is None:
            return failed, False
        load_tests = getattr(package, 'load_tests', None)
        self._loading_packages.add(name)
        try:
            tests = self.loadTestsFromModule(package, pattern=pattern)
            # A package with load_tests has loaded all it wants.
            return tests, load_tests is None
        finally:
            self._loading_packages.discard(name)


defaultTestLoader = TestLoader()


def _makeLoader(prefix, sortUsing, suiteClass=None, testNamePatterns=None):
    made = TestLoader()
    made.testMethodPrefix, made.testNamePatterns = prefix, testNamePatterns
    made.sortTestMethodsUsing = sortUsing
    made.suiteClass = suiteClass or made.suiteClass
    return made


def _warn_deprecated(name, method):
    import warnings
    warnings.warn(
        f"unittest.{name}() is deprecated and will be removed in Python 3.13. "
        f"Please use unittest.TestLoader.{method}() instead.",
        DeprecationWarning, stacklevel=3)


def getTestCaseNames(testCaseClass, prefix, sortUsing=util.three_way_cmp,
                     testNamePatterns=None):
    """Deprecated form of TestLoader.getTestCaseNames."""
    _warn_deprecated('getTestCaseNames', 'getTestCaseNames')
    loader = _makeLoader(prefix, sortUsing, testNamePatterns=testNamePatterns)
    return loader.getTestCaseNames(testCaseClass)


def makeSuite(testCaseClass, prefix='test', sortUsing=util.three_way_cmp,
              suiteClass=suite.TestSuite):
    """Deprecated form of TestLoader.loadTestsFromTestCase."""
    _warn_deprecated('makeSuite', 'loadTestsFromTestCase')
    return _makeLoader(prefix, sortUsing, suiteClass).loadTestsFromTestCase(testCaseClass)


def findTestCases(module, prefix='test', sortUsing=util.three_way_cmp,
                  suiteClass=suite.TestSuite):
    """Deprecated form of TestLoader.loadTestsFromModule."""
    _warn_deprecated('findTestCases', 'loadTestsFromModule')
    return _makeLoader(prefix, sortUsing, suiteClass).loadTestsFromModule(module)
