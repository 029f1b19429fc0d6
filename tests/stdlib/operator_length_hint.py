# A default is given back as it is, negative ones too.
import operator


class Plain:
    pass


class Hint:
    def __init__(self, hint):
        self.hint = hint

    def __length_hint__(self):
        if isinstance(self.hint, type):
            raise self.hint
        return self.hint


for thing in (Plain(), Hint(NotImplemented), Hint(TypeError), Hint(3), Hint(0), [1, 2], None):
    print([operator.length_hint(thing, default) for default in (0, 5, -1, -2**40)])
for thing in (Hint(-1), Hint("x"), Hint(ValueError)):
    try:
        print(operator.length_hint(thing, -1))
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
