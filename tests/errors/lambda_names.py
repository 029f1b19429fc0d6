f = lambda: g()
g = lambda: [h() for _ in range(1)]
h = lambda: {}["k"]
f()
