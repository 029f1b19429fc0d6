"""Reading and writing instance and class attributes."""
class Point:
    scale = 3
    def __init__(self, x, y, z):
        self.x = x
        self.y = y
        self.z = z
def main():
    p = Point(1, 2, 3)
    q = Point(4, 5, 6)
    for i in range(4_000_000):
        p.x = (p.x + q.y) & 1023
        q.y = (q.y + p.z * p.scale) & 1023
        p.z = (p.x ^ q.x) & 1023
        q.x += 1
    return p.x, p.z, q.x, q.y
print(main())
