"""Regular expressions: search, groups, alternatives, substitution."""
import re
LOG = "\n".join(f"2024-03-{i % 28 + 1:02d} 12:{i % 60:02d}:00 host{i % 7} user{i % 11}@example.org GET /page/{i} {200 + i % 5}"
                for i in range(1500))
def main():
    total = 0
    line = re.compile(r"(\d{4})-(\d\d)-(\d\d) (\S+) (\w+) ([\w.]+@[\w.]+) (GET|POST) (\S+) (\d+)")
    for _ in range(40):
        for match in line.finditer(LOG):
            total += int(match.group(3)) + len(match.group(6))
        total += len(re.findall(r"\bhost[135]\b", LOG))
        total += len(re.sub(r"user(\d+)@", r"<\1>", LOG))
        total += len(re.split(r"[ :/\n]+", LOG))
    return total
print(main())
