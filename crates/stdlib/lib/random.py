"""Pseudo-random numbers: integers, choices from sequences, and many distributions.

The generator is the Mersenne Twister, native in `_random`: a period of 2**19937 - 1, fast and well
tested, but predictable, so not for secrets.  The module's functions are the methods of one hidden
generator; who needs a sequence of numbers to himself makes a Random.

    integers        randrange, randint, getrandbits, randbytes, binomialvariate
    sequences       choice, choices, sample, shuffle
    real numbers    random, uniform, triangular, expovariate, gauss, normalvariate,
                    lognormvariate, gammavariate, betavariate, paretovariate, weibullvariate
    angles          vonmisesvariate
"""

import os as _os
from os import urandom as _urandom
from _random import Random as _Base
from bisect import bisect as _bisect
from itertools import accumulate as _accumulate, count as _count, repeat as _repeat
from math import (acos as _acos, ceil as _ceil, cos as _cos, e as _e, exp as _exp,
                  fabs as _fabs, floor as _floor, isfinite as _isfinite, lgamma as _lgamma,
                  log as _log, log2 as _log2, pi as _pi, sin as _sin, sqrt as _sqrt, tau as TWOPI)
from operator import index as _index
from _collections_abc import Sequence as _Sequence
from warnings import warn as _warn

__all__ = [
    "Random", "SystemRandom", "betavariate", "binomialvariate", "choice", "choices",
    "expovariate", "gammavariate", "gauss", "getrandbits", "getstate", "lognormvariate",
    "normalvariate", "paretovariate", "randbytes", "randint", "random", "randrange", "sample",
    "seed", "setstate", "shuffle", "triangular", "uniform", "vonmisesvariate", "weibullvariate",
]

BPF = 53  # Bits of a float's mantissa.
RECIP_BPF = 2 ** -BPF
NV_MAGICCONST = 4 * _exp(-0.5) / _sqrt(2.0)
LOG4 = _log(4.0)
SG_MAGICCONST = 1.0 + _log(4.5)
_ONE = 1


# Seeds -------------------------------------------------------------------------------------

def _seed_of_text(data):
    """The number that a text of bytes seeds with: all of it, and its SHA-512 to spread it."""
    try:
        from _sha2 import sha512
    except ImportError:
        from hashlib import sha512
    return int.from_bytes(data + sha512(data).digest())


def _old_seed_of_text(text):
    """The number of 64 bits by which texts seeded before Python 3.2: their hash of that time."""
    if not text:
        return 0
    number = ord(text[0]) << 7
    for character in text:
        number = ((1000003 * number) ^ ord(character)) & 0xFFFFFFFFFFFFFFFF
    return number ^ len(text)


# Rejection methods: numbers are drawn until one fits under the curve ------------------------

def _gamma_by_logistic(random, alpha):
    """A number with a gamma distribution of a shape above 1: Cheng's method."""
    spread = _sqrt(2.0 * alpha - 1.0)
    base, slope = alpha - LOG4, alpha + spread
    while True:
        place = random()
        if not 1e-7 < place < 0.9999999:
            continue
        height = 1.0 - random()
        v = _log(place / (1.0 - place)) / spread
        x = alpha * _exp(v)
        z = place * place * height
        r = base + slope * v - x
        # The first test is quick and decides most cases.
        if r + SG_MAGICCONST - 4.5 * z >= 0.0 or r >= _log(z):
            return x


def _gamma_of_small_shape(random, alpha):
    """A number with a gamma distribution of a shape below 1: Ahrens and Dieter's method."""
    while True:
        u = random()
        whole = (_e + alpha) / _e
        part = whole * u
        if part <= 1.0:
            x = part ** (1.0 / alpha)
            if random() <= _exp(-x):
                return x
        else:
            x = -_log((whole - part) / alpha)
            if random() <= x ** (alpha - 1.0):
                return x


def _binomial_by_gaps(random, n, p):
    """Successes counted by the failures between them, for few of them: Devroye's method."""
    scale = _log2(1.0 - p)
    if not scale:
        return 0
    trials = 0
    for successes in _count():
        trials += _floor(_log2(random()) / scale) + 1
        if trials > n:
            return successes


def _binomial_by_rejection(random, n, p):
    """Successes drawn from a curve above their distribution: Hormann's method, with a squeeze."""
    deviation = _sqrt(n * p * (1.0 - p))
    b = 1.15 + 2.53 * deviation
    a = -0.0873 + 0.0248 * b + 0.01 * p
    middle = n * p + 0.5
    squeeze = 0.92 - 4.2 / b
    constants = None
    while True:
        u = random() - 0.5
        edge = 0.5 - _fabs(u)
        successes = _floor((2.0 * a / edge + b) * u + middle)
        if not 0 <= successes <= n:
            continue
        v = random()
        if edge >= 0.07 and v <= squeeze:
            return successes
        if constants is None:
            # Seldom needed, as the squeeze decides most cases.
            mode = _floor((n + 1) * p)
            constants = ((2.83 + 5.1 / b) * deviation, _log(p / (1.0 - p)), mode,
                         _lgamma(mode + 1) + _lgamma(n - mode + 1))
        alpha, log_odds, mode, peak = constants
        v *= alpha / (a / (edge * edge) + b)
        if _log(v) <= (peak - _lgamma(successes + 1) - _lgamma(n - successes + 1)
                       + (successes - mode) * log_odds):
            return successes


class Random(_Base):
    """A generator with a state of its own.

    A subclass that draws its numbers elsewhere overrides random(), seed(), getstate() and
    setstate(), and getrandbits() if it can, for integers of any size.
    """

    VERSION = 3  # Of the state.

    # Seed and state

    def __init__(self, x=None):
        """Make a generator, seeded as by seed(x)."""
        self.seed(x)
        self.gauss_next = None

    def seed(self, a=None, version=2):
        """Set the state by a number, a text or bytes; by the system's randomness if it is None.

        Version 1 makes of texts the numbers that old releases made of them.
        """
        if version == 2 and isinstance(a, (str, bytes, bytearray)):
            a = _seed_of_text(a.encode() if isinstance(a, str) else bytes(a))
        elif version == 1 and isinstance(a, (str, bytes)):
            a = _old_seed_of_text(a if isinstance(a, str) else a.decode("latin-1"))
        elif not (a is None or isinstance(a, (int, float, str, bytes, bytearray))):
            raise TypeError("The only supported seed types are: None,\n"
                            "int, float, str, bytes, and bytearray.")
        super().seed(a)
        self.gauss_next = None

    def getstate(self):
        """The whole state, for setstate()."""
        return self.VERSION, super().getstate(), self.gauss_next

    def setstate(self, state):
        """Go back to a state that getstate() gave."""
        version = state[0]
        if version not in (2, 3):
            raise ValueError("state with version %s passed to "
                             "Random.setstate() of version %s" % (version, self.VERSION))
        version, words, self.gauss_next = state
        if version == 2:
            # Written by a program whose long integers were signed.
            try:
                words = tuple([word % (1 << 32) for word in words])
            except ValueError as error:
                raise TypeError from error
        super().setstate(words)

    def __reduce__(self):
        return self.__class__, (), self.getstate()

    def __getstate__(self):
        return self.getstate()

    def __setstate__(self, state):
        self.setstate(state)

    # Integers

    def __init_subclass__(cls, /, **kwargs):
        """Integers are made of what a subclass defines, of random() if there is no better."""
        for namespace in map(vars, cls.__mro__):
            if "_randbelow" in namespace:
                return
            if "getrandbits" in namespace:
                cls._randbelow = cls._randbelow_with_getrandbits
                return
            if "random" in namespace:
                cls._randbelow = cls._randbelow_without_getrandbits
                return

    def _randbelow_with_getrandbits(self, n):
        """An integer from 0 up to n, which is above 0."""
        bits = n.bit_length()
        while (number := self.getrandbits(bits)) >= n:
            pass
        return number

    def _randbelow_without_getrandbits(self, n, maxsize=1 << BPF):
        """The same with no more than random()."""
        if n >= maxsize:
            _warn("Underlying random() generator does not supply \n"
                  "enough bits to choose from a population range this large.\n"
                  "To remove the range limitation, add a getrandbits() method.")
            return _floor(self.random() * n)
        # Below the limit all remainders are equally likely.
        limit = (maxsize - maxsize % n) / maxsize
        while (number := self.random()) >= limit:
            pass
        return _floor(number * maxsize) % n

    _randbelow = _randbelow_with_getrandbits

    def randbytes(self, n):
        """n bytes."""
        return self.getrandbits(8 * n).to_bytes(n, "little")

    def randrange(self, start, stop=None, step=_ONE):
        """An item of range(start), or of range(start, stop, step), however large it is."""
        first = _index(start)
        if stop is None:
            if step is not _ONE:
                raise TypeError("Missing a non-None stop argument")
            if first <= 0:
                raise ValueError("empty range for randrange()")
            return self._randbelow(first)
        width = _index(stop) - first
        step_width = _index(step)
        if step_width == 1:
            if width <= 0:
                raise ValueError(f"empty range in randrange({start}, {stop})")
            return first + self._randbelow(width)
        if not step_width:
            raise ValueError("zero step for randrange()")
        # Rounded up: the last step may be a part of one.
        count = -(-width // step_width)
        if count <= 0:
            raise ValueError(f"empty range in randrange({start}, {stop}, {step})")
        return first + step_width * self._randbelow(count)

    def randint(self, a, b):
        """An integer from a to b, both of them possible."""
        return self.randrange(a, b + 1)

    def binomialvariate(self, n=1, p=0.5):
        """The number of successes in n trials that succeed with probability p each.

            mean n * p, variance n * p * (1 - p)
        """
        if n < 0:
            raise ValueError("n must be non-negative")
        if p in (0.0, 1.0):
            return n if p else 0
        if p < 0.0 or p > 1.0:
            raise ValueError("p must be in the range 0.0 <= p <= 1.0")
        if n == 1:
            return _index(self.random() < p)
        if p > 0.5:
            # Failures are counted where they are rarer.
            return n - self.binomialvariate(n, 1.0 - p)
        method = _binomial_by_gaps if n * p < 10.0 else _binomial_by_rejection
        return method(self.random, n, p)

    # Sequences

    def choice(self, seq):
        """One element of a sequence that is not empty."""
        # Arrays of other packages have a length, but not always a truth value.
        if not len(seq):
            raise IndexError("Cannot choose from an empty sequence")
        return seq[self._randbelow(len(seq))]

    def choices(self, population, weights=None, *, cum_weights=None, k=1):
        """A list of k elements, each chosen from the whole population.

        All are equally likely, or as likely as their weights say, which may also be given added
        up from the first on.
        """
        n = len(population)
        random = self.random
        if weights is None and cum_weights is None:
            size = n + 0.0  # A float, for the product below.
            return [population[_floor(random() * size)] for _ in _repeat(None, k)]
        if weights is not None:
            if cum_weights is not None:
                raise TypeError("Cannot specify both weights and cumulative weights")
            try:
                cum_weights = list(_accumulate(weights))
            except TypeError:
                if isinstance(weights, int):
                    raise TypeError("The number of choices must be a keyword argument: "
                                    f"k={weights!r}") from None
                raise
        if len(cum_weights) != n:
            raise ValueError("The number of weights does not match the population")
        total = cum_weights[-1] + 0.0
        if total <= 0.0:
            raise ValueError("Total of weights must be greater than zero")
        if not _isfinite(total):
            raise ValueError("Total of weights must be finite")
        last = n - 1
        return [population[_bisect(cum_weights, random() * total, 0, last)]
                for _ in _repeat(None, k)]

    def sample(self, population, k, *, counts=None):
        """A list of k elements of a sequence, none of them chosen twice.

        It is in the order of choice, so any part of it is a random sample too.  Elements may be
        equal, and `counts` says how often each is there: sample("ab", 3, counts=[2, 5]) is as
        good as sample("aabbbbb", 3).  A range of any size can be sampled at once.
        """
        if not isinstance(population, _Sequence):
            raise TypeError("Population must be a sequence.  "
                            "For dicts or sets, use sorted(d).")
        n = len(population)
        if counts is not None:
            ends = list(_accumulate(counts))
            if len(ends) != n:
                raise ValueError("The number of counts does not match the population")
            total = ends.pop() if ends else 0
            if not isinstance(total, int):
                raise TypeError("Counts must be integers")
            if total < 0:
                raise ValueError("Counts must be non-negative")
            return [population[_bisect(ends, place)] for place in self.sample(range(total), k=k)]
        if not 0 <= k <= n:
            raise ValueError("Sample larger than population or is negative")
        # What takes less room: a list of the population, or a set of what is chosen.
        set_size = 21 if k <= 5 else 21 + 4 ** _ceil(_log(k * 3, 4))
        randbelow = self._randbelow
        result = [None] * k
        if n > set_size:
            taken = set()
            for rank in range(k):
                while (place := randbelow(n)) in taken:
                    pass
                taken.add(place)
                result[rank] = population[place]
        else:
            pool = list(population)
            for rank in range(k):
                place = randbelow(n - rank)
                result[rank] = pool[place]
                # The last one, not chosen yet, fills the gap.
                pool[place] = pool[n - 1 - rank]
        return result

    def shuffle(self, x):
        """Bring a list into any order, in place."""
        randbelow = self._randbelow
        for left in range(len(x), 1, -1):
            last, place = left - 1, randbelow(left)
            x[last], x[place] = x[place], x[last]

    # Distributions of real numbers

    def uniform(self, a, b):
        """A number from a to b, all equally likely; rounding decides whether b is possible.

            mean (a + b) / 2, variance (b - a) ** 2 / 12
        """
        return a + (b - a) * self.random()

    def triangular(self, low=0.0, high=1.0, mode=None):
        """A number between two limits, likelier towards the mode, which is half way by default."""
        u = self.random()
        width = high - low
        if mode is None:
            peak = 0.5
        elif width:
            peak = (mode - low) / width
        else:
            return low
        if u <= peak:
            return low + width * _sqrt(u * peak)
        return high + (low - high) * _sqrt((1.0 - u) * (1.0 - peak))

    def gauss(self, mu=0.0, sigma=1.0):
        """A number with the normal distribution of a mean and a standard deviation.

        Faster than normalvariate(), but two threads at once may get the same number.
        """
        # Box and Muller's method gives two at once; the second waits for the next call.
        z, self.gauss_next = self.gauss_next, None
        if z is None:
            random = self.random
            angle = random() * TWOPI
            radius = _sqrt(-2.0 * _log(1.0 - random()))
            z = _cos(angle) * radius
            self.gauss_next = _sin(angle) * radius
        return mu + z * sigma

    def normalvariate(self, mu=0.0, sigma=1.0):
        """A number with the normal distribution of a mean and a standard deviation."""
        # Kinderman and Monahan's ratio of uniform numbers.
        random = self.random
        while True:
            numerator = random()
            denominator = 1.0 - random()
            z = NV_MAGICCONST * (numerator - 0.5) / denominator
            if z * z / 4.0 <= -_log(denominator):
                return mu + z * sigma

    def lognormvariate(self, mu, sigma):
        """A number whose logarithm has the normal distribution of this mean and deviation."""
        return _exp(self.normalvariate(mu, sigma))

    def expovariate(self, lambd=1.0):
        """A number with the exponential distribution; its sign is that of lambd, which is not 0.

            mean 1 / lambd, variance 1 / lambd ** 2
        """
        return -_log(1.0 - self.random()) / lambd

    def gammavariate(self, alpha, beta):
        """A number with the gamma distribution (not the gamma function) of a shape and a scale.

            density x ** (alpha - 1) * exp(-x / beta) / (gamma(alpha) * beta ** alpha)
            mean alpha * beta, variance alpha * beta ** 2
        """
        if alpha <= 0.0 or beta <= 0.0:
            raise ValueError("gammavariate: alpha and beta must be > 0.0")
        if alpha == 1.0:
            # This is the exponential distribution.
            return -_log(1.0 - self.random()) * beta
        method = _gamma_by_logistic if alpha > 1.0 else _gamma_of_small_shape
        return method(self.random, alpha) * beta

    def betavariate(self, alpha, beta):
        """A number from 0 to 1 with the beta distribution; both parameters are above 0.

            mean alpha / (alpha + beta)
            variance alpha * beta / ((alpha + beta) ** 2 * (alpha + beta + 1))
        """
        y = self.gammavariate(alpha, 1.0)
        return y / (y + self.gammavariate(beta, 1.0)) if y else 0.0

    def paretovariate(self, alpha):
        """A number with the Pareto distribution of a shape."""
        return (1.0 - self.random()) ** (-1.0 / alpha)

    def weibullvariate(self, alpha, beta):
        """A number with the Weibull distribution of a scale and a shape."""
        return alpha * (-_log(1.0 - self.random())) ** (1.0 / beta)

    def vonmisesvariate(self, mu, kappa):
        """An angle from 0 to 2 pi with von Mises's distribution around the angle mu.

        kappa, from 0 on, is how strongly it concentrates there; at 0 all angles are equally likely.
        """
        random = self.random
        if kappa <= 1e-6:
            return TWOPI * random()
        # Best and Fisher's method, by a wrapped Cauchy distribution.
        s = 0.5 / kappa
        r = s + _sqrt(1.0 + s * s)
        accepted = False
        while not accepted:
            z = _cos(_pi * random())
            d = z / (r + z)
            u = random()
            accepted = u < 1.0 - d * d or u <= (1.0 - d) * _exp(d)
        q = 1.0 / r
        offset = _acos((q + z) / (1.0 + q * z))
        return (mu + offset if random() > 0.5 else mu - offset) % TWOPI


class SystemRandom(Random):
    """A generator that takes its numbers from the operating system; it has no state or seed."""

    def getrandbits(self, k):
        """An integer of k bits, all of them random."""
        if k < 0:
            raise ValueError("number of bits must be non-negative")
        size = -(-k // 8)
        return int.from_bytes(_urandom(size)) >> (8 * size - k)

    def random(self):
        """A float from 0.0 up to, but not including, 1.0."""
        return (int.from_bytes(_urandom(7)) >> 3) * RECIP_BPF

    def randbytes(self, n):
        """n bytes."""
        # Nothing to turn around: the order of the system's bytes means nothing.
        return _urandom(n)

    def seed(self, *args, **kwds):
        """Does nothing: there is no state."""

    def _notimplemented(self, *args, **kwds):
        """There is no state to get or set."""
        raise NotImplementedError("System entropy source does not have state.")

    getstate = setstate = _notimplemented


_inst = Random()
for _name in __all__:
    if _name[0].islower():
        globals()[_name] = getattr(_inst, _name)
del _name

_os.register_at_fork(after_in_child=_inst.seed)
