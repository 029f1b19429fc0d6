# hashlib.scrypt and what hmac makes without other libraries.
import hashlib
import hmac


def tried(*args, **kwargs):
    try:
        print(hashlib.scrypt(*args, **kwargs))
    except BaseException as error:
        print(type(error).__name__, error)


tried(b"password", salt=b"NaCl", n=1024, r=8, p=16, dklen=16)
tried(b"p", salt=b"s", n=2, r=8, p=1)
tried(b"p")
tried("p", salt=b"s", n=2, r=8, p=1)
tried(b"p", salt=b"s", r=8, p=1)
tried(b"p", salt=b"s", n=2, p=1)
tried(b"p", salt=b"s", n=3, r=8, p=1)
tried(b"p", salt=b"s", n=2, r=8)
tried(b"p", salt=b"s", n=2, r=8, p=1, maxmem=-1)
tried(b"p", salt=b"s", n=2, r=8, p=1, dklen=0)
tried(b"p", salt=b"s", n=2**20, r=8, p=1)
tried(b"p", salt=b"s", n=2, r=0, p=1)
tried(b"p", salt=b"s", n=2.0, r=8, p=1)
tried(b"p", salt=b"s", n=-2, r=8, p=1)
old = hmac.HMAC.__new__(hmac.HMAC)
old._init_old(b"key", b"message", digestmod="sha256")
print(old.hexdigest(), old._hmac)
