# id() of a number or constant reads like an address: one rule for what is on the heap and what is not.
values = [0, 1, -1, 257, 2**40, 1.5, 0.0, -2.25, None, True, False, ..., NotImplemented, "text", object()]
for value in values:
    print(type(value).__name__, id(value) >= 10**9, id(value) == id(value))
print(len({id(value) for value in values}) == len(values))
