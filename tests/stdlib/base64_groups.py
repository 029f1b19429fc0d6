# Every length and remainder of the encodings, characters that are no digits at every place, strict decoding.
import base64
import binascii
import hashlib

data = bytes((i * 37 + 11) % 256 for i in range(300))
digest = hashlib.sha256()
for n in [*range(40), 255, 256, 257, 298, 299, 300]:
    part = data[:n]
    for encode, decode in (
        (base64.b64encode, base64.b64decode),
        (base64.urlsafe_b64encode, base64.urlsafe_b64decode),
        (base64.b16encode, base64.b16decode),
        (base64.b32encode, base64.b32decode),
        (base64.a85encode, base64.a85decode),
        (base64.b85encode, base64.b85decode),
        (binascii.hexlify, binascii.unhexlify),
        (binascii.b2a_base64, binascii.a2b_base64),
        (base64.encodebytes, base64.decodebytes),
    ):
        text = encode(part)
        digest.update(text + b";")
        if decode(text) != part:
            print("wrong", encode.__name__, n)
        if decode is not base64.decodebytes and decode(text.decode()) != part:
            print("wrong as text", encode.__name__, n)
print(digest.hexdigest())
for n in range(9):
    print(base64.b64encode(data[:n]), base64.a85encode(data[:n], pad=True), base64.b85encode(data[:n]), base64.a85encode(bytes(n) + b"    "[:n], foldspaces=True))
for text in (b"QUJD\nREVG", b"\nQUJDREVG\n\n", b"QUJD!REVG", b"QUJDR", b"QUJDRE", b"QUJDREU", b"QUJDRA==", b"QUJDRA=", b"QUJDRA==QUJD", b"QU=JD", b"=QUJD", b"QUJD====",
             b"QUJD=", b"", b"=", b"\xff\xfeQUJD", b"QUJDQUJDQUJ-", b"QUJDQUJDQ=UJ", b"AAAAA", b"A A A A", b"A\nA\nA\nA\nB"):
    for strict in False, True:
        try:
            print(text, strict, binascii.a2b_base64(text, strict_mode=strict))
        except binascii.Error as error:
            print(text, strict, error)
for wrong in "QUJD\xe9", 5, None, memoryview(b"QUJD"), bytearray(b"QUJDRA=="), memoryview(b"QxUxJxDx")[::2]:
    try:
        print(binascii.a2b_base64(wrong))
    except (TypeError, ValueError, BufferError) as error:
        print(type(error).__name__, error)
for wrong in "abc", 5, memoryview(b"abcd")[::2], bytearray(b"ab"):
    try:
        print(binascii.b2a_base64(wrong), binascii.hexlify(wrong), binascii.hexlify(wrong, ":"), binascii.hexlify(wrong, "-", 0))
    except (TypeError, ValueError, BufferError) as error:
        print(type(error).__name__, error)
print([binascii.hexlify(data[:n], "_", every) for n in (0, 1, 5) for every in (-3, -2, 0, 2, 3)])
