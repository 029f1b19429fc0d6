"""How tasks and their stacks are shown."""

import reprlib

from . import base_futures, coroutines


def _task_repr_info(task):
    state, *rest = base_futures._future_repr_info(task)
    if task.cancelling() and not task.done():
        # Asked to end, which it has not done yet.
        state = 'cancelling'
    info = [state, f'name={task.get_name()!r}']
    if task._coro:
        info.append(f'coro=<{coroutines._format_coroutine(task._coro)}>')
    if task._fut_waiter is not None:
        info.append(f'wait_for={task._fut_waiter!r}')
    return info + rest


@reprlib.recursive_repr()
def _task_repr(task):
    return f"<{type(task).__name__} {' '.join(_task_repr_info(task))}>"


def _suspended_frames(frame):
    while frame is not None:
        yield frame
        frame = frame.f_back


def _traceback_frames(tb):
    while tb is not None:
        yield tb.tb_frame
        tb = tb.tb_next


def _task_get_stack(task, limit):
    coro = task._coro
    for attribute in ('cr_frame', 'gi_frame', 'ag_frame'):
        if hasattr(coro, attribute):
            frame = getattr(coro, attribute)
            break
    else:
        frame = None
    if frame is not None:
        frames = _suspended_frames(frame)
    elif task._exception is not None:
        frames = _traceback_frames(task._exception.__traceback__)
    else:
        return []
    if limit is None:
        stack = list(frames)
    else:
        # Counts from the innermost frame of a coroutine, from the outermost of a traceback.
        stack = [found for _, found in zip(range(limit), frames)]
    if frame is not None:
        stack.reverse()
    return stack


def _task_print_stack(task, limit, file):
    import linecache
    import traceback
    entries = []
    fresh = set()
    for frame in task.get_stack(limit=limit):
        path = frame.f_code.co_filename
        if path not in fresh:
            linecache.checkcache(path)
            fresh.add(path)
        text = linecache.getline(path, frame.f_lineno, frame.f_globals)
        entries.append((path, frame.f_lineno, frame.f_code.co_name, text))
    error = task._exception
    if entries:
        kind = 'Stack' if error is None else 'Traceback'
        print(f'{kind} for {task!r} (most recent call last):', file=file)
    else:
        print(f'No stack for {task!r}', file=file)
    traceback.print_list(entries, file=file)
    if error is not None:
        print(*traceback.format_exception_only(type(error), error), sep='', end='', file=file)
