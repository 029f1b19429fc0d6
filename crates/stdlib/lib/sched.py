"""A scheduler of events: functions to be called at times, with priorities.

The clock and the sleeping are given to the constructor, so that time may be anything.
"""

import heapq
import itertools
import threading
import time
from time import monotonic as _time

__all__ = ["scheduler"]

_sentinel = object()


class Event(tuple):
    """An event: `time`, `priority`, `sequence`, `action`, `argument`, `kwargs`."""

    __slots__ = ()
    _fields = ('time', 'priority', 'sequence', 'action', 'argument', 'kwargs')
    __match_args__ = _fields

    def __new__(cls, time, priority, sequence, action, argument, kwargs):
        return tuple.__new__(cls, (time, priority, sequence, action, argument, kwargs))

    time = property(lambda self: self[0], doc="Numeric type compatible with the return value of "
                    "the timefunc function passed to the constructor.")
    priority = property(lambda self: self[1], doc="Events scheduled for the same time will be "
                        "executed in the order of their priority.")
    sequence = property(lambda self: self[2], doc="A continually increasing sequence number that "
                        "separates events if time and priority are equal.")
    action = property(lambda self: self[3], doc="Executing the event means executing "
                      "action(*argument, **kwargs)")
    argument = property(lambda self: self[4], doc="argument is a sequence holding the positional "
                        "arguments for the action.")
    kwargs = property(lambda self: self[5], doc="kwargs is a dictionary holding the keyword "
                      "arguments for the action.")

    def _asdict(self):
        return dict(zip(self._fields, self))

    def _replace(self, /, **changes):
        return type(self)(**{**self._asdict(), **changes})

    def __getnewargs__(self):
        return tuple(self)

    def __repr__(self):
        inner = ', '.join(f'{name}={value!r}' for name, value in zip(self._fields, self))
        return f'Event({inner})'


class scheduler:
    """Calls functions at times.  Other threads may add and cancel events."""

    def __init__(self, timefunc=_time, delayfunc=time.sleep):
        """`timefunc` gives the time, `delayfunc` waits for a while."""
        self._queue = []
        self._lock = threading.RLock()
        self.timefunc = timefunc
        self.delayfunc = delayfunc
        self._sequence_generator = itertools.count()

    def enterabs(self, time, priority, action, argument=(), kwargs=_sentinel):
        """Enter a new event in the queue at an absolute time; the event, to cancel it by."""
        keywords = {} if kwargs is _sentinel else kwargs
        with self._lock:
            rank = next(self._sequence_generator)
            event = Event(time, priority, rank, action, argument, keywords)
            heapq.heappush(self._queue, event)
        return event

    def enter(self, delay, priority, action, argument=(), kwargs=_sentinel):
        """Enter a new event in the queue some time from now; the event, to cancel it by."""
        time = self.timefunc() + delay
        return self.enterabs(time, priority, action, argument, kwargs)

    def cancel(self, event):
        """Take an event out of the queue; ValueError if it is not there."""
        with self._lock:
            for place, other in enumerate(self._queue):
                if other is event:
                    break
            else:
                place = self._queue.index(event)
            del self._queue[place]
            heapq.heapify(self._queue)

    def empty(self):
        """Whether there are no events."""
        with self._lock:
            return not self._queue

    def run(self, blocking=True):
        """Call the functions at their times, until there are none.

        Unless `blocking`, only those that are due are called, and the time until the next one is
        returned, None if there is none.  An exception leaves the queue as it should be.
        """
        while True:
            with self._lock:
                if not self._queue:
                    break
                event = self._queue[0]
                now = self.timefunc()
                delay = event.time > now
                if not delay:
                    heapq.heappop(self._queue)
            if delay:
                if not blocking:
                    return event.time - now
                self.delayfunc(event.time - now)
            else:
                event.action(*event.argument, **event.kwargs)
                # Others get a turn.
                self.delayfunc(0)

    @property
    def queue(self):
        """An ordered list of upcoming events."""
        with self._lock:
            events = self._queue[:]
        return list(map(heapq.heappop, [events] * len(events)))
