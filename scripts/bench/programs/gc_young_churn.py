"""Short-lived containers beside a large old heap: young collections must not touch the old."""
import gc
def main():
    old = [{"k": [i]} for i in range(150_000)]
    gc.collect()
    kept, total = [], 0
    for i in range(1_200_000):
        item = [i, {"n": [i]}]
        if i % 10 == 0:
            kept.append(item)
        if len(kept) > 5_000:
            kept.clear()
        total += item[1]["n"][0] & 1
    return total, len(old)
print(main())
