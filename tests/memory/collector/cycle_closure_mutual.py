"""Two inner functions that call each other."""
import gc

gc.collect()
gc.freeze()

def make():
    def even(n):
        return n == 0 or odd(n - 1)
    def odd(n):
        return n != 0 and even(n - 1)
    return even(10)

print(make())
print(gc.collect())
