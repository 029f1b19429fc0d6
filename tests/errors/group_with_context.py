try:
    raise KeyError("context")
except KeyError:
    e = ExceptionGroup("eg", [OSError("a"), ExceptionGroup("deep", [ExceptionGroup("deeper", [ValueError("bottom")])])])
    e.add_note("group note")
    e.exceptions[0].add_note("leaf note")
    raise e
