"""An exception kept in a local of the frame its traceback holds."""
import gc

gc.collect()
gc.freeze()

def fail():
    try:
        raise ValueError("kept")
    except ValueError as error:
        kept = error

fail()
print(gc.collect())
