"""Handlers for signals.  The functions are native; here numbers get names."""

import _signal
from _signal import *
from enum import IntEnum as _IntEnum


def _is_signal(name):
    return name.isupper() and name.startswith("SIG") and not name.startswith("SIG_")


_IntEnum._convert_("Signals", __name__, _is_signal)
_IntEnum._convert_("Handlers", __name__, lambda name: name in ("SIG_DFL", "SIG_IGN"))
_IntEnum._convert_("Sigmasks", __name__,
                   lambda name: name in ("SIG_BLOCK", "SIG_UNBLOCK", "SIG_SETMASK"))


def _wraps(native):
    """Give a function the documentation of the native one that it wraps."""
    def document(function):
        function.__doc__ = native.__doc__
        return function
    return document


def _named(number, names):
    """The member of an enumeration, or the value itself if it is none."""
    if not isinstance(number, int):
        return number
    try:
        return names(number)
    except (ValueError, TypeError):
        return number


def _plain(value):
    """The number of an enumeration's member, or the value itself."""
    try:
        return int(value)
    except (ValueError, TypeError):
        return value


@_wraps(_signal.signal)
def signal(signalnum, handler):
    return _named(_signal.signal(_plain(signalnum), _plain(handler)), Handlers)


@_wraps(_signal.getsignal)
def getsignal(signalnum):
    return _named(_signal.getsignal(signalnum), Handlers)


@_wraps(_signal.pthread_sigmask)
def pthread_sigmask(how, mask):
    return {_named(number, Signals) for number in _signal.pthread_sigmask(how, mask)}


@_wraps(_signal.sigpending)
def sigpending():
    return {_named(number, Signals) for number in _signal.sigpending()}


@_wraps(_signal.sigwait)
def sigwait(sigset):
    return _named(_signal.sigwait(sigset), Signals)


@_wraps(_signal.valid_signals)
def valid_signals():
    return {_named(number, Signals) for number in _signal.valid_signals()}


del _wraps
