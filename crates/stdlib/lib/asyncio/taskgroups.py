"""Groups of tasks that end together."""

__all__ = ["TaskGroup"]

from . import events, exceptions, tasks


def _ends_program(exc):
    return isinstance(exc, (SystemExit, KeyboardInterrupt))


class TaskGroup:
    """Asynchronous context manager for managing groups of tasks.

    At the end of the block it waits for all tasks that create_task() made.  When one of them
    raises, the others are cancelled, and so is the block; what they raised is raised as a group.
    """

    def __init__(self):
        self._loop = None
        # The task whose block this is.
        self._parent_task = None
        # The tasks that are not done, and what those raised that are.
        self._tasks = set()
        self._errors = []
        # The first SystemExit or KeyboardInterrupt, which is raised by itself.
        self._base_error = None
        # How far it is: the block was entered, it is being left, all is being cancelled.
        self._entered = self._exiting = self._aborting = False
        # Whether this group cancelled the block, rather than somebody outside.
        self._parent_cancel_requested = False
        # What __aexit__ waits for while there are tasks.
        self._on_completed_fut = None

    def __repr__(self):
        shown = ['TaskGroup']
        shown += [f'{name}={len(found)}' for name, found in
                  (('tasks', self._tasks), ('errors', self._errors)) if found]
        if self._aborting:
            shown.append('cancelling')
        elif self._entered:
            shown.append('entered')
        return f"<{' '.join(shown)}>"

    async def __aenter__(self):
        if self._entered:
            raise RuntimeError(f"TaskGroup {self!r} has already been entered")
        if self._loop is None:
            self._loop = events.get_running_loop()
        parent = tasks.current_task(self._loop)
        if parent is None:
            raise RuntimeError(f'TaskGroup {self!r} cannot determine the parent task')
        self._parent_task = parent
        self._entered = True
        return self

    async def __aexit__(self, et, exc, tb):
        self._exiting = True
        self._note_base_error(exc)
        cancelled = exc if et is exceptions.CancelledError else None
        # The group's own request is taken back.  If it was the only one, the block's
        # CancelledError has done its work.
        if self._parent_cancel_requested and self._parent_task.uncancel() == 0:
            cancelled = None
        if et is not None and not self._aborting:
            self._abort()
        cancelled = await self._wait_for_tasks() or cancelled
        assert not self._tasks
        try:
            if self._base_error is not None:
                raise self._base_error
            if cancelled is not None and not self._errors:
                # Errors weigh more than being cancelled.
                raise cancelled
            if et is not None and et is not exceptions.CancelledError:
                self._errors.append(exc)
            if self._errors:
                raise BaseExceptionGroup('unhandled errors in a TaskGroup',
                                         self._errors) from None
        finally:
            # Tracebacks of what is raised refer to this frame.
            self._errors = []
            self._base_error = None
            cancelled = exc = None

    async def _wait_for_tasks(self):
        """Wait until all tasks are done; what cancelled the block from outside meanwhile."""
        cancelled = None
        while self._tasks:
            self._on_completed_fut = self._loop.create_future()
            try:
                await self._on_completed_fut
            except exceptions.CancelledError as exc:
                if not self._aborting:
                    cancelled = exc
                    self._abort()
            self._on_completed_fut = None
        return cancelled

    def create_task(self, coro, *, name=None, context=None):
        """Make a task of the group for a coroutine."""
        if not self._entered:
            raise RuntimeError(f"TaskGroup {self!r} has not been entered")
        if self._exiting and not self._tasks:
            raise RuntimeError(f"TaskGroup {self!r} is finished")
        if self._aborting:
            raise RuntimeError(f"TaskGroup {self!r} is shutting down")
        # Loops by others may not know of contexts.
        more = {} if context is None else {'context': context}
        task = self._loop.create_task(coro, name=name, **more)
        if task.done():
            # An eager one.
            self._on_task_done(task)
        else:
            self._tasks.add(task)
            task.add_done_callback(self._on_task_done)
        return task

    def _note_base_error(self, exc):
        if self._base_error is None and _ends_program(exc):
            self._base_error = exc

    def _abort(self):
        self._aborting = True
        for task in self._tasks:
            if not task.done():
                task.cancel()

    def _on_task_done(self, task):
        self._tasks.discard(task)
        waiter = self._on_completed_fut
        if not (self._tasks or waiter is None or waiter.done()):
            waiter.set_result(True)
        error = None if task.cancelled() else task.exception()
        if error is None:
            return
        self._errors.append(error)
        self._note_base_error(error)
        if self._parent_task.done():
            # The block is over without having waited: nobody is left to be told.
            self._loop.call_exception_handler({
                'message': f'Task {task!r} has errored out but its parent '
                           f'task {self._parent_task} is already completed',
                'exception': error,
                'task': task,
            })
        elif not (self._aborting or self._parent_cancel_requested):
            # The block may be waiting for what never comes now.  Cancelling it counts as our
            # request, which __aexit__ takes back.
            self._abort()
            self._parent_cancel_requested = True
            self._parent_task.cancel()
