"""Dictionaries with string keys: counting words, lookups, merging."""
def main():
    words = [f"word{i * 7919 % 2000}" for i in range(1_000_000)]
    counts = {}
    for w in words:
        counts[w] = counts.get(w, 0) + 1
    groups = {}
    for w in words:
        groups.setdefault(w[-1], []).append(w)
    hits = 0
    for w in words:
        if w in counts and "nothing" not in counts:
            hits += counts[w]
    merged = {**counts, **{w + "!": 1 for w in counts}}
    return len(counts), hits, sorted(groups), len(merged)
print(main())
