"""Many small circles that only the collector can free."""
class Node:
    def __init__(self, n):
        self.n = n
        self.next = self
def ring(size):
    first = last = Node(0)
    for i in range(1, size):
        node = Node(i)
        last.next = node
        last = node
    last.next = first
    return last
def main():
    total = 0
    for i in range(400_000):
        total += ring(2 + i % 8).n
    return total
print(main())
