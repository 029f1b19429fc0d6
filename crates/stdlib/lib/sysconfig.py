"""Where things are installed, and how the interpreter was built.

The paths follow from schemes: for each kind of file, a template of a directory over the
configuration variables. There is no Makefile to take further variables from: those that programs
ask for are given here.
"""

import os
import sys
from os.path import realpath

__all__ = [
    'get_config_var', 'get_config_vars', 'get_path', 'get_paths', 'get_path_names',
    'get_scheme_names', 'get_platform', 'get_python_version', 'get_config_h_filename',
    'get_makefile_filename', 'parse_config_h',
]

_KINDS = ('stdlib', 'platstdlib', 'purelib', 'platlib', 'include', 'platinclude', 'scripts', 'data')
# The schemes of users have no directory of their own for headers that depend on the platform.
_USER_KINDS = tuple(kind for kind in _KINDS if kind != 'platinclude')


def _scheme(kinds, *directories):
    return dict(zip(kinds, directories))


def _posix_scheme():
    python = 'python{py_version_short}'
    return _scheme(_KINDS,
                   '{installed_base}/{platlibdir}/' + python,
                   '{platbase}/{platlibdir}/' + python,
                   '{base}/lib/' + python + '/site-packages',
                   '{platbase}/{platlibdir}/' + python + '/site-packages',
                   '{installed_base}/include/' + python + '{abiflags}',
                   '{installed_platbase}/include/' + python + '{abiflags}',
                   '{base}/bin',
                   '{base}')


def _nt_scheme():
    return _scheme(_KINDS, '{installed_base}/Lib', '{base}/Lib', '{base}/Lib/site-packages',
                   '{base}/Lib/site-packages', '{installed_base}/Include',
                   '{installed_base}/Include', '{base}/Scripts', '{base}')


def _nt_user_scheme():
    python = '{userbase}/Python{py_version_nodot_plat}'
    return _scheme(_USER_KINDS, python, python, python + '/site-packages',
                   python + '/site-packages', python + '/Include', python + '/Scripts',
                   '{userbase}')


_INSTALL_SCHEMES = {
    'posix_prefix': _posix_scheme(),
    'posix_home': _scheme(_KINDS, '{installed_base}/lib/python', '{base}/lib/python',
                          '{base}/lib/python', '{base}/lib/python',
                          '{installed_base}/include/python', '{installed_base}/include/python',
                          '{base}/bin', '{base}'),
    'nt': _nt_scheme(),
    'posix_venv': _posix_scheme(),
    'nt_venv': _nt_scheme(),
    'venv': _nt_scheme() if os.name == 'nt' else _posix_scheme(),
    'posix_user': _scheme(_USER_KINDS,
                          '{userbase}/{platlibdir}/python{py_version_short}',
                          '{userbase}/{platlibdir}/python{py_version_short}',
                          '{userbase}/lib/python{py_version_short}/site-packages',
                          '{userbase}/lib/python{py_version_short}/site-packages',
                          '{userbase}/include/python{py_version_short}',
                          '{userbase}/bin', '{userbase}'),
    'nt_user': _nt_user_scheme(),
    'osx_framework_user': _scheme(_USER_KINDS, '{userbase}/lib/python', '{userbase}/lib/python',
                                  '{userbase}/lib/python/site-packages',
                                  '{userbase}/lib/python/site-packages',
                                  '{userbase}/include/python{py_version_short}',
                                  '{userbase}/bin', '{userbase}'),
}

_PY_VERSION = sys.version.split()[0]
_PY_VERSION_SHORT = f'{sys.version_info[0]}.{sys.version_info[1]}'
_PY_VERSION_SHORT_NO_DOT = f'{sys.version_info[0]}{sys.version_info[1]}'

# The variables, once they have been asked for.
_CONFIG_VARS = None


def _getuserbase():
    """The directory for what users install for themselves."""
    return os.environ.get("PYTHONUSERBASE") or os.path.expanduser(os.path.join("~", ".local"))


def _project_base():
    """The directory of the interpreter."""
    if sys.executable:
        return os.path.dirname(realpath(sys.executable))
    return os.getcwd()


def is_python_build(check_home=None):
    """Whether the interpreter runs from the directory it was built in."""
    if check_home is not None:
        import warnings

        warnings.warn("check_home argument is deprecated and ignored.",
                      DeprecationWarning, stacklevel=2)
    modules = os.path.join(_project_base(), "Modules")
    return any(os.path.isfile(os.path.join(modules, name)) for name in ("Setup", "Setup.local"))


def _subst_vars(template, variables):
    """Fills in a template; what the variables do not have may be in the environment."""
    try:
        return template.format(**variables)
    except KeyError as missing:
        try:
            return template.format(**os.environ)
        except KeyError:
            raise AttributeError(f'{missing}') from None


def _expand_vars(scheme, variables):
    """The directories of a scheme."""
    if variables is None:
        variables = {}
    for name, value in get_config_vars().items():
        variables.setdefault(name, value)
    if os.name == 'nt':
        variables = variables | {'platlibdir': 'lib'}
    return {kind: os.path.normpath(_subst_vars(os.path.expanduser(template), variables))
            for kind, template in _INSTALL_SCHEMES[scheme].items()}


def _get_preferred_schemes():
    if os.name == 'nt':
        return {'prefix': 'nt', 'home': 'posix_home', 'user': 'nt_user'}
    if sys.platform == 'darwin' and getattr(sys, '_framework', None):
        return {'prefix': 'posix_prefix', 'home': 'posix_home', 'user': 'osx_framework_user'}
    return {'prefix': 'posix_prefix', 'home': 'posix_home', 'user': 'posix_user'}


def get_preferred_scheme(key):
    """The name of the scheme for 'prefix', 'home' or 'user'."""
    if key == 'prefix' and sys.prefix != sys.base_prefix:
        return 'venv'
    scheme = _get_preferred_schemes()[key]
    if scheme not in _INSTALL_SCHEMES:
        raise ValueError(f"{key!r} returned {scheme!r}, which is not a valid scheme "
                         "on this platform")
    return scheme


def get_default_scheme():
    """The name of the scheme the interpreter itself is installed by."""
    return get_preferred_scheme('prefix')


def get_scheme_names():
    """The names of all schemes, sorted."""
    return tuple(sorted(_INSTALL_SCHEMES))


def get_path_names():
    """The kinds of files every scheme has a directory for."""
    return _USER_KINDS


def get_paths(scheme=get_default_scheme(), vars=None, expand=True):
    """The directories of a scheme by kind; their templates if `expand` is false.

    `vars` is a dictionary of variables to use instead of the configuration's; those missing are
    added to it.
    """
    if expand:
        return _expand_vars(scheme, vars)
    return _INSTALL_SCHEMES[scheme]


def get_path(name, scheme=get_default_scheme(), vars=None, expand=True):
    """The directory of one kind, as in get_paths()."""
    return get_paths(scheme, vars, expand)[name]


def get_makefile_filename():
    """Where the Makefile of the build would be."""
    if is_python_build():
        return os.path.join(_project_base(), "Makefile")
    name = f'config-{_PY_VERSION_SHORT}{sys.abiflags}'
    multiarch = getattr(sys.implementation, '_multiarch', None)
    if multiarch:
        name += f'-{multiarch}'
    return os.path.join(get_path('stdlib'), name, 'Makefile')


def get_config_h_filename():
    """Where pyconfig.h would be."""
    if is_python_build():
        return os.path.join(_project_base(), 'pyconfig.h')
    return os.path.join(get_path('platinclude'), 'pyconfig.h')


def parse_config_h(fp, vars=None):
    """The names an open pyconfig.h defines, added to `vars`; those it undefines are 0."""
    import re

    if vars is None:
        vars = {}
    define = re.compile("#define ([A-Z][A-Za-z0-9_]+) (.*)\n").match
    undefine = re.compile("/[*] #undef ([A-Z][A-Za-z0-9_]+) [*]/\n").match
    while line := fp.readline():
        if match := define(line):
            name, value = match.groups()
            try:
                # Never a number, whatever it looks like.
                if name != 'MACOSX_DEPLOYMENT_TARGET':
                    value = int(value)
            except ValueError:
                pass
            vars[name] = value
        elif match := undefine(line):
            vars[match[1]] = 0
    return vars


def _init_config_vars():
    """All configuration variables."""
    prefix, base_prefix = os.path.normpath(sys.prefix), os.path.normpath(sys.base_prefix)
    exec_prefix = os.path.normpath(sys.exec_prefix)
    base_exec_prefix = os.path.normpath(sys.base_exec_prefix)
    multiarch = getattr(sys.implementation, '_multiarch', '')
    tag = '-'.join(part for part in (sys.implementation.cache_tag, multiarch) if part)
    return {
        'prefix': prefix,
        'exec_prefix': exec_prefix,
        'py_version': _PY_VERSION,
        'py_version_short': _PY_VERSION_SHORT,
        'py_version_nodot': _PY_VERSION_SHORT_NO_DOT,
        'installed_base': base_prefix,
        'base': prefix,
        'installed_platbase': base_exec_prefix,
        'platbase': exec_prefix,
        'projectbase': _project_base(),
        'platlibdir': sys.platlibdir,
        'abiflags': getattr(sys, 'abiflags', ''),
        'py_version_nodot_plat': '',
        'userbase': _getuserbase(),
        'srcdir': _project_base(),
        'VERSION': _PY_VERSION_SHORT,
        'LDVERSION': _PY_VERSION_SHORT,
        'MULTIARCH': multiarch,
        'SOABI': tag,
        'EXT_SUFFIX': f'.{tag}.so',
        'EXE': '',
        'BINDIR': os.path.join(exec_prefix, 'bin'),
        'LIBDIR': os.path.join(exec_prefix, 'lib'),
        'LIBDEST': os.path.join(prefix, sys.platlibdir, f'python{_PY_VERSION_SHORT}'),
        'INCLUDEPY': os.path.join(prefix, 'include', f'python{_PY_VERSION_SHORT}'),
        'HAVE_GETRANDOM': 1,
        'HAVE_GETRANDOM_SYSCALL': 1,
        'Py_DEBUG': 0,
        'Py_ENABLE_SHARED': 0,
        'Py_GIL_DISABLED': 0,
        'SIZEOF_VOID_P': 8 if sys.maxsize > 2**32 else 4,
        # Where zoneinfo and dateutil look for time zones.
        'TZPATH': ':'.join(f'/{folder}/zoneinfo' for folder in
                           ('usr/share', 'usr/lib', 'usr/share/lib', 'etc')),
    }


def get_config_vars(*args):
    """The dictionary of all configuration variables; of some names, the list of their values."""
    global _CONFIG_VARS
    if _CONFIG_VARS is None:
        _CONFIG_VARS = _init_config_vars()
    if args:
        return [_CONFIG_VARS.get(name) for name in args]
    return _CONFIG_VARS


def get_config_var(name):
    """The value of a configuration variable, None if there is none."""
    return get_config_vars().get(name)


def get_platform():
    """The platform in one word: the system and the machine, like linux-x86_64."""
    if os.name != "posix" or not hasattr(os, 'uname'):
        return sys.platform
    if "_PYTHON_HOST_PLATFORM" in os.environ:
        return os.environ["_PYTHON_HOST_PLATFORM"]
    system, _, release, _, machine = os.uname()
    system = system.lower().replace('/', '')
    machine = machine.replace(' ', '_').replace('/', '-')
    if system.startswith("linux"):
        return f"{system}-{machine}"
    if system.startswith("darwin"):
        system = "macosx"
    return f"{system}-{release}-{machine}"


def get_python_version():
    """The version of the language, MAJOR.MINOR."""
    return _PY_VERSION_SHORT


def expand_makefile_vars(s, vars):
    """A string with the ${NAME} and $(NAME) in it replaced, again and again, by the variables."""
    import re

    reference = re.compile(r"\$\(([A-Za-z][A-Za-z0-9_]*)\)|\${([A-Za-z][A-Za-z0-9_]*)}").search
    while match := reference(s):
        start, end = match.span()
        s = s[:start] + vars.get(match[1] or match[2]) + s[end:]
    return s


def _print_dict(title, data):
    """Writes a dictionary, sorted, under a title."""
    for number, (name, value) in enumerate(sorted(data.items())):
        if number == 0:
            print(f'{title}: ')
        print(f'\t{name} = "{value}"')


def _main():
    """Writes everything the module knows."""
    for label, value in (('Platform', get_platform()), ('Python version', get_python_version()),
                         ('Current installation scheme', get_default_scheme())):
        print(f'{label}: "{value}"')
    for title, data in (('Paths', get_paths()), ('Variables', get_config_vars())):
        print()
        _print_dict(title, data)


if __name__ == '__main__':
    _main()
