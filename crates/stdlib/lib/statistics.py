"""Averages, spread and relations of numbers, and normal distributions.

Sums are exact: numbers are added up as ratios of integers, by denominator, and rounded once at
the end. Data may be int, float, Fraction or Decimal; the result has the type that the data can
be coerced to. `fractions` and `decimal` are only looked at if the program has imported them.
"""

__all__ = [
    'NormalDist', 'StatisticsError', 'correlation', 'covariance', 'fmean', 'geometric_mean',
    'harmonic_mean', 'linear_regression', 'mean', 'median', 'median_grouped', 'median_high',
    'median_low', 'mode', 'multimode', 'pstdev', 'pvariance', 'quantiles', 'stdev', 'variance',
]

import math
import sys
from bisect import bisect_left, bisect_right
from collections import Counter, namedtuple
from itertools import groupby, repeat
from math import erf, exp, fabs, fsum, hypot, log, sqrt, sumprod, tau

_SQRT2 = sqrt(2.0)


class StatisticsError(ValueError):
    """The data are not such that the statistic exists."""


class _Ratio:
    """An exact quotient, where the program has no Fraction: what the sums here need of it."""

    __slots__ = ('numerator', 'denominator')

    def __init__(self, numerator, denominator=1):
        divisor = math.gcd(numerator, denominator)
        if denominator < 0:
            divisor = -divisor
        self.numerator = numerator // divisor
        self.denominator = denominator // divisor

    def __add__(self, other):
        return _Ratio(self.numerator * other.denominator + other.numerator * self.denominator,
                      self.denominator * other.denominator)

    def __sub__(self, other):
        return self + _Ratio(-other.numerator, other.denominator)

    def __mul__(self, other):
        return _Ratio(self.numerator * other.numerator, self.denominator * other.denominator)

    __radd__ = __add__
    __rmul__ = __mul__

    def __truediv__(self, other):
        return _Ratio(self.numerator * other.denominator, self.denominator * other.numerator)

    def __rtruediv__(self, other):
        return _Ratio(other.numerator * self.denominator, other.denominator * self.numerator)

    def __le__(self, other):
        return self.numerator <= other * self.denominator

    def __float__(self):
        return self.numerator / self.denominator

    def __int__(self):
        return self.numerator // self.denominator

    def as_integer_ratio(self):
        return self.numerator, self.denominator


def _loaded(module, name):
    """Give a class of a module that the program has imported, or None."""
    return getattr(sys.modules.get(module), name, None)


def _is_a(kind, module, name):
    wanted = _loaded(module, name)
    return wanted is not None and issubclass(kind, wanted)


def _add_up(partials):
    """Give the exact sum of numerators by denominator."""
    fraction = _loaded('fractions', 'Fraction') or _Ratio
    return sum((fraction(n, d) for d, n in partials.items()), fraction(0))


def _common_type(types):
    common = int
    for kind in types:
        common = _coerce(common, kind)
    return common


def _sum(data):
    """Give (type, exact sum, count). A sum that is not finite is given as it is."""
    count = 0
    types = set()
    partials = {}
    for kind, values in groupby(data, type):
        types.add(kind)
        for n, d in map(_exact_ratio, values):
            count += 1
            partials[d] = partials.get(d, 0) + n
    if None in partials:
        # An infinity or NaN.
        total = partials[None]
    else:
        total = _add_up(partials)
    return _common_type(types), total, count


def _ss(data, c=None):
    """Give (type, exact sum of squared deviations, mean, count). The deviations are from `c`,
    if that is given."""
    if c is not None:
        kind, total, count = _sum((d := x - c) * d for x in data)
        return kind, total, c, count
    count = 0
    types = set()
    sums, squares = {}, {}
    for kind, values in groupby(data, type):
        types.add(kind)
        for n, d in map(_exact_ratio, values):
            count += 1
            sums[d] = sums.get(d, 0) + n
            squares[d] = squares.get(d, 0) + n * n
    kind = _common_type(types)
    if not count:
        zero = _add_up({})
        return kind, zero, zero, 0
    if None in sums:
        return kind, sums[None], sums[None], count
    sx = _add_up(sums)
    sxx = _add_up({d * d: n for d, n in squares.items()})
    return kind, (count * sxx - sx * sx) / count, sx / count, count


def _isfinite(x):
    try:
        return x.is_finite()
    except AttributeError:
        return math.isfinite(x)


def _coerce(T, S):
    """Give the type that results of data of both types have; TypeError if there is none."""
    assert T is not bool, "initial type T is bool"
    if T is S or S is int or S is bool:
        return T
    if T is int or issubclass(S, T):
        return S
    if issubclass(T, S):
        return T
    if issubclass(T, int):
        return S
    if issubclass(S, int):
        return T
    if _is_a(T, 'fractions', 'Fraction') and issubclass(S, float):
        return S
    if issubclass(T, float) and _is_a(S, 'fractions', 'Fraction'):
        return T
    raise TypeError(f"don't know how to coerce {T.__name__} and {S.__name__}")


def _exact_ratio(x):
    """Give a number as integers (numerator, denominator); (x, None) if it is not finite."""
    try:
        return x.as_integer_ratio()
    except AttributeError:
        pass
    except (OverflowError, ValueError):
        assert not _isfinite(x)
        return x, None
    try:
        return x.numerator, x.denominator
    except AttributeError:
        raise TypeError(f"can't convert type '{type(x).__name__}' to numerator/denominator")


def _convert(value, T):
    """Give an exact value as the type, or as float if an int cannot be it."""
    if type(value) is T:
        return value
    if issubclass(T, int) and value.denominator != 1:
        T = float
    try:
        return T(value)
    except TypeError:
        if _is_a(T, 'decimal', 'Decimal'):
            return T(value.numerator) / T(value.denominator)
        raise


def _fail_neg(values, errmsg='negative value'):
    for x in values:
        if x < 0:
            raise StatisticsError(errmsg)
        yield x


def _rank(data, /, *, key=None, reverse=False, ties='average', start=1) -> list[float]:
    """Give the rank of each item, counted from `start`; equal items share the average."""
    if ties != 'average':
        raise ValueError(f'Unknown tie resolution method: {ties!r}')
    if key is not None:
        data = map(key, data)
    places = sorted(((value, at) for at, value in enumerate(data)), reverse=reverse)
    before = start - 1
    result = [0] * len(places)
    for _, group in groupby(places, key=lambda pair: pair[0]):
        group = list(group)
        for _, at in group:
            result[at] = before + (len(group) + 1) / 2
        before += len(group)
    return result


def _integer_sqrt_of_frac_rto(n: int, m: int) -> int:
    """Square root of n/m, rounded to odd."""
    root = math.isqrt(n // m)
    return root | (root * root * m != n)


# Bits that make rounding to odd and then to float the same as rounding once.
_sqrt_bit_width: int = 2 * sys.float_info.mant_dig + 3


def _float_sqrt_of_frac(n: int, m: int) -> float:
    """Square root of n/m as a float, correctly rounded."""
    shift = (n.bit_length() - m.bit_length() - _sqrt_bit_width) // 2
    if shift >= 0:
        return (_integer_sqrt_of_frac_rto(n, m << 2 * shift) << shift) / 1
    return _integer_sqrt_of_frac_rto(n << -2 * shift, m) / (1 << -shift)


def _decimal_sqrt_of_frac(n, m):
    """Square root of n/m as a Decimal, correctly rounded."""
    from decimal import Decimal
    if not n:
        return Decimal('0.0')
    if n < 0:
        n, m = -n, -m
    root = (Decimal(n) / Decimal(m)).sqrt()

    def beyond_middle(neighbour):
        """How n/m compares with the square of the middle between the root and a neighbour."""
        (a, b), (c, d) = root.as_integer_ratio(), neighbour.as_integer_ratio()
        return 4 * n * (b * d) ** 2 - m * (a * d + b * c) ** 2

    if beyond_middle(above := root.next_plus()) > 0:
        return above
    if beyond_middle(below := root.next_minus()) < 0:
        return below
    return root


def mean(data):
    """Return the sample arithmetic mean of data.

    >>> mean([1, 2, 3, 4, 4])
    2.8
    """
    kind, total, n = _sum(data)
    if n < 1:
        raise StatisticsError('mean requires at least one data point')
    return _convert(total / n, kind)


def fmean(data, weights=None):
    """Convert data to floats and compute the arithmetic mean, which is faster.

    >>> fmean([3.5, 4.0, 5.25])
    4.25
    """
    if weights is None:
        if not hasattr(type(data), '__len__'):
            data = list(data)
        total = fsum(data)
        if data_points := len(data):
            return total / data_points
        raise StatisticsError('fmean requires at least one data point')
    if not isinstance(weights, (list, tuple)):
        weights = list(weights)
    try:
        total = sumprod(data, weights)
    except ValueError:
        raise StatisticsError('data and weights must be the same length')
    divisor = fsum(weights)
    if not divisor:
        raise StatisticsError('sum of weights must be non-zero')
    return total / divisor


def geometric_mean(data):
    """Convert data to floats and compute the geometric mean.

    >>> round(geometric_mean([1, 4, 16]), 9)
    4.0
    """
    try:
        mean_of_logs = fmean(map(log, data))
    except ValueError:
        raise StatisticsError('geometric mean requires a non-empty dataset containing '
                              'positive numbers') from None
    return exp(mean_of_logs)


def _is_real(x):
    return (isinstance(x, (int, float)) or _is_a(type(x), 'numbers', 'Real')
            or _is_a(type(x), 'decimal', 'Decimal'))


def harmonic_mean(data, weights=None):
    """Return the harmonic mean of data: the reciprocal of the mean of the reciprocals.

    >>> harmonic_mean([40, 60], weights=[5, 30])
    56.0
    """
    data = _reusable(data)
    n = len(data)
    if not n:
        raise StatisticsError('harmonic_mean requires at least one data point')
    refusal = 'harmonic mean does not support negative values'
    if weights is not None:
        weights = _reusable(weights)
        if len(weights) != n:
            raise StatisticsError('Number of weights does not match data size')
        sum_weights = _sum(_fail_neg(weights, refusal))[1]
    elif n == 1:
        # The number itself: one divided by it twice might have been rounded.
        only = data[0]
        if not _is_real(only):
            raise TypeError('unsupported type')
        if only < 0:
            raise StatisticsError(refusal)
        return only
    else:
        weights, sum_weights = repeat(1, n), n
    try:
        kind, total, _ = _sum(w / x if w else 0
                              for w, x in zip(weights, _fail_neg(data, refusal)))
    except ZeroDivisionError:
        return 0
    if total <= 0:
        raise StatisticsError('Weighted sum must be positive')
    return _convert(sum_weights / total, kind)


def _reusable(data):
    """The data themselves, or a list of them if they can be iterated over only once."""
    return list(data) if iter(data) is data else data


def _sorted_for_median(data):
    data = sorted(data)
    if not data:
        raise StatisticsError("no median for empty data")
    return data


def median(data):
    """Return the median (middle value) of numeric data; of an even number of data points, the
    mean of the two middle ones.

    >>> median([1, 3, 5, 7])
    4.0
    """
    data = _sorted_for_median(data)
    i = len(data) // 2
    return data[i] if len(data) % 2 else (data[i - 1] + data[i]) / 2


def median_low(data):
    """Return the low median of numeric data: the smaller of two middle values.

    >>> median_low([1, 3, 5, 7])
    3
    """
    data = _sorted_for_median(data)
    return data[(len(data) - 1) // 2]


def median_high(data):
    """Return the high median of data: the larger of two middle values.

    >>> median_high([1, 3, 5, 7])
    5
    """
    data = _sorted_for_median(data)
    return data[len(data) // 2]


def median_grouped(data, interval=1.0):
    """Estimates the median for numeric data binned around the midpoints of consecutive,
    fixed-width intervals, by interpolating in the middle one.

    >>> median_grouped([1, 3, 3, 5, 7])
    3.25
    """
    data = _sorted_for_median(data)
    n = len(data)
    x = data[n // 2]
    below = bisect_left(data, x)
    inside = bisect_right(data, x, lo=below) - below
    try:
        interval = float(interval)
        x = float(x)
    except ValueError:
        raise TypeError('Value cannot be converted to a float')
    return x - interval / 2.0 + interval * (n / 2 - below) / inside


def mode(data):
    """Return the most common data point from discrete or nominal data; of several, the first
    one met.

    >>> mode([1, 1, 2, 3, 3, 3, 3, 4])
    3
    """
    pairs = Counter(iter(data)).most_common(1)
    if not pairs:
        raise StatisticsError('no mode for empty data') from None
    return pairs[0][0]


def multimode(data):
    """Return a list of the most frequently occurring values, in the order they are met.

    >>> multimode('aabbbbbbbbcc')
    ['b']
    """
    counts = Counter(iter(data))
    most = max(counts.values(), default=0)
    return [value for value, count in counts.items() if count == most]


def quantiles(data, *, n=4, method='exclusive'):
    """Divide *data* into *n* continuous intervals with equal probability; gives the n - 1
    values between them.

    The method 'inclusive' takes the smallest and largest values as the ends of the population.
    """
    if n < 1:
        raise StatisticsError('n must be at least 1')
    data = sorted(data)
    size = len(data)
    if size < 2:
        raise StatisticsError('must have at least two data points')
    if method == 'inclusive':
        m = size - 1
        places = [divmod(i * m, n) for i in range(1, n)]
    elif method == 'exclusive':
        m = size + 1
        places = []
        for i in range(1, n):
            j = min(max(i * m // n, 1), size - 1)
            places.append((j - 1, i * m - j * n))
    else:
        raise ValueError(f'Unknown method: {method!r}')
    return [(data[j] * (n - delta) + data[j + 1] * delta) / n for j, delta in places]


def variance(data, xbar=None):
    """Return the sample variance of data; xbar is the mean, if it is known.

    >>> variance([2.75, 1.75, 1.25, 0.25, 0.5, 1.25, 3.5])
    1.3720238095238095
    """
    kind, ss, _c, n = _ss(data, xbar)
    if n < 2:
        raise StatisticsError('variance requires at least two data points')
    return _convert(ss / (n - 1), kind)


def pvariance(data, mu=None):
    """Return the population variance of ``data``; mu is the mean, if it is known.

    >>> pvariance([0.0, 0.25, 0.25, 1.25, 1.5, 1.75, 2.75, 3.25])
    1.25
    """
    kind, ss, _c, n = _ss(data, mu)
    if n < 1:
        raise StatisticsError('pvariance requires at least one data point')
    return _convert(ss / n, kind)


def _root(square, kind):
    if _is_a(kind, 'decimal', 'Decimal'):
        return _decimal_sqrt_of_frac(square.numerator, square.denominator)
    return _float_sqrt_of_frac(square.numerator, square.denominator)


def stdev(data, xbar=None):
    """Return the square root of the sample variance.

    >>> stdev([1.5, 2.5, 2.5, 2.75, 3.25, 4.75])
    1.0810874155219827
    """
    kind, ss, _c, n = _ss(data, xbar)
    if n < 2:
        raise StatisticsError('stdev requires at least two data points')
    return _root(ss / (n - 1), kind)


def pstdev(data, mu=None):
    """Return the square root of the population variance.

    >>> pstdev([1.5, 2.5, 2.5, 2.75, 3.25, 4.75])
    0.986893273527251
    """
    kind, ss, _c, n = _ss(data, mu)
    if n < 1:
        raise StatisticsError('pstdev requires at least one data point')
    return _root(ss / n, kind)


def _mean_stdev(data):
    """Give mean and standard deviation as floats, in one pass."""
    _kind, ss, xbar, n = _ss(data)
    if n < 2:
        raise StatisticsError('stdev requires at least two data points')
    square = ss / (n - 1)
    try:
        return float(xbar), _float_sqrt_of_frac(square.numerator, square.denominator)
    except AttributeError:
        # An infinity or NaN.
        return float(xbar), float(xbar) / float(ss)


def _check_pairs(what, x, y):
    n = len(x)
    if len(y) != n:
        raise StatisticsError(f'{what} requires that both inputs have same number of data '
                              'points')
    if n < 2:
        raise StatisticsError(f'{what} requires at least two data points')
    return n


def covariance(x, y, /):
    """Covariance

    Return the sample covariance of two inputs *x* and *y*.
    """
    n = _check_pairs('covariance', x, y)
    xbar, ybar = fsum(x) / n, fsum(y) / n
    return sumprod((xi - xbar for xi in x), (yi - ybar for yi in y)) / (n - 1)


def correlation(x, y, /, *, method='linear'):
    """Pearson's correlation coefficient, or with method 'ranked' Spearman's.

    >>> correlation([1, 2, 3], [1, 2, 3])
    1.0
    """
    n = _check_pairs('correlation', x, y)
    if method not in {'linear', 'ranked'}:
        raise ValueError(f'Unknown method: {method!r}')
    if method == 'ranked':
        # Centred around zero.
        start = (n - 1) / -2
        x, y = _rank(x, start=start), _rank(y, start=start)
    else:
        xbar, ybar = fsum(x) / n, fsum(y) / n
        x, y = [xi - xbar for xi in x], [yi - ybar for yi in y]
    try:
        return sumprod(x, y) / sqrt(sumprod(x, x) * sumprod(y, y))
    except ZeroDivisionError:
        raise StatisticsError('at least one of the inputs is constant')


LinearRegression = namedtuple('LinearRegression', ('slope', 'intercept'))


def linear_regression(x, y, /, *, proportional=False):
    """Slope and intercept for simple linear regression, by least squares.

    With *proportional* the line goes through the origin.
    """
    n = _check_pairs('linear regression', x, y)
    if not proportional:
        xbar, ybar = fsum(x) / n, fsum(y) / n
        x, y = [xi - xbar for xi in x], [yi - ybar for yi in y]
    try:
        slope = (sumprod(x, y) + 0.0) / sumprod(x, x)
    except ZeroDivisionError:
        raise StatisticsError('x is constant')
    return LinearRegression(slope=slope,
                            intercept=0.0 if proportional else ybar - slope * xbar)


# Wichura's algorithm AS241: quotients of polynomials, for the middle and for the tails; the
# coefficients are those of the highest power first.
_MIDDLE = (
    (2.5090809287301226727e+3, 3.3430575583588128105e+4, 6.7265770927008700853e+4,
     4.5921953931549871457e+4, 1.3731693765509461125e+4, 1.9715909503065514427e+3,
     1.3314166789178437745e+2, 3.3871328727963666080e+0),
    (5.2264952788528545610e+3, 2.8729085735721942674e+4, 3.9307895800092710610e+4,
     2.1213794301586595867e+4, 5.3941960214247511077e+3, 6.8718700749205790830e+2,
     4.2313330701600911252e+1, 1.0))
_TAIL = (
    (7.74545014278341407640e-4, 2.27238449892691845833e-2, 2.41780725177450611770e-1,
     1.27045825245236838258e+0, 3.64784832476320460504e+0, 5.76949722146069140550e+0,
     4.63033784615654529590e+0, 1.42343711074968357734e+0),
    (1.05075007164441684324e-9, 5.47593808499534494600e-4, 1.51986665636164571966e-2,
     1.48103976427480074590e-1, 6.89767334985100004550e-1, 1.67638483018380384940e+0,
     2.05319162663775882187e+0, 1.0))
_FAR_TAIL = (
    (2.01033439929228813265e-7, 2.71155556874348757815e-5, 1.24266094738807843860e-3,
     2.65321895265761230930e-2, 2.96560571828504891230e-1, 1.78482653991729133580e+0,
     5.46378491116411436990e+0, 6.65790464350110377720e+0),
    (2.04426310338993978564e-15, 1.42151175831644588870e-7, 1.84631831751005468180e-5,
     7.86869131145613259100e-4, 1.48753612908506148525e-2, 1.36929880922735805310e-1,
     5.99832206555887937690e-1, 1.0))


def _polynomial(coefficients, x):
    result = coefficients[0]
    for coefficient in coefficients[1:]:
        result = result * x + coefficient
    return result


def _normal_dist_inv_cdf(p, mu, sigma):
    q = p - 0.5
    if fabs(q) <= 0.425:
        r = 0.180625 - q * q
        above, below = _MIDDLE
        x = _polynomial(above, r) * q / _polynomial(below, r)
        return mu + x * sigma
    r = sqrt(-log(p if q <= 0.0 else 1.0 - p))
    if r <= 5.0:
        (above, below), r = _TAIL, r - 1.6
    else:
        (above, below), r = _FAR_TAIL, r - 5.0
    x = _polynomial(above, r) / _polynomial(below, r)
    return mu + (-x if q < 0.0 else x) * sigma


class NormalDist:
    """The normal distribution of a mean `mu` and a standard deviation `sigma`.

    Adding a number moves it, multiplying stretches it; the sum of two is the distribution of the
    sum of two independent variables.
    """

    __slots__ = {'_mu': 'The mean.', '_sigma': 'The standard deviation.'}

    def __init__(self, mu=0.0, sigma=1.0):
        """Make a distribution of its mean and its standard deviation, which is not negative."""
        if sigma < 0.0:
            raise StatisticsError('sigma must be non-negative')
        self._mu, self._sigma = float(mu), float(sigma)

    @classmethod
    def from_samples(cls, data):
        """Make the distribution that samples suggest."""
        mu, sigma = _mean_stdev(data)
        return cls(mu, sigma)

    def samples(self, n, *, seed=None):
        """Draw n random numbers of this distribution."""
        import random
        gauss = random.gauss if seed is None else random.Random(seed).gauss
        return [gauss(self._mu, self._sigma) for _ in range(n)]

    def _check_sigma(self, name):
        if not self._sigma:
            raise StatisticsError(f'{name}() not defined when sigma is zero')

    def pdf(self, x):
        """The density at x."""
        self._check_sigma('pdf')
        variance = self._sigma * self._sigma
        diff = x - self._mu
        return exp(diff * diff / (-2.0 * variance)) / sqrt(tau * variance)

    def cdf(self, x):
        """The probability of values up to x."""
        self._check_sigma('cdf')
        return 0.5 * (1.0 + erf((x - self._mu) / (self._sigma * _SQRT2)))

    def inv_cdf(self, p):
        """The value up to which others are with probability p: the inverse of cdf()."""
        if p <= 0.0 or p >= 1.0:
            raise StatisticsError('p must be in the range 0.0 < p < 1.0')
        return _normal_dist_inv_cdf(p, self._mu, self._sigma)

    def quantiles(self, n=4):
        """The n - 1 values that divide the distribution into n parts of equal probability."""
        return [self.inv_cdf(i / n) for i in range(1, n)]

    def overlap(self, other):
        """The area that the densities of two distributions have in common, from 0.0 to 1.0."""
        if not isinstance(other, NormalDist):
            raise TypeError('Expected another NormalDist instance')
        # In an order that does not depend on which one was asked.
        narrow, wide = sorted((self, other), key=lambda dist: (dist._sigma, dist._mu))
        narrow_var, wide_var = narrow.variance, wide.variance
        if not (narrow_var and wide_var):
            raise StatisticsError('overlap() not defined when sigma is zero')
        widening = wide_var - narrow_var
        distance = fabs(wide._mu - narrow._mu)
        if not widening:
            return 1.0 - erf(distance / (2.0 * narrow._sigma * _SQRT2))
        # Where the densities cross.
        middle = narrow._mu * wide_var - wide._mu * narrow_var
        reach = narrow._sigma * wide._sigma * sqrt(
            distance * distance + widening * log(wide_var / narrow_var))
        crossings = (middle + reach) / widening, (middle - reach) / widening
        first, second = [fabs(wide.cdf(x) - narrow.cdf(x)) for x in crossings]
        return 1.0 - (first + second)

    def zscore(self, x):
        """How many standard deviations x is above the mean."""
        self._check_sigma('zscore')
        return (x - self._mu) / self._sigma

    @property
    def mean(self):
        """The mean."""
        return self._mu

    # The distribution is symmetric, with its peak in the middle.

    @property
    def median(self):
        """The median: the mean."""
        return self._mu

    @property
    def mode(self):
        """The likeliest value: the mean."""
        return self._mu

    @property
    def stdev(self):
        """The standard deviation."""
        return self._sigma

    @property
    def variance(self):
        """The variance: the square of the standard deviation."""
        return self._sigma * self._sigma

    def __hash__(self):
        """The hash of mean and deviation."""
        return hash((self._mu, self._sigma))

    def __eq__(x1, x2):
        """Whether mean and deviation are equal."""
        if isinstance(x2, NormalDist):
            return x1._mu == x2._mu and x1._sigma == x2._sigma
        return NotImplemented

    def __add__(x1, x2):
        """Add a constant or another, independent distribution."""
        if isinstance(x2, NormalDist):
            return NormalDist(x1._mu + x2._mu, hypot(x1._sigma, x2._sigma))
        return NormalDist(x1._mu + x2, x1._sigma)

    def __sub__(x1, x2):
        """Subtract a constant or another, independent distribution."""
        if isinstance(x2, NormalDist):
            return NormalDist(x1._mu - x2._mu, hypot(x1._sigma, x2._sigma))
        return NormalDist(x1._mu - x2, x1._sigma)

    def __rsub__(x1, x2):
        """Subtract from a constant."""
        return -(x1 - x2)

    def __mul__(x1, x2):
        """Multiply by a constant."""
        return NormalDist(x1._mu * x2, x1._sigma * fabs(x2))

    __radd__, __rmul__ = __add__, __mul__

    def __truediv__(x1, x2):
        """Divide by a constant."""
        return NormalDist(x1._mu / x2, x1._sigma / fabs(x2))

    def __pos__(x1):
        """The same distribution, as a new object."""
        return NormalDist(x1._mu, x1._sigma)

    def __neg__(x1):
        """The distribution mirrored at 0."""
        return NormalDist(-x1._mu, x1._sigma)

    def __repr__(self):
        return f'{type(self).__name__}(mu={self._mu!r}, sigma={self._sigma!r})'

    def __getstate__(self):
        return self._mu, self._sigma

    def __setstate__(self, state):
        self._mu, self._sigma = state
