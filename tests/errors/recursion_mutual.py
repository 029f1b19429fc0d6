def a(n):
    if n == 0:
        raise ValueError("bottom")
    return b(n)
def b(n):
    return a(n - 1)
def c(n):
    if n == 0:
        raise ValueError("deep")
    c(n - 1)
try:
    a(3)
except ValueError:
    c(8)
