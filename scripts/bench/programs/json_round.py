"""JSON: nested records out and in."""
import json
def main():
    records = [{"id": i, "name": f"record {i}", "tags": ["a", "b", str(i)], "score": i / 7, "nested": {"ok": True, "none": None}}
               for i in range(2000)]
    total = 0
    for _ in range(24):
        text = json.dumps(records)
        total += len(text) + len(json.loads(text))
    total += len(json.dumps(records, indent=2, sort_keys=True))
    return total
print(main())
