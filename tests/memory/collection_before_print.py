# no-stress: shows when a collection runs
# print() is a place where a collection that is due runs, before the text is written.
import gc

gc.collect()
gc.disable()


class Node:
    def __del__(self):
        print("gone")


def make():
    node = Node()
    node.me = node


make()
gc.set_threshold(3)
gc.enable()
more = {1}, {2}, {3}, {4}, {5}, {6}
print("printed")
gc.disable()
make()
gc.enable()
others = {1}, {2}, {3}, {4}, {5}, {6}
text = repr(others)
gc.disable()
print(text)
