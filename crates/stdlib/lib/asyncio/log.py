"""The package's logger, for which logging is imported when something is logged."""


class _Logger:
    """Stands for the logger named asyncio."""

    def __getattr__(self, name):
        import logging
        return getattr(logging.getLogger("asyncio"), name)


logger = _Logger()
