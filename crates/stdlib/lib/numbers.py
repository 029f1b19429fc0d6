"""The tower of abstract number types: Number, Complex, Real, Rational, Integral.

Each class says which operations its numbers have; the ones that follow from others are given here,
the rest is abstract. The built-in types are registered at the end. `decimal.Decimal` is registered
as a Number only: it does not mix with binary floats, which every Real must.
"""

from abc import ABCMeta, abstractmethod

__all__ = ["Number", "Complex", "Real", "Rational", "Integral"]


class Number(metaclass=ABCMeta):
    """The base of all numbers: for `isinstance(x, Number)`, whatever the kind."""

    __slots__ = ()

    # A concrete number must say how it is hashed.
    __hash__ = None


class Complex(Number):
    """The operations of complex: conversion to complex, real, imag, + - * / **, abs, conjugate, == and !=."""

    __slots__ = ()

    @abstractmethod
    def __complex__(self):
        """The number as a built-in complex."""

    def __bool__(self):
        """Whether the number is not 0."""
        return self != 0

    @property
    @abstractmethod
    def real(self):
        """The real part, a Real."""
        raise NotImplementedError

    @property
    @abstractmethod
    def imag(self):
        """The imaginary part, a Real."""
        raise NotImplementedError

    @abstractmethod
    def __add__(self, other):
        """self + other"""
        raise NotImplementedError

    @abstractmethod
    def __radd__(self, other):
        """other + self"""
        raise NotImplementedError

    @abstractmethod
    def __neg__(self):
        """-self"""
        raise NotImplementedError

    @abstractmethod
    def __pos__(self):
        """+self"""
        raise NotImplementedError

    def __sub__(self, other):
        """self - other"""
        return self + -other

    def __rsub__(self, other):
        """other - self"""
        return -self + other

    @abstractmethod
    def __mul__(self, other):
        """self * other"""
        raise NotImplementedError

    @abstractmethod
    def __rmul__(self, other):
        """other * self"""
        raise NotImplementedError

    @abstractmethod
    def __truediv__(self, other):
        """self / other"""
        raise NotImplementedError

    @abstractmethod
    def __rtruediv__(self, other):
        """other / self"""
        raise NotImplementedError

    @abstractmethod
    def __pow__(self, exponent):
        """self ** exponent; the result is a real or a complex number."""
        raise NotImplementedError

    @abstractmethod
    def __rpow__(self, base):
        """base ** self"""
        raise NotImplementedError

    @abstractmethod
    def __abs__(self):
        """The distance from 0, a Real."""
        raise NotImplementedError

    @abstractmethod
    def conjugate(self):
        """The number with the imaginary part turned around: of x+y*i it is x-y*i."""
        raise NotImplementedError

    @abstractmethod
    def __eq__(self, other):
        """self == other"""
        raise NotImplementedError


Complex.register(complex)


class Real(Complex):
    """To Complex, the operations of float: conversion to float, trunc, floor, ceil, round, divmod, // % < <= > >=."""

    __slots__ = ()

    @abstractmethod
    def __float__(self):
        """The number as a built-in float."""
        raise NotImplementedError

    @abstractmethod
    def __trunc__(self):
        """The integer next to it towards 0."""
        raise NotImplementedError

    @abstractmethod
    def __floor__(self):
        """The greatest integer that is not above it."""
        raise NotImplementedError

    @abstractmethod
    def __ceil__(self):
        """The least integer that is not below it."""
        raise NotImplementedError

    @abstractmethod
    def __round__(self, ndigits=None):
        """Rounded to so many decimals, halves to even; an integer if the number of decimals is not given."""
        raise NotImplementedError

    def __divmod__(self, other):
        """divmod(self, other)"""
        return (self // other, self % other)

    def __rdivmod__(self, other):
        """divmod(other, self)"""
        return (other // self, other % self)

    @abstractmethod
    def __floordiv__(self, other):
        """self // other"""
        raise NotImplementedError

    @abstractmethod
    def __rfloordiv__(self, other):
        """other // self"""
        raise NotImplementedError

    @abstractmethod
    def __mod__(self, other):
        """self % other"""
        raise NotImplementedError

    @abstractmethod
    def __rmod__(self, other):
        """other % self"""
        raise NotImplementedError

    @abstractmethod
    def __lt__(self, other):
        """self < other"""
        raise NotImplementedError

    @abstractmethod
    def __le__(self, other):
        """self <= other"""
        raise NotImplementedError

    # What makes it a complex number whose imaginary part is 0.

    def __complex__(self):
        """The number as a built-in complex."""
        return complex(float(self))

    @property
    def real(self):
        """The number itself."""
        return +self

    @property
    def imag(self):
        """0: a real number has no imaginary part."""
        return 0

    def conjugate(self):
        """The number itself."""
        return +self


Real.register(float)


class Rational(Real):
    """To Real, the numerator and the denominator: in lowest terms, the denominator positive."""

    __slots__ = ()

    @property
    @abstractmethod
    def numerator(self):
        """The numerator in lowest terms."""
        raise NotImplementedError

    @property
    @abstractmethod
    def denominator(self):
        """The denominator in lowest terms, positive."""
        raise NotImplementedError

    def __float__(self):
        """The nearest float: the division of two integers rounds rightly whatever their size."""
        return int(self.numerator) / int(self.denominator)


class Integral(Rational):
    """To Rational, the operations of int: conversion to int, pow with a modulus, << >> & ^ | ~."""

    __slots__ = ()

    @abstractmethod
    def __int__(self):
        """The number as a built-in int."""
        raise NotImplementedError

    def __index__(self):
        """The number where an index is wanted."""
        return int(self)

    @abstractmethod
    def __pow__(self, exponent, modulus=None):
        """self ** exponent % modulus; with a modulus, faster than the two operations."""
        raise NotImplementedError

    @abstractmethod
    def __lshift__(self, other):
        """self << other"""
        raise NotImplementedError

    @abstractmethod
    def __rlshift__(self, other):
        """other << self"""
        raise NotImplementedError

    @abstractmethod
    def __rshift__(self, other):
        """self >> other"""
        raise NotImplementedError

    @abstractmethod
    def __rrshift__(self, other):
        """other >> self"""
        raise NotImplementedError

    @abstractmethod
    def __and__(self, other):
        """self & other"""
        raise NotImplementedError

    @abstractmethod
    def __rand__(self, other):
        """other & self"""
        raise NotImplementedError

    @abstractmethod
    def __xor__(self, other):
        """self ^ other"""
        raise NotImplementedError

    @abstractmethod
    def __rxor__(self, other):
        """other ^ self"""
        raise NotImplementedError

    @abstractmethod
    def __or__(self, other):
        """self | other"""
        raise NotImplementedError

    @abstractmethod
    def __ror__(self, other):
        """other | self"""
        raise NotImplementedError

    @abstractmethod
    def __invert__(self):
        """~self"""
        raise NotImplementedError

    # What makes it a fraction over 1.

    def __float__(self):
        """The number as a built-in float."""
        return float(int(self))

    @property
    def numerator(self):
        """The number itself."""
        return +self

    @property
    def denominator(self):
        """1."""
        return 1


Integral.register(int)
