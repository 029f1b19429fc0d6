# Comparisons of keys that move or look up other keys of the same ordered dictionary come to an end.
from collections import OrderedDict

order = OrderedDict()
calls = 0


class Key:
    def __init__(self, name, nested):
        self.name, self.nested = name, nested

    def __hash__(self):
        return 1

    def __eq__(self, other):
        global calls
        calls += 1
        if self.nested and calls < 100:
            order.move_to_end((self,))
        return self.name == other.name


a, b = Key("a", False), Key("b", True)
order[(a,)] = 1
order[(b,)] = 2
order.move_to_end((Key("b", True),))
print(calls < 20, [key[0].name for key in order])
order.move_to_end((a,))
print([key[0].name for key in order])
order.move_to_end((a,), last=False)
order.move_to_end((a,), last=False)
print([key[0].name for key in order])
try:
    order.move_to_end("nothing")
except KeyError as error:
    print(repr(error))
