"""Allocation while tracemalloc watches."""
import tracemalloc
class Node:
    def __init__(self, value, next):
        self.value, self.next = value, next
def main():
    tracemalloc.start()
    total = 0
    for _ in range(8):
        head = None
        for i in range(20_000):
            head = Node([i], head)
        while head is not None:
            total += head.value[0]
            head = head.next
    tracemalloc.stop()
    return total
print(main())
