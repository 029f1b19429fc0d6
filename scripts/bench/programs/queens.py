"""N queens with sets, and with bit masks."""
def by_sets(n, row=0, columns=frozenset(), up=frozenset(), down=frozenset()):
    if row == n:
        return 1
    found = 0
    for c in range(n):
        if c not in columns and row + c not in up and row - c not in down:
            found += by_sets(n, row + 1, columns | {c}, up | {row + c}, down | {row - c})
    return found
def by_bits(n, columns=0, up=0, down=0):
    full = (1 << n) - 1
    if columns == full:
        return 1
    found, free = 0, full & ~(columns | up | down)
    while free:
        bit = free & -free
        free ^= bit
        found += by_bits(n, columns | bit, (up | bit) << 1 & full, (down | bit) >> 1)
    return found
print(by_sets(10), by_bits(13))
