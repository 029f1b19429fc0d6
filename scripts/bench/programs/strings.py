"""String building, searching, splitting, replacing."""
def main():
    words = ["alpha", "beta", "gamma", "delta", "epsilon"]
    total = 0
    for i in range(300_000):
        s = words[i % 5] + "-" + words[(i + 1) % 5]
        t = s.upper().replace("A", "ab").lower()
        total += t.find("beta") + t.count("a") + len(t.split("-"))
        total += s.startswith("al") + s.endswith("ta") + ("mm" in s)
    text = ""
    for i in range(800_000):
        text += "x" if i % 3 else "yz"
    total += len(text) + text.count("yz")
    lines = "\n".join(f"key{i}=value{i}" for i in range(150_000))
    table = {}
    for line in lines.split("\n"):
        key, _, value = line.partition("=")
        table[key.strip()] = value[::-1]
    return total, len(table), "".join(sorted(table))[:30]
print(main())
