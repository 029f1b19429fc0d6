"""The asyncio package, tracking PEP 3156: event loop, futures, tasks and what they wait for.

Sockets, streams, pipes and child processes are not supported: their names are there and raise
NotImplementedError.
"""

import sys

from .base_events import *
from .coroutines import *
from .events import *
from .exceptions import *
from .futures import *
from .locks import *
from .protocols import *
from .queues import *
from .runners import *
from .taskgroups import *
from .tasks import *
from .threads import *
from .timeouts import *
from .transports import *
from .unix_events import *


def _function(name):
    async def function(*args, **kwargs):
        raise NotImplementedError(f"asyncio.{name}")
    function.__name__ = function.__qualname__ = name
    return function


def _class(name):
    def __init__(self, *args, **kwargs):
        raise NotImplementedError(f"asyncio.{name}")
    return type(name, (), {'__module__': 'asyncio', '__init__': __init__,
                           '__doc__': "Not supported."})


_missing = ['open_connection', 'start_server', 'open_unix_connection', 'start_unix_server',
            'create_subprocess_exec', 'create_subprocess_shell',
            'StreamReader', 'StreamWriter', 'StreamReaderProtocol']
for _name in _missing:
    globals()[_name] = (_class if _name[0].isupper() else _function)(_name)

__all__ = (base_events.__all__ + coroutines.__all__ + events.__all__ + exceptions.__all__ +
           futures.__all__ + locks.__all__ + protocols.__all__ + runners.__all__ +
           queues.__all__ + tuple(taskgroups.__all__) + tasks.__all__ + threads.__all__ +
           tuple(timeouts.__all__) + transports.__all__ + unix_events.__all__ +
           tuple(_missing))
del _name, _missing, _function, _class
