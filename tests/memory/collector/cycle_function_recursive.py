"""A recursive inner function: function, cell, closure tuple."""
import gc

gc.collect()
gc.freeze()

def make():
    def fact(n):
        return n * fact(n - 1) if n else 1
    return fact(5)

print(make())
print(gc.collect())
