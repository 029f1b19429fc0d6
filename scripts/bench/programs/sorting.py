"""Sorting numbers, strings and objects, with and without keys."""
def numbers(n, seed=42):
    out = []
    for _ in range(n):
        seed = (seed * 1103515245 + 12345) & 0x7FFFFFFF
        out.append(seed)
    return out
class Item:
    def __init__(self, v):
        self.v = v
    def __lt__(self, other):
        return self.v < other.v
def main():
    data = numbers(300_000)
    a = sorted(data)
    b = sorted(data, key=lambda x: -x)
    c = sorted(map(str, data[:150_000]))
    d = sorted((x % 100, x) for x in data[:150_000])
    e = sorted(Item(x) for x in data[:60_000])
    a.sort(reverse=True)
    return a[0], b[5], c[7], d[9], e[11].v, a == b
print(main())
