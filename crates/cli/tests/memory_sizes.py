"""Sizes beyond what there is, run with little address space: every one of these has to raise, and the next to be run."""

import array
import binascii
import codecs
import collections
import ctypes
import hashlib
import io
import itertools
import json
import marshal
import math
import mmap
import os
import pickle
import random
import re
import secrets
import socket
import struct
import sys
import time
import unicodedata
import zlib

HUGE, LARGE, MEDIUM = 10**11, 10**9, 10**8
sys.set_int_max_str_digits(0)
block = bytes(MEDIUM)
text = "a" * MEDIUM
left, right = socket.socketpair()
zero = os.open("/dev/zero", os.O_RDONLY)

ATTEMPTS = r'''
bytes(HUGE)
bytes(HUGE << 40)
bytearray(HUGE)
b"a" * HUGE
"a" * HUGE
[1] * HUGE
(1,) * HUGE
list(range(HUGE))
tuple(range(HUGE))
[*range(HUGE)]
block * 5
text * 5
text + "\U00010000"
block + block + block + block
block.hex() + block.hex()
block.hex(":")
block.replace(b"\0", b"ab")
block.join([block, block, block])
block.ljust(HUGE)
block.translate(None) + block * 3
block.decode("latin-1") + text * 3
block.decode("utf-32") * 30
(b"\xff" * MEDIUM).decode("utf-8", "backslashreplace")
b"\t".expandtabs(LARGE)
b"%1000000000d" % 1
b"%s%s%s%s" % (block, block, block, block)
repr(block)
list(block)
text.encode("utf-32")
text.encode("utf-16") * 2
text.encode("unicode_escape") * 4
text.replace("a", "bcdef")
text.replace("", "bcdef")
text.ljust(LARGE)
text.center(LARGE)
text.zfill(HUGE)
"\t".expandtabs(LARGE)
text.translate({97: "bcdef"})
text.join(["b"] * 6)
",".join([text] * 6)
text.split("a")
text.upper() * 4
text.title() + text.swapcase() + text.casefold() + text
text.splitlines()[0] + text * 3
repr(text) * 4
ascii("\U00010000" * 50_000_000)
"{:>1000000000}".format(1)
f"{1:01000000000}"
f"{1.5:.1000000000f}"
format(1, "," * 5 + text)
"%1000000000d" % 1
"%.1000000000d" % 1
"%.1000000000f" % 1.5
("%s" * 6) % ((text,) * 6)
1 << HUGE
1 << (1 << 62)
10 ** LARGE * 10 ** LARGE
7 ** LARGE
(1 << LARGE) * (1 << LARGE) * (1 << LARGE)
bin(1 << LARGE)
oct(1 << 2 * LARGE)
str(3 ** (LARGE // 10)) * 9
(1).to_bytes(HUGE, "big")
int.from_bytes(block * 2, "big") << LARGE
int(text, 16) << LARGE
math.factorial(HUGE)
math.lcm((1 << LARGE) - 1, (1 << LARGE) + 1)
sorted(range(LARGE))
set(range(LARGE))
dict.fromkeys(range(LARGE))
compile("[" + "1," * 20_000_000 + "]", "f", "exec")
compile("x = 1\n" * 10_000_000, "f", "exec")
eval("#" + text)
struct.unpack("50000000B", block[:50_000_000])
struct.pack("1000000000x")
struct.Struct("i" * 50_000_000)
list(struct.iter_unpack("B", block))
itertools.combinations(range(LARGE), 2)
itertools.combinations_with_replacement("ab", LARGE)
itertools.permutations(range(LARGE))
itertools.product("ab", repeat=LARGE)
itertools.tee([], LARGE)
list(itertools.repeat(1, HUGE))
list(itertools.count())
list(zip(range(LARGE)))
list(enumerate(range(LARGE)))
list(map(str, range(LARGE)))
re.compile("a" * 20_000_000)
re.findall("a", text)
re.split("a", text)
re.sub("a", "bcdef", text)
re.escape("." * MEDIUM) * 4
json.dumps([0] * 30_000_000) * 9
json.dumps("\0" * MEDIUM)
json.loads("[" + "0," * 30_000_000 + "0]")
pickle.dumps([text, block, text + "b", block + b"b"])
marshal.dumps([block, block + b"a", text]) * 2
collections.deque(range(LARGE))
collections.deque([0]) * LARGE
array.array("q", range(LARGE))
array.array("q", [0]) * HUGE
array.array("B", block).tolist()
repr(array.array("B", block))
zlib.compress(block, 0) + block * 3
mmap.mmap(-1, LARGE)
mmap.mmap(-1, HUGE)
left.recv(LARGE)
left.recv(HUGE)
left.recvmsg(1, LARGE)
os.read(zero, LARGE)
os.pread(zero, LARGE, 0)
os.urandom(LARGE)
os.getxattr("/", text * 3)
open("/dev/zero", "rb").read()
open("/dev/zero", "rb").read(LARGE)
open("/dev/zero", "rb").readline()
open("/dev/zero", "rb", buffering=HUGE)
open("/dev/zero", "rb", 0).read()
io.BytesIO(block).read() + block * 3
io.BytesIO(block * 2).getvalue() + io.BytesIO(block).getvalue() + block
io.StringIO(text).getvalue() * 4
io.TextIOWrapper(io.BytesIO(block)).read() * 4
memoryview(block).tolist()
memoryview(block).hex() + memoryview(block).hex()
memoryview(block)[::2].tobytes() + block * 3
random.randbytes(LARGE)
random.getrandbits(HUGE)
secrets.token_bytes(LARGE)
hashlib.shake_128(b"").digest(LARGE)
hashlib.scrypt(b"", salt=b"", n=2**20, r=8, p=1, maxmem=2**31 - 1)
binascii.b2a_base64(block) + binascii.b2a_base64(block) + block
binascii.unhexlify(text) + block * 4
codecs.escape_encode(block)
unicodedata.normalize("NFD", "é" * 50_000_000)
time.strftime("%A" * 50_000_000)
ctypes.create_string_buffer(HUGE)
(ctypes.c_int * LARGE)()
[[] for i in range(LARGE)]
[object() for i in range(LARGE)]
[bytearray(i % 300) for i in range(LARGE)]
'''

for attempt in ATTEMPTS.split("\n"):
    if attempt:
        try:
            result = eval(attempt)
        # The system's own refusal is an OSError.
        except (MemoryError, OverflowError, ValueError, OSError):
            continue
        except BaseException as error:
            print(attempt, type(error).__name__, error)
        else:
            print(attempt, "gave a result:", type(result).__name__)
            del result
print("alive")
