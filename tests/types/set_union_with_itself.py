# What a set joined with itself is: a copy, in the order of one.
def order(numbers):
    return list(numbers)


for size in 0, 1, 4, 5, 20, 40, 70, 300:
    a = {number * 37 % 1009 for number in range(size)}
    print(order(a) == order(a | a), order(a | a) == order(a.copy()), order(a.copy()), order(a | a))
    print(order(a | set()), order(set() | a), order(a.union(a)), order(frozenset(a) | frozenset(a)))
    b = set(a)
    b |= b
    print(order(b), order(a & a), order(a ^ {1}))
