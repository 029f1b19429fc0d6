"""HMAC: messages authenticated with a key and a hash function (RFC 2104)."""

import hashlib as _hashlib
from _operator import _compare_digest as compare_digest

trans_5C = bytes(byte ^ 0x5C for byte in range(256))
trans_36 = bytes(byte ^ 0x36 for byte in range(256))

# The size depends on the hash function: ask an HMAC object for it.
digest_size = None


def _constructor_of(digestmod):
    """What makes hash objects, given a name, a function or a module with new()."""
    if callable(digestmod):
        return digestmod
    if isinstance(digestmod, str):
        return lambda data=b'': _hashlib.new(digestmod, data)
    return lambda data=b'': digestmod.new(data)


class HMAC:
    """An authentication code in the making.

    It is used like a hash object: update(), digest(), hexdigest(), copy(), name, digest_size and
    block_size.
    """

    # The block size of hash functions that do not tell theirs.
    blocksize = 64
    # An object of another library that does all the work: there is none.
    _hmac = None

    __slots__ = ('_inner', '_outer', 'block_size', 'digest_size')

    def __init__(self, key, msg=None, digestmod=''):
        """Start with a key, and a message if there is one already.

        `digestmod` is required: the name of a hash function, something that makes hash objects
        when called, or a module with new().
        """
        if not isinstance(key, (bytes, bytearray)):
            raise TypeError(f"key: expected bytes or bytearray, but got {type(key).__name__!r}")
        if not digestmod:
            raise TypeError("Missing required parameter 'digestmod'.")
        self._init_old(key, msg, digestmod)

    def _init_old(self, key, msg=None, digestmod=''):
        make = _constructor_of(digestmod)
        self._outer = make()
        self._inner = make()
        self.digest_size = self._inner.digest_size
        self.block_size = self._effective_block_size()
        if len(key) > self.block_size:
            key = make(key).digest()
        key = key.ljust(self.block_size, b'\0')
        self._outer.update(key.translate(trans_5C))
        self._inner.update(key.translate(trans_36))
        if msg is not None:
            self.update(msg)

    def _effective_block_size(self):
        size = getattr(self._inner, 'block_size', None)
        if size is None:
            message = ('No block_size attribute on given digest object; '
                       f'Assuming {self.blocksize:d}.')
        elif size < 16:
            message = (f'block_size of {size:d} seems too small; using our '
                       f'default of {self.blocksize:d}.')
        else:
            return size
        import warnings
        warnings.warn(message, RuntimeWarning, 3)
        return self.blocksize

    @property
    def name(self):
        return f"hmac-{self._inner.name}"

    def update(self, msg):
        """Go on with more of the message."""
        self._inner.update(msg)

    def copy(self):
        """Another object in the same state."""
        cls = self.__class__
        other = cls.__new__(cls)
        other.digest_size = self.digest_size
        other.block_size = self.block_size
        other._inner = self._inner.copy()
        other._outer = self._outer.copy()
        return other

    def _current(self):
        """A hash object whose digest is the code of the message so far."""
        current = self._outer.copy()
        current.update(self._inner.digest())
        return current

    def digest(self):
        """The code of the message so far, as bytes."""
        return self._current().digest()

    def hexdigest(self):
        """The code of the message so far, as hexadecimal digits."""
        return self._current().hexdigest()


def new(key, msg=None, digestmod=''):
    """Make an HMAC object; the arguments are those of the class."""
    return HMAC(key, msg, digestmod)


def digest(key, msg, digest):
    """The code of a whole message, as bytes; `digest` is what HMAC takes as `digestmod`."""
    make = _constructor_of(digest)
    inner = make()
    outer = make()
    size = getattr(inner, 'block_size', 64)
    if len(key) > size:
        key = make(key).digest()
    key = key + bytes(size - len(key))
    inner.update(key.translate(trans_36))
    outer.update(key.translate(trans_5C))
    inner.update(msg)
    outer.update(inner.digest())
    return outer.digest()
