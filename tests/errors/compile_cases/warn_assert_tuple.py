assert (x, "message")
assert (1, 2)
assert ()
assert (x,), "m"
