def f(n): return (m := n - 1) if n > 5 else [1, 2][n]
print(f(7), f(1), f(3))
