def add(a, b): return a + b
def outer(): return add(1, add(2, add(3, "x")))
outer()
