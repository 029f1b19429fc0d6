"""A long chain that ends in itself is collected without recursion."""
import gc

gc.collect()
gc.freeze()

first = last = []
for _ in range(5000):
    new = [last]
    last = new
first.append(last)
del first, last, new
gc.set_threshold(700, 10, 10)
print(gc.collect())
