"""Permutations and pancake flips."""
def fannkuch(n):
    perm1 = list(range(n))
    count = [0] * n
    flips_max = checksum = sign = 0
    r = n
    parity = 1
    while True:
        while r != 1:
            count[r - 1] = r
            r -= 1
        perm = perm1[:]
        flips = 0
        k = perm[0]
        while k:
            perm[:k + 1] = perm[k::-1]
            flips += 1
            k = perm[0]
        flips_max = max(flips_max, flips)
        checksum += parity * flips
        while True:
            if r == n:
                return checksum, flips_max
            perm1.insert(r, perm1.pop(0))
            count[r] -= 1
            parity = -parity if r % 2 == 1 else parity
            if count[r] > 0:
                break
            r += 1
        r = r if r < n else n
        sign += 1
print(fannkuch(9))
