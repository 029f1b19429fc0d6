"""Allocating and walking binary trees: tuples and instances."""
class Tree:
    __slots__ = ("left", "right")
    def __init__(self, left, right):
        self.left, self.right = left, right
def make(depth):
    return Tree(make(depth - 1), make(depth - 1)) if depth else Tree(None, None)
def check(t):
    return 1 + check(t.left) + check(t.right) if t.left is not None else 1
def tuples(depth):
    return (tuples(depth - 1), tuples(depth - 1)) if depth else ()
def count(t):
    return 1 + sum(map(count, t))
long_lived = make(16)
total = 0
for depth in range(4, 15, 2):
    for _ in range(2 ** (16 - depth)):
        total += check(make(depth))
print(total, check(long_lived), count(tuples(16)))
