"""A finaliser that runs when the interpreter ends can still log an exception with its traceback."""
import logging
import sys
import traceback

logging.basicConfig(format="%(levelname)s %(message)s", stream=sys.stdout)


source = """
class Late:
    def __init__(self, how):
        self.how = how

    def __del__(self):
        try:
            try:
                raise ValueError("some error")
            except ValueError as problem:
                problem.add_note("a note")
                raise KeyError("another") from problem
        except KeyError:
            self.how()
"""
exec(compile(source, "<late>", "exec"))


def log(logger=logging.getLogger()):
    logger.exception("in __del__")


def show(limit=None, traceback=traceback):
    print("".join(traceback.format_exc(limit).splitlines(True)[-2:]), end="")


late = Late(lambda: (log(), show(), show(1), show(-1)))
