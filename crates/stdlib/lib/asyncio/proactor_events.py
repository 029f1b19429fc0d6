"""The event loop of Windows, which is told when operations have ended; other systems have none."""

__all__ = ('BaseProactorEventLoop',)

from . import base_events


class BaseProactorEventLoop(base_events.BaseEventLoop):
    """An event loop around a proactor, which this system does not have."""

    def __init__(self, proactor):
        raise NotImplementedError("asyncio.BaseProactorEventLoop")
