a = f"x{y!r:>{w}}z{v}"
b = "%s and %-5r" % (y, v)
c = "%d" % y
d = f"{y}"
