"""Classes whose metaclass makes an unusual resolution order, signatures in docstrings, and what structure sequences refuse."""

import time


class Base:
    pass


class Without(type):
    def mro(cls):
        return (Base,)


try:
    class A(metaclass=Without):
        pass
except TypeError as error:
    print(error)


class Early(type):
    def mro(cls):
        if cls.__mro__ is None:
            for look in (lambda: super(cls, cls).missing, lambda: super(type, cls).mro, lambda: super(object, cls).missing):
                try:
                    print(look())
                except AttributeError as error:
                    print(error)
        return type.mro(cls)


class B(metaclass=Early):
    pass


class C(list):
    """C(raw, size=1)
--

doc"""


class D:
    """D($self, /, a)\n--\n\nfoo"""


class E:
    """E(a)\n\n--\n\nfoo"""


class F:
    """x.F(a)\n--\n\n"""


class G:
    """G(a)b)\n--\n\n"""


class H:
    """H(a)\n--\nfoo"""


for made in (C, D, E, F, G, H):
    print(made.__text_signature__, repr(made.__doc__))

for arguments in (((1,) * 9, None), ((1,) * 9, {}), ((1,) * 3, {}), ((1,) * 9, [])):
    try:
        print(time.struct_time(*arguments))
    except TypeError as error:
        print(error)


def generic[T, *Ts, **P]():
    type Alias[T2, *Ts2, **P2] = tuple[T, T2]
    return Alias


alias = generic()
print(alias.__parameters__, alias.__type_params__)
