CASES = r"""
(5).__add__(3), (5).__radd__(3), (5).__sub__(3), (5).__rsub__(3), (5).__mul__(2), (5).__floordiv__(2), (5).__truediv__(2), (5).__mod__(3), (5).__divmod__(3), (5).__pow__(2), (5).__lshift__(1), (5).__rshift__(1), (5).__and__(4), (5).__or__(2), (5).__xor__(1), (5).__neg__(), (5).__pos__(), (5).__abs__(), (5).__invert__(), (5).__bool__(), (5).__int__(), (5).__float__(), (5).__index__()
(5).__add__("a"), (5).__add__(1.5), (5.0).__add__(1), (5).__eq__("a"), (5).__lt__(1.5), "a".__eq__(5), [].__eq__(()), (1,).__lt__([1]), {}.__eq__([]), (5).__rpow__(2), (5).__rpow__(2, 7), (5).__pow__(2, 7)
[1].__add__([2]), [1].__mul__(2), [1].__rmul__(2), [1].__contains__(1), [1].__len__(), [1, 2].__getitem__(0), [1].__eq__([1]), [1].__iadd__([2]), [1].__repr__(), [3, 1].__reversed__().__next__()
[1].__add__((2,))
[1].__getitem__("a")
"ab".__add__("c"), "ab".__mul__(2), "ab".__contains__("a"), "ab".__getitem__(0), "ab".__len__(), "ab".__mod__(()), "%s".__mod__("x"), "a".__rmod__("%s"), "ab".__iter__().__next__(), "a".__hash__() == hash("a"), "a".__str__(), "a".__repr__(), "a".__format__(">3"), "a".__lt__("b"), "a".__ge__("b")
{1: 2}.__getitem__(1), {1: 2}.__contains__(1), {1: 2}.__len__(), {1: 2}.__or__({3: 4}), {1: 2}.__eq__({1: 2}), {1: 2}.__iter__().__next__(), {}.__setitem__(1, 2), {1: 2}.__delitem__(1), {}.__repr__()
{}.__getitem__(1)
{1}.__and__({1}), {1}.__or__({2}), {1}.__sub__({1}), {1}.__xor__({2}), {1}.__contains__(1), {1}.__le__({1, 2}), {1}.__and__([1]), {1}.__ror__({2})
(1, 2).__add__((3,)), (1,).__mul__(2), (1,).__hash__() == hash((1,)), (1,).__getnewargs__(), (1,).__contains__(1)
(1.5).__add__(1), (1.5).__floordiv__(1), (1.5).__mod__(1), (1.5).__int__(), (1.5).__trunc__(), (1.5).__round__(), (1.5).__round__(0), (1.5).__bool__(), (-1.5).__abs__(), (1.5).__neg__(), (1.5).__eq__(1.5), (1.5).__rsub__(2), (1.5).__pow__(2), (1.5).__divmod__(1)
(1j).__add__(1), (1j).__mul__(1j), (1j).__abs__(), (1j).__neg__(), (1j).__eq__(1), (1j).__bool__(), (1j).__lt__(1), (1j).__complex__()
int.__add__(1, 2), str.upper("a"), list.append([], 1), dict.get({1: 2}, 1), int.__lt__(1, 2), object.__eq__(1, 1), object.__ne__(1, 2), object.__hash__(1) is not None, type.__call__(int, "5"), object.__repr__(5)[:11], object.__str__("x"), object.__format__(5, "")
int.__add__("a", 1)
int.__add__(1)
int.__add__()
str.upper(5)
list.append(5, 1)
int.__new__(int, 5), str.__new__(str, "a"), list.__new__(list), tuple.__new__(tuple, [1]), object.__new__(type("X", (), {})).__class__.__name__, float.__new__(float, "1.5"), dict.__new__(dict), bool.__new__(bool, 1), int.__new__(bool) if 0 else 0
int.__new__()
int.__new__(5)
int.__new__(str)
object.__new__(5)
object.__new__(int)
(5).__class__, (5).__doc__[:6], (5).__dir__()[0] != "", (5).__sizeof__() > 0, (5).__reduce_ex__(2)[1], (5).__getattribute__("real"), (5).__init_subclass__(), (5).__subclasshook__(1), (5).__format__("x"), (5).__str__(), (5).__getstate__()
(5).__setattr__("x", 1)
(5).__delattr__("real")
None.__bool__(), None.__eq__(None), None.__eq__(1), None.__ne__(1), None.__hash__() == hash(None), None.__repr__(), True.__and__(False), True.__repr__(), ....__repr__(), NotImplemented.__repr__()
type.__name__, type.__repr__(int), int.__repr__(5), type(5).__repr__(5), int.__class__, type.__class__, type.mro(bool), int.__subclasses__()[:1], int.__instancecheck__(5), int.__subclasscheck__(bool), int.__prepare__() if 0 else type.__prepare__(), type.__or__(int, str), int.__ror__ is not None, type.__dir__(int) != []
"""
for source in CASES.strip().splitlines():
    try:
        print(source, "->", repr(eval(source)))
    except Exception as error:
        print(source, "!!", type(error).__name__, error)
