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
    """What complex can: conversion to complex, real, imag, + - * / **, abs, conjugate, == and !=."""

    __slots__ = ()

    @abstractmethod
    def __eq__(self, other):
        """Tell whether self == other."""
        raise NotImplementedError

    def __bool__(self):
        """Tell whether the number is not 0."""
        return self != 0

    @abstractmethod
    def __complex__(self):
        """Convert to a built-in complex."""

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
    def conjugate(self):
        """The number with the imaginary part turned around: of x+y*i it is x-y*i."""
        raise NotImplementedError

    @abstractmethod
    def __abs__(self):
        """The distance from 0, a Real."""
        raise NotImplementedError

    @abstractmethod
    def __pos__(self):
        """Compute +self."""
        raise NotImplementedError

    @abstractmethod
    def __neg__(self):
        """Compute -self."""
        raise NotImplementedError

    # Each operation from both sides: the reflected one is asked if the left operand cannot.

    @abstractmethod
    def __add__(self, other):
        """Compute self + other."""
        raise NotImplementedError

    @abstractmethod
    def __radd__(self, other):
        """Compute other + self."""
        raise NotImplementedError

    def __sub__(self, other):
        """Compute self - other, by adding."""
        return self + -other

    def __rsub__(self, other):
        """Compute other - self, by adding."""
        return -self + other

    @abstractmethod
    def __mul__(self, other):
        """Compute self * other."""
        raise NotImplementedError

    @abstractmethod
    def __rmul__(self, other):
        """Compute other * self."""
        raise NotImplementedError

    @abstractmethod
    def __truediv__(self, other):
        """Compute self / other."""
        raise NotImplementedError

    @abstractmethod
    def __rtruediv__(self, other):
        """Compute other / self."""
        raise NotImplementedError

    @abstractmethod
    def __pow__(self, exponent):
        """Compute self ** exponent, a real or a complex number."""
        raise NotImplementedError

    @abstractmethod
    def __rpow__(self, base):
        """Compute base ** self."""
        raise NotImplementedError


class Real(Complex):
    """To Complex, what float can: conversion to float, ways to round, divmod, // % < <= > >=."""

    __slots__ = ()

    @abstractmethod
    def __float__(self):
        """Convert to a built-in float."""
        raise NotImplementedError

    @abstractmethod
    def __lt__(self, other):
        """Tell whether self < other."""
        raise NotImplementedError

    @abstractmethod
    def __le__(self, other):
        """Tell whether self <= other."""
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
    def __trunc__(self):
        """The integer next to it towards 0."""
        raise NotImplementedError

    @abstractmethod
    def __round__(self, ndigits=None):
        """Rounded to so many decimals, halves to even; without ndigits, an integer."""
        raise NotImplementedError

    @abstractmethod
    def __floordiv__(self, other):
        """Compute self // other."""
        raise NotImplementedError

    @abstractmethod
    def __rfloordiv__(self, other):
        """Compute other // self."""
        raise NotImplementedError

    @abstractmethod
    def __mod__(self, other):
        """Compute self % other."""
        raise NotImplementedError

    @abstractmethod
    def __rmod__(self, other):
        """Compute other % self."""
        raise NotImplementedError

    def __divmod__(self, other):
        """Compute self // other and self % other."""
        return self // other, self % other

    def __rdivmod__(self, other):
        """Compute other // self and other % self."""
        return other // self, other % self

    # What makes it a complex number whose imaginary part is 0.

    def __complex__(self):
        """Convert to a built-in complex."""
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
    """To Rational, what int can: conversion to int, pow with a modulus, << >> & ^ | ~."""

    __slots__ = ()

    @abstractmethod
    def __int__(self):
        """Convert to a built-in int."""
        raise NotImplementedError

    def __index__(self):
        """Convert to a built-in int where an index is wanted."""
        return int(self)

    @abstractmethod
    def __pow__(self, exponent, modulus=None):
        """Compute self ** exponent % modulus; with a modulus, faster than the two operations."""
        raise NotImplementedError

    # The bits, in two's complement.

    @abstractmethod
    def __invert__(self):
        """Compute ~self."""
        raise NotImplementedError

    @abstractmethod
    def __and__(self, other):
        """Compute self & other."""
        raise NotImplementedError

    @abstractmethod
    def __rand__(self, other):
        """Compute other & self."""
        raise NotImplementedError

    @abstractmethod
    def __or__(self, other):
        """Compute self | other."""
        raise NotImplementedError

    @abstractmethod
    def __ror__(self, other):
        """Compute other | self."""
        raise NotImplementedError

    @abstractmethod
    def __xor__(self, other):
        """Compute self ^ other."""
        raise NotImplementedError

    @abstractmethod
    def __rxor__(self, other):
        """Compute other ^ self."""
        raise NotImplementedError

    @abstractmethod
    def __lshift__(self, other):
        """Compute self << other."""
        raise NotImplementedError

    @abstractmethod
    def __rlshift__(self, other):
        """Compute other << self."""
        raise NotImplementedError

    @abstractmethod
    def __rshift__(self, other):
        """Compute self >> other."""
        raise NotImplementedError

    @abstractmethod
    def __rrshift__(self, other):
        """Compute other >> self."""
        raise NotImplementedError

    # What makes it a fraction over 1.

    def __float__(self):
        """Convert to a built-in float."""
        return float(int(self))

    @property
    def numerator(self):
        """The number itself."""
        return +self

    @property
    def denominator(self):
        """1."""
        return 1


Complex.register(complex)
Real.register(float)
Integral.register(int)
