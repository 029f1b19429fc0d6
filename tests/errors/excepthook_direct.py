import sys
try:
    1 / 0
except ZeroDivisionError:
    sys.excepthook(*sys.exc_info())
print("goes on")
try: raise ValueError("x")
except ValueError as e: sys.excepthook(KeyError, e, None)
sys.__excepthook__(ValueError, ValueError("made"), None)
