"""UUIDs, universally unique identifiers, as RFC 4122 specifies them.

uuid1() makes one of the host's hardware address and the time, uuid4() a random one; uuid3() and
uuid5() make one of a namespace and a name, by MD5 and SHA-1. UUID() makes one of given data.
"""

import os
from enum import Enum

__author__ = 'The Ouro developers'

RESERVED_NCS = 'reserved for NCS compatibility'
RFC_4122 = 'specified in RFC 4122'
RESERVED_MICROSOFT = 'reserved for Microsoft compatibility'
RESERVED_FUTURE = 'reserved for future definition'

# The class has attributes with the names of the built-in types.
int_ = int
bytes_ = bytes

# In units of 100 ns: from 1582-10-15, where the time in UUIDs begins, to 1970.
_EPOCH = 0x01b21dd213814000

# The bits of a field, in the order of `fields`, and how a number of that many bits is called.
_FIELD_BITS = ((32, 'a'), (16, 'a'), (16, 'a'), (8, 'an'), (8, 'an'), (48, 'a'))


class SafeUUID(Enum):
    """Whether a UUID was made in a way that is safe with several processes."""

    safe = 0
    unsafe = -1
    unknown = None


def _swapped(data):
    """Sixteen bytes with the first three fields in the other byte order."""
    return data[3::-1] + data[5:3:-1] + data[7:5:-1] + data[8:]


class UUID:
    """A universally unique identifier, immutable and hashable.

    It is made of one of: text with 32 hexadecimal digits, where hyphens, braces and the prefix of
    a URN are allowed; `bytes`, 16 of them, big-endian; `bytes_le`, the same with the first three
    fields little-endian; `fields`, a tuple of six ints; `int`, a number of 128 bits. With
    `version` (1 to 5) the bits for the version and the variant are set.

    Attributes: int, hex, urn, bytes, bytes_le, fields and each field (time_low, time_mid,
    time_hi_version, clock_seq_hi_variant, clock_seq_low, node), time, clock_seq, variant, version
    and is_safe.
    """

    __slots__ = ('int', 'is_safe', '__weakref__')

    def __init__(self, hex=None, bytes=None, bytes_le=None, fields=None,
                 int=None, version=None, *, is_safe=SafeUUID.unknown):
        if [hex, bytes, bytes_le, fields, int].count(None) != 4:
            raise TypeError('one of the hex, bytes, bytes_le, fields, '
                            'or int arguments must be given')
        if hex is not None:
            digits = hex.replace('urn:', '').replace('uuid:', '').strip('{}').replace('-', '')
            if len(digits) != 32:
                raise ValueError('badly formed hexadecimal UUID string')
            int = int_(digits, 16)
        if bytes_le is not None:
            if len(bytes_le) != 16:
                raise ValueError('bytes_le is not a 16-char string')
            bytes = _swapped(bytes_le)
        if bytes is not None:
            if len(bytes) != 16:
                raise ValueError('bytes is not a 16-char string')
            assert isinstance(bytes, bytes_), repr(bytes)
            int = int_.from_bytes(bytes, 'big')
        if fields is not None:
            if len(fields) != 6:
                raise ValueError('fields is not a 6-tuple')
            for place, (field, (bits, article)) in enumerate(zip(fields, _FIELD_BITS), 1):
                if not 0 <= field < 1 << bits:
                    raise ValueError(f'field {place} out of range '
                                     f'(need {article} {bits}-bit value)')
            low, mid, high, clock_high, clock_low, node = fields
            # The high bits of the sequence come before the low ones, in a byte each.
            int = (low << 96 | mid << 80 | high << 64
                   | clock_high << 56 | clock_low << 48 | node)
        if int is not None and not 0 <= int < 1 << 128:
            raise ValueError('int is out of range (need a 128-bit value)')
        if version is not None:
            if not 1 <= version <= 5:
                raise ValueError('illegal version number')
            int = int & ~(0xc000 << 48) | 0x8000 << 48
            int = int & ~(0xf000 << 64) | version << 76
        object.__setattr__(self, 'int', int)
        object.__setattr__(self, 'is_safe', is_safe)

    def __getstate__(self):
        state = {'int': self.int}
        if self.is_safe != SafeUUID.unknown:
            state['is_safe'] = self.is_safe.value
        return state

    def __setstate__(self, state):
        object.__setattr__(self, 'int', state['int'])
        object.__setattr__(self, 'is_safe', SafeUUID(state.get('is_safe')))

    def __eq__(self, other):
        return self.int == other.int if isinstance(other, UUID) else NotImplemented

    def __lt__(self, other):
        return self.int < other.int if isinstance(other, UUID) else NotImplemented

    def __gt__(self, other):
        return self.int > other.int if isinstance(other, UUID) else NotImplemented

    def __le__(self, other):
        return self.int <= other.int if isinstance(other, UUID) else NotImplemented

    def __ge__(self, other):
        return self.int >= other.int if isinstance(other, UUID) else NotImplemented

    def __hash__(self):
        return hash(self.int)

    def __int__(self):
        return self.int

    def __repr__(self):
        return f'{self.__class__.__name__}({str(self)!r})'

    def __setattr__(self, name, value):
        raise TypeError('UUID objects are immutable')

    def __str__(self):
        digits = self.hex
        return '-'.join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))

    @property
    def bytes(self):
        return self.int.to_bytes(16, 'big')

    @property
    def bytes_le(self):
        return _swapped(self.bytes)

    @property
    def fields(self):
        return (self.time_low, self.time_mid, self.time_hi_version,
                self.clock_seq_hi_variant, self.clock_seq_low, self.node)

    @property
    def time_low(self):
        return self.int >> 96

    @property
    def time_mid(self):
        return self.int >> 80 & 0xffff

    @property
    def time_hi_version(self):
        return self.int >> 64 & 0xffff

    @property
    def clock_seq_hi_variant(self):
        return self.int >> 56 & 0xff

    @property
    def clock_seq_low(self):
        return self.int >> 48 & 0xff

    @property
    def time(self):
        return (self.time_hi_version & 0x0fff) << 48 | self.time_mid << 32 | self.time_low

    @property
    def clock_seq(self):
        return (self.clock_seq_hi_variant & 0x3f) << 8 | self.clock_seq_low

    @property
    def node(self):
        return self.int & 0xffffffffffff

    @property
    def hex(self):
        return f'{self.int:032x}'

    @property
    def urn(self):
        return f'urn:uuid:{self}'

    @property
    def variant(self):
        # The variant is said by how many of the first bits of the sequence are set.
        high = self.clock_seq_hi_variant
        if high < 0x80:
            return RESERVED_NCS
        if high < 0xc0:
            return RFC_4122
        return RESERVED_MICROSOFT if high < 0xe0 else RESERVED_FUTURE

    @property
    def version(self):
        # What the bits mean is only known for this variant.
        if self.variant == RFC_4122:
            return self.int >> 76 & 0xf
        return None


def _is_universal(mac):
    """Whether a hardware address was given by a maker, not chosen locally."""
    return not mac & 1 << 41


def _interface_getnode():
    """The hardware address of a network interface, preferably one given by its maker."""
    local = None
    base = '/sys/class/net'
    try:
        names = sorted(os.listdir(base))
    except OSError:
        return None
    for name in names:
        try:
            with open(f'{base}/{name}/address', encoding='ascii') as file:
                mac = int(file.read().strip().replace(':', ''), 16)
        except (OSError, ValueError):
            continue
        if not 0 < mac < 1 << 48:
            continue
        if _is_universal(mac):
            return mac
        local = local or mac
    return local


def _random_getnode():
    """A random address; that it is for groups keeps it apart from all real ones."""
    import random
    return random.getrandbits(48) | 1 << 40


_GETTERS = [_interface_getnode]
_node = None


def getnode():
    """The hardware address of this machine as a number of 48 bits; a random one if unknown."""
    global _node
    if _node is None:
        for getter in (*_GETTERS, _random_getnode):
            node = getter()
            if node is not None and 0 <= node < 1 << 48:
                _node = node
                break
    return _node


_last_timestamp = None


def uuid1(node=None, clock_seq=None):
    """Make a UUID of a hardware address, a sequence number of 14 bits and the time.

    The address is getnode()'s and the sequence number random, unless they are given.
    """
    global _last_timestamp
    import time
    timestamp = time.time_ns() // 100 + _EPOCH
    if _last_timestamp is not None:
        # The clock may stand still, or have been put back.
        timestamp = max(timestamp, _last_timestamp + 1)
    _last_timestamp = timestamp
    if clock_seq is None:
        import random
        clock_seq = random.getrandbits(14)
    if node is None:
        node = getnode()
    return UUID(fields=(timestamp & 0xffffffff, timestamp >> 32 & 0xffff,
                        timestamp >> 48 & 0x0fff, clock_seq >> 8 & 0x3f, clock_seq & 0xff, node),
                version=1)


def _data_of(namespace, name):
    return namespace.bytes + (name.encode('utf-8') if isinstance(name, str) else name)


def uuid3(namespace, name):
    """Make a UUID of the MD5 digest of a namespace, which is a UUID, and a name."""
    from hashlib import md5
    digest = md5(_data_of(namespace, name), usedforsecurity=False).digest()
    return UUID(bytes=digest, version=3)


def uuid4():
    """Make a random UUID."""
    return UUID(bytes=os.urandom(16), version=4)


def uuid5(namespace, name):
    """Make a UUID of the SHA-1 digest of a namespace, which is a UUID, and a name."""
    from hashlib import sha1
    return UUID(bytes=sha1(_data_of(namespace, name)).digest()[:16], version=5)


NAMESPACE_DNS = UUID('6ba7b810-9dad-11d1-80b4-00c04fd430c8')
NAMESPACE_URL = UUID('6ba7b811-9dad-11d1-80b4-00c04fd430c8')
NAMESPACE_OID = UUID('6ba7b812-9dad-11d1-80b4-00c04fd430c8')
NAMESPACE_X500 = UUID('6ba7b814-9dad-11d1-80b4-00c04fd430c8')


def main():
    """Make a UUID as the command line says, and print it."""
    import argparse

    makers = {'uuid1': uuid1, 'uuid3': uuid3, 'uuid4': uuid4, 'uuid5': uuid5}
    namespaces = {'@dns': NAMESPACE_DNS, '@url': NAMESPACE_URL,
                  '@oid': NAMESPACE_OID, '@x500': NAMESPACE_X500}
    parser = argparse.ArgumentParser(
        description="Generates a uuid using the selected uuid function.")
    parser.add_argument('-u', '--uuid', choices=makers.keys(), default='uuid4',
                        help="The function to use to generate the uuid. "
                             "By default uuid4 function is used.")
    parser.add_argument('-n', '--namespace',
                        help="The namespace is a UUID, or '@ns' where 'ns' is a well-known "
                             "predefined UUID addressed by namespace name. Such as @dns, @url, "
                             "@oid, and @x500. Only required for uuid3/uuid5 functions.")
    parser.add_argument('-N', '--name',
                        help="The name used as part of generating the uuid. "
                             "Only required for uuid3/uuid5 functions.")
    args = parser.parse_args()
    make = makers[args.uuid]
    if args.uuid not in ('uuid3', 'uuid5'):
        print(make())
        return
    if not args.namespace or not args.name:
        parser.error("Incorrect number of arguments. "
                     f"{args.uuid} requires a namespace and a name. "
                     "Run 'python -m uuid -h' for more information.")
    namespace = namespaces.get(args.namespace) or UUID(args.namespace)
    print(make(namespace, args.name))


if __name__ == '__main__':
    main()
