# no-stress: the tour measures what explicit collections find
# The cells of the guided tour, so that its recorded output is CPython's too.
with open("../../docs/tour.md", encoding="utf-8") as f:
    lines = f.read().splitlines()
namespace = {"__name__": "__main__"}
cell = None
for line in lines:
    if line == "```python":
        cell = []
    elif line == "```" and cell is not None:
        exec(compile("\n".join(cell), "tour.md", "exec"), namespace)
        cell = None
    elif cell is not None:
        cell.append(line)
