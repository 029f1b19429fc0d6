"""Attempts that run side by side, each begun some time after the one before."""

__all__ = ('staggered_race',)

from . import events, locks, tasks


async def staggered_race(coro_fns, delay, *, loop=None):
    """Run the coroutines that functions give until one of them succeeds; the others are cancelled.

    The first begins at once, each further one when the one before has failed or `delay` seconds
    after that one began (None: not before it has failed).  Gives the result of the winner, its
    index, and a list of the errors of all that were begun; result and index are None if none
    succeeded, and the winner's error is None.
    """
    race = _Race(loop or events.get_running_loop(), enumerate(coro_fns), delay)
    race.begin(None)
    try:
        finished = 0
        while finished != len(race.runners):
            done, _ = await tasks.wait(race.runners)
            finished = len(done)
            for task in done:
                # The errors of attempts are kept; this one is of the race itself.
                if not task.cancelled() and task.exception():
                    raise task.exception()
        return race.result, race.winner, race.errors
    finally:
        for task in race.runners:
            task.cancel()


class _Race:
    """The state of staggered_race()."""

    def __init__(self, loop, attempts, delay):
        self.loop = loop
        self.attempts = attempts
        self.delay = delay
        self.runners = []
        self.errors = []
        self.result = self.winner = None

    def begin(self, previous_failed):
        """Make the task that waits for its turn and then makes the next attempt."""
        self.runners.append(self.loop.create_task(self._run(previous_failed)))

    async def _run(self, previous_failed):
        if previous_failed is not None:
            try:
                await tasks.wait_for(previous_failed.wait(), self.delay)
            except TimeoutError:
                pass
        attempt = next(self.attempts, None)
        if attempt is None:
            return
        index, coro_fn = attempt
        failed = locks.Event()
        self.begin(failed)
        self.errors.append(None)
        try:
            result = await coro_fn()
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as error:
            self.errors[index] = error
            failed.set()
        else:
            self.result, self.winner = result, index
            for other, task in enumerate(self.runners):
                # To cancel oneself would take effect nowhere: nothing is awaited from here on.
                if other != index:
                    task.cancel()
