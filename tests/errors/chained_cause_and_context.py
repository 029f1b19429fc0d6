cause = OSError(2, "cause never raised")
try:
    raise KeyError("context")
except KeyError:
    raise ValueError("final") from cause
