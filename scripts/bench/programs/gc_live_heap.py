"""Full collections over a large heap in which nothing is garbage."""
import gc
class Record:
    def __init__(self, i, other):
        self.i, self.other, self.tags = i, other, [i, i + 1]
def main():
    gc.disable()
    records, previous = [], None
    for i in range(100_000):
        previous = Record(i, previous)
        records.append(previous)
    table = {str(i): (r, [r]) for i, r in enumerate(records)}
    found = [gc.collect() for _ in range(14)][1:]
    result = len(records), len(table), sum(found)
    while records:
        records.pop().other = None
    return result
print(main())
