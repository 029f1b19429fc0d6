e = ValueError("with notes")
e.add_note("first note")
e.add_note("second\nspans lines")
try:
    raise e
except ValueError as x:
    x.add_note("third")
    raise
