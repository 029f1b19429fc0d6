"""The n-body simulation of the benchmarks game's task."""
class Body:
    def __init__(self, x, y, z, vx, vy, vz, mass):
        self.x, self.y, self.z = x, y, z
        self.vx, self.vy, self.vz = vx, vy, vz
        self.mass = mass
def advance(bodies, dt):
    for i, a in enumerate(bodies):
        for b in bodies[i + 1:]:
            dx, dy, dz = a.x - b.x, a.y - b.y, a.z - b.z
            d2 = dx * dx + dy * dy + dz * dz
            mag = dt / (d2 * d2 ** 0.5)
            a.vx -= dx * b.mass * mag
            a.vy -= dy * b.mass * mag
            a.vz -= dz * b.mass * mag
            b.vx += dx * a.mass * mag
            b.vy += dy * a.mass * mag
            b.vz += dz * a.mass * mag
    for b in bodies:
        b.x += dt * b.vx
        b.y += dt * b.vy
        b.z += dt * b.vz
def energy(bodies):
    e = 0.0
    for i, a in enumerate(bodies):
        e += 0.5 * a.mass * (a.vx ** 2 + a.vy ** 2 + a.vz ** 2)
        for b in bodies[i + 1:]:
            e -= a.mass * b.mass / ((a.x - b.x) ** 2 + (a.y - b.y) ** 2 + (a.z - b.z) ** 2) ** 0.5
    return e
bodies = [Body(0, 0, 0, 0, 0, 0, 39.5), Body(4.8, -1.2, -0.1, 0.6, 2.8, -0.02, 0.037), Body(8.3, 4.1, -0.4, -1.01, 1.8, 0.008, 0.011),
          Body(12.9, -15.1, -0.2, 1.08, 0.86, -0.01, 0.0017), Body(15.4, -25.9, 0.18, 0.98, 0.59, -0.03, 0.002)]
before = energy(bodies)
for _ in range(110_000):
    advance(bodies, 0.001)
print(round(before, 9), round(energy(bodies), 9))
