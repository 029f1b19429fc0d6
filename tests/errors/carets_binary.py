a, b, c = 1, "x", [1]
result = (a + 1) * 2 + (b
    + a) + 3
