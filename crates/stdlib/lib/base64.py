"""Bytes as ASCII text: Base16, Base32, Base64 (RFC 4648), Ascii85 and Base85.

Base64 and Base16 are done by `binascii`. The other three work on groups of bytes as numbers:
Base32 writes five bytes as eight digits of five bits, the two of base 85 write four bytes as five
digits. Their tables are made when they are first needed.
"""

import binascii

__all__ = [
    'encode', 'decode', 'encodebytes', 'decodebytes',
    'b64encode', 'b64decode', 'b32encode', 'b32decode', 'b32hexencode', 'b32hexdecode',
    'b16encode', 'b16decode', 'b85encode', 'b85decode', 'a85encode', 'a85decode',
    'standard_b64encode', 'standard_b64decode', 'urlsafe_b64encode', 'urlsafe_b64decode',
]

bytes_types = (bytes, bytearray)

MAXLINESIZE = 76
MAXBINSIZE = MAXLINESIZE // 4 * 3


def _bytes_from_decode_data(s):
    """What is to be decoded, text or any buffer, as bytes."""
    if isinstance(s, bytes_types):
        return s
    if isinstance(s, str):
        if not s.isascii():
            raise ValueError('string argument should contain only ASCII characters')
        return s.encode('ascii')
    try:
        return memoryview(s).tobytes()
    except TypeError:
        raise TypeError("argument should be a bytes-like object or ASCII string, "
                        f"not {s.__class__.__name__!r}") from None


def _bytes_to_encode(s):
    return s if isinstance(s, bytes_types) else memoryview(s).tobytes()


# Base64

def b64encode(s, altchars=None):
    """Encode a bytes-like object in Base64; give bytes.

    `altchars`, two bytes, are used in place of '+' and '/'.
    """
    encoded = binascii.b2a_base64(s, newline=False)
    if altchars is None:
        return encoded
    assert len(altchars) == 2, repr(altchars)
    return encoded.translate(bytes.maketrans(b'+/', altchars))


def _digits_given(digits, count):
    """Digits that the caller wants to be used in place of others."""
    digits = _bytes_from_decode_data(digits)
    assert len(digits) == count, repr(digits)
    return digits


def b64decode(s, altchars=None, validate=False):
    """Decode Base64, which is a bytes-like object or ASCII text; give bytes.

    `altchars` are two characters that are used in place of '+' and '/'. Characters outside the
    alphabet are skipped, unless `validate` is true, where they raise binascii.Error. Wrong
    padding raises it always.
    """
    s = _bytes_from_decode_data(s)
    if altchars is not None:
        replaced = _digits_given(altchars, 2)
        s = s.translate(bytes.maketrans(replaced, b'+/'))
    return binascii.a2b_base64(s, strict_mode=validate)


def standard_b64encode(s):
    """Encode a bytes-like object in Base64 with the standard alphabet."""
    return b64encode(s)


def standard_b64decode(s):
    """Decode Base64 of the standard alphabet; characters outside it are skipped."""
    return b64decode(s)


_urlsafe_encode_translation = bytes.maketrans(b'+/', b'-_')
_urlsafe_decode_translation = bytes.maketrans(b'-_', b'+/')


def urlsafe_b64encode(s):
    """Encode a bytes-like object in Base64 with '-' and '_' in place of '+' and '/'."""
    return b64encode(s).translate(_urlsafe_encode_translation)


def urlsafe_b64decode(s):
    """Decode Base64 that has '-' and '_' in place of '+' and '/'."""
    s = _bytes_from_decode_data(s)
    return b64decode(s.translate(_urlsafe_decode_translation))


# Base32

_b32alphabet = b'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
_b32hexalphabet = b'0123456789ABCDEFGHIJKLMNOPQRSTUV'
_b32tab2 = {}
_b32rev = {}

# How many characters stand for that many bytes left over.
_B32_DIGITS_OF = {1: 2, 2: 4, 3: 5, 4: 7}
# How many bytes a group stands for that has that many padding characters.
_B32_BYTES_OF = {0: 5, 1: 4, 3: 3, 4: 2, 6: 1}


def _b32encode(alphabet, s):
    pairs = _b32tab2.get(alphabet)
    if pairs is None:
        digits = [bytes((digit,)) for digit in alphabet]
        pairs = _b32tab2[alphabet] = [high + low for high in digits for low in digits]
    s = _bytes_to_encode(s)
    leftover = len(s) % 5
    if leftover:
        s = s + bytes(5 - leftover)
    chunks = []
    append = chunks.append
    number_of = int.from_bytes
    for start in range(0, len(s), 5):
        group = number_of(s[start:start + 5], 'big')
        append(pairs[group >> 30])
        append(pairs[group >> 20 & 0x3ff])
        append(pairs[group >> 10 & 0x3ff])
        append(pairs[group & 0x3ff])
    encoded = b''.join(chunks)
    if leftover:
        padding = 8 - _B32_DIGITS_OF[leftover]
        encoded = encoded[:-padding] + b'=' * padding
    return encoded


def _b32decode(alphabet, s, casefold=False, map01=None):
    values = _b32rev.get(alphabet)
    if values is None:
        values = _b32rev[alphabet] = {digit: value for value, digit in enumerate(alphabet)}
    s = _bytes_from_decode_data(s)
    if len(s) % 8:
        raise binascii.Error('Incorrect padding')
    if map01 is not None:
        s = s.translate(bytes.maketrans(b'01', b'O' + _digits_given(map01, 1)))
    if casefold:
        s = s.upper()
    digits = s.rstrip(b'=')
    padding = len(s) - len(digits)
    decoded = bytearray()
    group = 0
    for start in range(0, len(digits), 8):
        group = 0
        try:
            for digit in digits[start:start + 8]:
                group = group << 5 | values[digit]
        except KeyError:
            raise binascii.Error('Non-base32 digit found') from None
        decoded += group.to_bytes(5, 'big')
    if padding not in _B32_BYTES_OF:
        raise binascii.Error('Incorrect padding')
    if padding and decoded:
        last = (group << 5 * padding).to_bytes(5, 'big')
        decoded[-5:] = last[:_B32_BYTES_OF[padding]]
    return bytes(decoded)


def b32encode(s):
    """Encode a bytes-like object in Base32; give bytes."""
    return _b32encode(_b32alphabet, s)


def b32decode(s, casefold=False, map01=None):
    """Decode Base32, which is a bytes-like object or ASCII text; give bytes.

    Small letters are accepted only if `casefold` is true. With `map01`, the letter L or I, the
    digit 1 stands for that letter and the digit 0 for O. binascii.Error is raised for wrong
    padding and for characters outside the alphabet.
    """
    return _b32decode(_b32alphabet, s, casefold, map01)


def b32hexencode(s):
    """Encode a bytes-like object in Base32 with the extended hex alphabet; give bytes."""
    return _b32encode(_b32hexalphabet, s)


def b32hexdecode(s, casefold=False):
    """Decode Base32 of the extended hex alphabet; give bytes.

    Small letters are accepted only if `casefold` is true.
    """
    return _b32decode(_b32hexalphabet, s, casefold)


# Base16

def b16encode(s):
    """Encode a bytes-like object in Base16, hexadecimal with capital letters; give bytes."""
    return binascii.hexlify(s).upper()


def b16decode(s, casefold=False):
    """Decode Base16, which is a bytes-like object or ASCII text; give bytes.

    Small letters are accepted only if `casefold` is true. binascii.Error is raised for an odd
    length and for characters outside the alphabet.
    """
    s = _bytes_from_decode_data(s)
    if casefold:
        s = s.upper()
    if s.translate(None, delete=b'0123456789ABCDEF'):
        raise binascii.Error('Non-base16 digit found')
    return binascii.unhexlify(s)


# Base 85

_A85START = b'<~'
_A85END = b'~>'
_b85alphabet = (b'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'
                b'abcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~')
_a85tables = None
_b85tables = None
_b85dec = None


def _digits85(alphabet):
    """The digits of base 85, and all pairs of them."""
    digits = [bytes((digit,)) for digit in alphabet]
    return digits, [high + low for high in digits for low in digits]


def _85encode(b, tables, pad=False, foldnuls=False, foldspaces=False):
    import struct
    digits, pairs = tables
    b = _bytes_to_encode(b)
    padding = -len(b) % 4
    if padding:
        b = b + bytes(padding)
    chunks = []
    for word, in struct.iter_unpack('>I', b):
        if foldnuls and not word:
            chunks.append(b'z')
        elif foldspaces and word == 0x20202020:
            chunks.append(b'y')
        else:
            four = word // 85
            chunks.append(pairs[four // 7225] + pairs[four % 7225] + digits[word % 85])
    if padding and not pad:
        last = digits[0] * 5 if chunks[-1] == b'z' else chunks[-1]
        chunks[-1] = last[:-padding]
    return b''.join(chunks)


def a85encode(b, *, foldspaces=False, wrapcol=0, pad=False, adobe=False):
    """Encode a bytes-like object in Ascii85; give bytes.

    With `foldspaces` four spaces are written as 'y', as btoa does. Lines are broken after
    `wrapcol` characters, unless that is zero. With `pad` the input is filled up with zero bytes to
    a multiple of four. With `adobe` the result stands between '<~' and '~>'.
    """
    global _a85tables
    if _a85tables is None:
        _a85tables = _digits85(range(33, 118))
    result = _85encode(b, _a85tables, pad, True, foldspaces)
    if adobe:
        result = _A85START + result
    if wrapcol:
        wrapcol = max(2 if adobe else 1, wrapcol)
        lines = [result[start:start + wrapcol] for start in range(0, len(result), wrapcol)]
        # The end mark needs two columns and must not be torn apart.
        if adobe and len(lines[-1]) + 2 > wrapcol:
            lines.append(b'')
        result = b'\n'.join(lines)
    if adobe:
        result += _A85END
    return result


def a85decode(b, *, foldspaces=False, adobe=False, ignorechars=b' \t\n\r\v'):
    """Decode Ascii85, which is a bytes-like object or ASCII text; give bytes.

    With `foldspaces` 'y' stands for four spaces. With `adobe` the input must end in '~>' and may
    begin with '<~'. The bytes in `ignorechars` are skipped.
    """
    b = _bytes_from_decode_data(b)
    if adobe:
        if not b.endswith(_A85END):
            raise ValueError(f"Ascii85 encoded byte sequences must end with {_A85END!r}")
        b = b[2 if b.startswith(_A85START) else 0:-2]
    decoded = bytearray()
    group = count = 0
    # Four digits more complete the last group; what they add is cut off again.
    for digit in b + b'uuuu':
        if 33 <= digit <= 117:
            group = group * 85 + digit - 33
            count += 1
            if count == 5:
                if group > 0xffffffff:
                    raise ValueError('Ascii85 overflow')
                decoded += group.to_bytes(4, 'big')
                group = count = 0
        elif digit == 0x7a:
            if count:
                raise ValueError('z inside Ascii85 5-tuple')
            decoded += b'\0\0\0\0'
        elif foldspaces and digit == 0x79:
            if count:
                raise ValueError('y inside Ascii85 5-tuple')
            decoded += b'    '
        elif digit not in ignorechars:
            raise ValueError('Non-Ascii85 digit found: %c' % digit)
    extra = 4 - count
    if extra:
        del decoded[-extra:]
    return bytes(decoded)


def b85encode(b, pad=False):
    """Encode a bytes-like object in Base85; give bytes.

    With `pad` the input is filled up with zero bytes to a multiple of four.
    """
    global _b85tables
    if _b85tables is None:
        _b85tables = _digits85(_b85alphabet)
    return _85encode(b, _b85tables, pad)


def b85decode(b):
    """Decode Base85, which is a bytes-like object or ASCII text; give bytes."""
    global _b85dec
    if _b85dec is None:
        _b85dec = {digit: value for value, digit in enumerate(_b85alphabet)}
    b = _bytes_from_decode_data(b)
    padding = -len(b) % 5
    b = b + b'~' * padding
    decoded = bytearray()
    for start in range(0, len(b), 5):
        group = 0
        for place in range(start, start + 5):
            value = _b85dec.get(b[place])
            if value is None:
                raise ValueError(f'bad base85 character at position {place}')
            group = group * 85 + value
        if group > 0xffffffff:
            raise ValueError(f'base85 overflow in hunk starting at byte {start}')
        decoded += group.to_bytes(4, 'big')
    if padding:
        del decoded[-padding:]
    return bytes(decoded)


# Files, and lines of at most 76 characters, as in mail.

def encode(input, output):
    """Encode a binary file into another one, in lines of Base64."""
    while piece := input.read(MAXBINSIZE):
        while len(piece) < MAXBINSIZE and (more := input.read(MAXBINSIZE - len(piece))):
            piece += more
        output.write(binascii.b2a_base64(piece))


def decode(input, output):
    """Decode a binary file with lines of Base64 into another one."""
    while line := input.readline():
        output.write(binascii.a2b_base64(line))


def _input_type_check(s):
    kind = s.__class__.__name__
    try:
        view = memoryview(s)
    except TypeError as error:
        raise TypeError(f"expected bytes-like object, not {kind}") from error
    if view.format not in ('c', 'b', 'B'):
        raise TypeError(f"expected single byte elements, not {view.format!r} from {kind}")
    if view.ndim != 1:
        raise TypeError(f"expected 1-D data, not {view.ndim}-D data from {kind}")


def encodebytes(s):
    """Encode a bytes-like object into lines of Base64; give bytes."""
    _input_type_check(s)
    return b''.join([binascii.b2a_base64(s[start:start + MAXBINSIZE])
                     for start in range(0, len(s), MAXBINSIZE)])


def decodebytes(s):
    """Decode a bytes-like object with lines of Base64; give bytes."""
    _input_type_check(s)
    return binascii.a2b_base64(s)


def main():
    """Encode or decode a file, or the standard input, to the standard output."""
    import getopt
    import sys

    usage = (f"usage: {sys.argv[0]} [-h|-d|-e|-u] [file|-]\n"
             "        -h: print this help message and exit\n"
             "        -d, -u: decode\n"
             "        -e: encode (default)")
    try:
        options, arguments = getopt.getopt(sys.argv[1:], 'hdeu')
    except getopt.error as error:
        sys.stdout = sys.stderr
        print(error)
        print(usage)
        sys.exit(2)
    convert = encode
    for option, _ in options:
        if option == '-h':
            print(usage)
            return
        convert = encode if option == '-e' else decode
    if arguments and arguments[0] != '-':
        with open(arguments[0], 'rb') as file:
            convert(file, sys.stdout.buffer)
    else:
        convert(sys.stdin.buffer, sys.stdout.buffer)


if __name__ == '__main__':
    main()
