"""Chained exceptions that refer to each other."""
import gc

gc.collect()
gc.freeze()

def chain():
    try:
        try:
            1 / 0
        except ZeroDivisionError as first:
            raise KeyError("second") from first
    except KeyError as second:
        second.__cause__.other = second

chain()
print(gc.collect())
