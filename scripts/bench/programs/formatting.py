"""f-strings, the format mini-language, percent formatting, str and repr."""
def main():
    total = 0
    for i in range(350_000):
        total += len(f"{i}:{i:x}:{i * 0.5:.2f}")
        total += len("%d-%s-%5.1f" % (i, "abc", i / 3))
        total += len("{:>8} {!r}".format(i, "q"))
        total += len(str(i)) + len(repr(i / 7))
    return total
print(main())
