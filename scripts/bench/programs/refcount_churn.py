"""Passing objects around: names, arguments, containers, returns."""
def pass_on(x, y):
    z = x
    return y, z
def main():
    a, b = [1], (2,)
    box = [None] * 8
    for i in range(4_000_000):
        a, b = pass_on(a, b)
        box[i & 7] = a
        c = box[(i + 3) & 7]
        d = (a, c)
    return len(d), [type(x).__name__ for x in box]
print(main())
