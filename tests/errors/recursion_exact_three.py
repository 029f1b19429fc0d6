def c(n):
    if n == 0:
        raise ValueError("deep")
    c(n - 1)
c(3)
