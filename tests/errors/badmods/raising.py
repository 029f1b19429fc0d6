def inner():
    raise ValueError("at import time")
inner()
