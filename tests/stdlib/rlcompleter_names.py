import rlcompleter


class Shape:
    sides = 4
    _hidden = 1

    def __init__(self):
        self.asked = 0

    @property
    def area(self):
        self.asked += 1
        return 9

    def turn(self, angle):
        pass

    def show(self):
        pass


def bend(x):
    pass


shape = Shape()
names = {"shape": shape, "bend": bend, "benign": 1, "value": 3}
completer = rlcompleter.Completer(names)
for text in ["be", "val", "im", "tr", "Tru", "els", "fina", "prin", "ValueE", "mat", "nothing_like_it"]:
    print(text, completer.global_matches(text))
for text in ["shape.a", "shape.s", "shape.t", "shape._h", "shape.turn.__na", "value.bit", "missing.x", "f().x"]:
    print(text, completer.attr_matches(text))
print([name for name in completer.attr_matches("shape.") if not name.startswith("shape.__")])
print("property computed", shape.asked)

state = 0
while (found := completer.complete("be", state)) is not None:
    print(state, found)
    state += 1
print(completer.complete("shape.sid", 0), completer.complete("shape.sid", 1))
print(completer.complete("   ", 1))
print(sorted(set(rlcompleter.get_class_members(Shape)) - set(dir(object))))
try:
    rlcompleter.Completer([1])
except TypeError as error:
    print(error)
print(rlcompleter.__all__)
