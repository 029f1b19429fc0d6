"""The locales of the interpreter itself: C and C.UTF-8, the ones every system has.

Text is Unicode here whatever the locale, and no other conventions for numbers, money and dates are
read from the system, so the names of other locales are refused as the C library refuses the names
of locales that are not installed.
"""

LC_CTYPE, LC_NUMERIC, LC_TIME, LC_COLLATE, LC_MONETARY, LC_MESSAGES, LC_ALL = range(7)
CHAR_MAX = 127

# The keys of nl_langinfo(), and what the C locale has for them.
CODESET = 14
RADIXCHAR, THOUSEP = 65536, 65537
YESEXPR, NOEXPR = 327680, 327681
CRNCYSTR = 262159
_LANGINFO = {RADIXCHAR: '.', THOUSEP: '', YESEXPR: '^[yY]', NOEXPR: '^[nN]', CRNCYSTR: '-'}


def _name_keys(first, pattern, values):
    """Names the keys that follow one another from `first` on."""
    for number, value in enumerate(values):
        globals()[pattern.format(number + 1)] = first + number
        _LANGINFO[first + number] = value


_DAYS = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September",
           "October", "November", "December")
_name_keys(131072, "ABDAY_{}", [day[:3] for day in _DAYS])
_name_keys(131079, "DAY_{}", _DAYS)
_name_keys(131086, "ABMON_{}", [month[:3] for month in _MONTHS])
_name_keys(131098, "MON_{}", _MONTHS)
for _key, _name, _value in (
        (131110, "AM_STR", "AM"), (131111, "PM_STR", "PM"), (131112, "D_T_FMT", "%a %b %e %H:%M:%S %Y"),
        (131113, "D_FMT", "%m/%d/%y"), (131114, "T_FMT", "%H:%M:%S"),
        (131115, "T_FMT_AMPM", "%I:%M:%S %p"), (131116, "ERA", ""), (131118, "ERA_D_FMT", ""),
        (131119, "ALT_DIGITS", ""), (131120, "ERA_D_T_FMT", ""), (131121, "ERA_T_FMT", ""),
        (131180, "_DATE_FMT", "%a %b %e %H:%M:%S %Z %Y")):
    globals()[_name] = _key
    _LANGINFO[_key] = _value
del _key, _name, _value

# The categories in the order of their numbers, then those that can only be set with all of them.
_CATEGORIES = ("LC_CTYPE", "LC_NUMERIC", "LC_TIME", "LC_COLLATE", "LC_MONETARY", "LC_MESSAGES",
               "LC_PAPER", "LC_NAME", "LC_ADDRESS", "LC_TELEPHONE", "LC_MEASUREMENT",
               "LC_IDENTIFICATION")
# The encoding of the interpreter is UTF-8 from the start.
_current = {name: "C" for name in _CATEGORIES}
_current["LC_CTYPE"] = "C.UTF-8"


class Error(Exception):
    """A locale that is not to be had."""

    __module__ = "locale"


def _checked(name):
    """The name of a locale that exists."""
    if name in ("C", "POSIX"):
        return "C"
    if name in ("C.UTF-8", "C.utf8", "C.utf-8", "C.UTF8"):
        return name
    raise Error("unsupported locale setting")


def _from_environment(category):
    """The locale the environment asks for in a category."""
    import os

    for variable in ("LC_ALL", category, "LANG"):
        value = os.environ.get(variable)
        if value:
            return value
    return "C"


def setlocale(category, locale=None, /):
    """Activates/queries locale processing."""
    if not isinstance(category, int):
        raise TypeError(f"'{type(category).__name__}' object cannot be interpreted as an integer")
    if locale is not None and not isinstance(locale, str):
        raise TypeError(
            f"setlocale() argument 2 must be str or None, not {type(locale).__name__}")
    if not LC_CTYPE <= category <= LC_ALL:
        raise Error("locale query failed" if locale is None else "unsupported locale setting")
    names = _CATEGORIES if category == LC_ALL else (_CATEGORIES[category],)
    if locale is not None:
        if ";" in locale or "=" in locale:
            # The form in which the names of all categories are given back.
            parts = dict(part.split("=", 1) for part in locale.split(";") if "=" in part)
            wanted = {name: parts.get(name, "") for name in names}
        else:
            wanted = {name: locale or _from_environment(name) for name in names}
        # Nothing changes unless all of it can.
        _current.update({name: _checked(value) for name, value in wanted.items()})
    if category != LC_ALL:
        return _current[names[0]]
    if len(set(_current.values())) == 1:
        return _current["LC_CTYPE"]
    return ";".join(f"{name}={_current[name]}" for name in _CATEGORIES)


def localeconv():
    """Returns numeric and monetary locale-specific parameters."""
    conventions = dict.fromkeys(
        ("int_curr_symbol", "currency_symbol", "mon_decimal_point", "mon_thousands_sep"), "")
    conventions["mon_grouping"] = []
    conventions.update(positive_sign="", negative_sign="")
    conventions.update(dict.fromkeys(
        ("int_frac_digits", "frac_digits", "p_cs_precedes", "p_sep_by_space", "n_cs_precedes",
         "n_sep_by_space", "p_sign_posn", "n_sign_posn"), CHAR_MAX))
    conventions.update(decimal_point=".", thousands_sep="", grouping=[])
    return conventions


def strcoll(os1, os2, /):
    """Compares two strings according to the locale."""
    if "\0" in os1 or "\0" in os2:
        raise ValueError("embedded null character")
    return (os1 > os2) - (os1 < os2)


def strxfrm(string, /):
    """Return a string that can be used as a key for locale-aware comparisons."""
    if "\0" in string:
        raise ValueError("embedded null character")
    return string


def nl_langinfo(key, /):
    """Return the value for the locale information associated with key."""
    if key == CODESET:
        return "ANSI_X3.4-1968" if _current["LC_CTYPE"] == "C" else "UTF-8"
    try:
        return _LANGINFO[key]
    except KeyError:
        raise ValueError("unsupported langinfo constant") from None


def getencoding():
    """Get the current locale encoding."""
    return "UTF-8"


# The messages of the C library: without a catalog for the C locale they stay as they are.
_domains = {}
_domain = "messages"


def gettext(msg, /):
    """Return translation of msg."""
    return msg


def dgettext(domain, msg, /):
    """Return translation of msg in domain."""
    return msg


def dcgettext(domain, msg, category, /):
    """Return translation of msg in domain and category."""
    return msg


def textdomain(domain, /):
    """Set the C library's textdmain to domain, returning the new domain."""
    global _domain
    if domain is not None:
        _domain = domain or "messages"
    return _domain


def bindtextdomain(domain, dir, /):
    """Bind the C library's domain to dir."""
    if not domain:
        raise Error("domain must be a non-empty string")
    if dir is not None:
        import os

        _domains[domain] = os.fsdecode(dir)
    return _domains.get(domain, "/usr/share/locale")


def bind_textdomain_codeset(domain, codeset, /):
    """Bind the C library's domain to codeset."""
    return codeset
