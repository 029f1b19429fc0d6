"""Matrix multiplication and Gaussian elimination on lists of lists."""
def multiply(a, b):
    columns = list(zip(*b))
    return [[sum(x * y for x, y in zip(row, column)) for column in columns] for row in a]
def solve(a, b):
    n = len(a)
    m = [row[:] + [v] for row, v in zip(a, b)]
    for i in range(n):
        p = max(range(i, n), key=lambda r: abs(m[r][i]))
        m[i], m[p] = m[p], m[i]
        for r in range(i + 1, n):
            k = m[r][i] / m[i][i]
            for c in range(i, n + 1):
                m[r][c] -= k * m[i][c]
    x = [0.0] * n
    for i in reversed(range(n)):
        x[i] = (m[i][n] - sum(m[i][c] * x[c] for c in range(i + 1, n))) / m[i][i]
    return x
n = 200
a = [[((i * 31 + j * 17) % 23) + (50 if i == j else 0) for j in range(n)] for i in range(n)]
product = multiply(a, a)
solution = solve(a, [float(i) for i in range(n)])
print(sum(map(sum, product)), round(sum(solution), 9))
