"""A small ray tracer: vectors, spheres, reflections."""
class Vec:
    __slots__ = ("x", "y", "z")
    def __init__(self, x, y, z):
        self.x, self.y, self.z = x, y, z
    def __add__(self, o):
        return Vec(self.x + o.x, self.y + o.y, self.z + o.z)
    def __sub__(self, o):
        return Vec(self.x - o.x, self.y - o.y, self.z - o.z)
    def __mul__(self, k):
        return Vec(self.x * k, self.y * k, self.z * k)
    def dot(self, o):
        return self.x * o.x + self.y * o.y + self.z * o.z
    def unit(self):
        return self * (1.0 / self.dot(self) ** 0.5)
class Sphere:
    def __init__(self, centre, radius, colour, shine):
        self.centre, self.radius, self.colour, self.shine = centre, radius, colour, shine
    def hit(self, origin, direction):
        to = origin - self.centre
        b = to.dot(direction)
        d = b * b - to.dot(to) + self.radius * self.radius
        if d < 0:
            return None
        t = -b - d ** 0.5
        return t if t > 1e-4 else None
def trace(spheres, light, origin, direction, depth):
    nearest, which = 1e30, None
    for s in spheres:
        t = s.hit(origin, direction)
        if t is not None and t < nearest:
            nearest, which = t, s
    if which is None:
        return 0.2 + 0.3 * abs(direction.y)
    point = origin + direction * nearest
    normal = (point - which.centre).unit()
    to_light = (light - point).unit()
    shade = max(0.0, normal.dot(to_light))
    if any(s.hit(point, to_light) for s in spheres if s is not which):
        shade *= 0.4
    colour = which.colour * (0.1 + 0.9 * shade)
    if depth and which.shine:
        mirrored = direction - normal * (2 * direction.dot(normal))
        colour += which.shine * trace(spheres, light, point, mirrored.unit(), depth - 1)
    return colour
def main(size):
    spheres = [Sphere(Vec(0.5 * i - 1.5, 0.3 * (i % 3) - 0.3, 4 + i % 2), 0.4, 0.3 + 0.1 * i, 0.3 * (i % 2)) for i in range(7)]
    light, eye = Vec(-5, 5, -5), Vec(0, 0, 0)
    total = 0.0
    for y in range(size):
        for x in range(size):
            total += trace(spheres, light, eye, Vec(2 * x / size - 1, 1 - 2 * y / size, 1.5).unit(), 3)
    return round(total, 6)
print(main(320))
