"""One interface to the hash functions of `_md5`, `_sha1`, `_sha2`, `_sha3` and `_blake2`.

Each algorithm that is always there has a function of its name, which makes a hash object;
`new(name, data)` makes one by name. A hash object has update(data), digest(), hexdigest(), copy(),
name, digest_size and block_size.

The native modules are imported only when one of their functions is asked for: the functions are
attributes that `__getattr__` of the module finds, and keeps.
"""

_MODULE_OF = {
    'md5': '_md5',
    'sha1': '_sha1',
    'sha224': '_sha2', 'sha256': '_sha2', 'sha384': '_sha2', 'sha512': '_sha2',
    'blake2b': '_blake2', 'blake2s': '_blake2',
    'sha3_224': '_sha3', 'sha3_256': '_sha3', 'sha3_384': '_sha3', 'sha3_512': '_sha3',
    'shake_128': '_sha3', 'shake_256': '_sha3',
}

algorithms_guaranteed = set(_MODULE_OF)
algorithms_available = set(_MODULE_OF)

# What programs put here is known to new() by that name.
__builtin_constructor_cache = {}

__all__ = (*_MODULE_OF, 'new', 'algorithms_guaranteed', 'algorithms_available', 'file_digest',
           'pbkdf2_hmac', 'scrypt')


def __getattr__(name):
    module = '_scrypt' if name == 'scrypt' else _MODULE_OF.get(name)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    constructor = globals()[name] = getattr(__import__(module), name)
    return constructor


def __dir__():
    return sorted({*globals(), *_MODULE_OF, 'scrypt'})


def _constructor(name):
    """The function that makes hash objects of an algorithm."""
    found = globals().get(name) if name in _MODULE_OF else None
    if found is not None:
        return found
    if not isinstance(name, str):
        raise TypeError(f"new() argument 'name' must be str, not {type(name).__name__}")
    if name in __builtin_constructor_cache:
        return __builtin_constructor_cache[name]
    # Names are also known in capital letters, with a hyphen, and SHA-3 that way too.
    known = name
    if known not in _MODULE_OF:
        known = name.lower().replace('-', '_')
        if known.startswith('sha_'):
            known = 'sha' + known[4:]
        elif known.startswith('shake') and known[5:6].isdigit():
            known = 'shake_' + known[5:]
        if known.startswith('blake2') or known not in _MODULE_OF:
            raise ValueError('unsupported hash type ' + name)
    return __getattr__(known)


__get_builtin_constructor = _constructor


def new(name, data=b'', **kwargs):
    """Make a hash object of the named algorithm, which has hashed `data` already."""
    return _constructor(name)(data, **kwargs)


def file_digest(fileobj, digest, /, *, _bufsize=2**18):
    """Hash what is left of a binary file; give the hash object.

    `digest` is the name of an algorithm or something that makes a hash object when called.
    """
    running = new(digest) if isinstance(digest, str) else digest()
    if hasattr(fileobj, 'getbuffer'):
        running.update(fileobj.getbuffer())
        return running
    if not (hasattr(fileobj, 'readinto') and hasattr(fileobj, 'readable')
            and fileobj.readable()):
        raise ValueError(f"'{fileobj!r}' is not a file-like object in binary reading mode.")
    buffer = bytearray(_bufsize)
    view = memoryview(buffer)
    while size := fileobj.readinto(buffer):
        running.update(view[:size])
    return running


def _key_bytes(value):
    """A password or salt as bytes."""
    if isinstance(value, str):
        raise TypeError("a bytes-like object is required, not 'str'")
    return bytes(memoryview(value))


def pbkdf2_hmac(hash_name, password, salt, iterations, dklen=None):
    """Derive a key from a password: PBKDF2 of PKCS #5 with HMAC.

    The key has `dklen` bytes, by default as many as a digest of the hash function.
    """
    if not isinstance(hash_name, str):
        raise TypeError("pbkdf2_hmac() argument 'hash_name' must be str, "
                        f"not {type(hash_name).__name__}")
    password = _key_bytes(password)
    salt = _key_bytes(salt)
    try:
        make = _constructor(hash_name)
    except ValueError:
        raise ValueError(f'unsupported hash type {hash_name}') from None
    iterations = iterations.__index__()
    if not -1 << 63 <= iterations < 1 << 63:
        raise OverflowError('Python int too large to convert to C long')
    if iterations < 1:
        raise ValueError('iteration value must be greater than 0.')
    inner = make()
    if dklen is None:
        dklen = inner.digest_size
    if dklen < 1:
        raise ValueError('key length must be greater than 0.')
    if dklen >= 1 << 31:
        raise OverflowError('key length is too great.')
    size = inner.block_size
    if len(password) > size:
        password = make(password).digest()
    password = password.ljust(size, b'\0')
    outer = make(bytes([byte ^ 0x5c for byte in password]))
    inner.update(bytes([byte ^ 0x36 for byte in password]))

    # Both states have hashed the key; each round goes on from copies of them.
    def authenticate(message):
        step = inner.copy()
        step.update(message)
        last = outer.copy()
        last.update(step.digest())
        return last.digest()

    key = bytearray()
    block = 0
    while len(key) < dklen:
        block += 1
        latest = authenticate(salt + block.to_bytes(4, 'big'))
        mixed = int.from_bytes(latest, 'big')
        for _ in range(iterations - 1):
            latest = authenticate(latest)
            mixed ^= int.from_bytes(latest, 'big')
        key += mixed.to_bytes(len(latest), 'big')
    return bytes(key[:dklen])
