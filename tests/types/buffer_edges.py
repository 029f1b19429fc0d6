# Edges of bytes in numbers and of arrays that grow by themselves.
import array


def attempt(function, *args, **keywords):
    try:
        print(repr(function(*args, **keywords)))
    except Exception as error:
        print(type(error).__name__, error)


# The message shows the bytes, not the object that has them.
for text in (b"\xff", bytearray(b"q"), memoryview(b"q")):
    attempt(int, text)
attempt(int, bytearray(b"zz"), 16)

# -1 is all sign: it needs no byte.
for number in (0, -1, 1, -2, -(2**64)):
    for signed in (False, True):
        attempt(number.to_bytes, 0, "big", signed=signed)

# An array is exported while it is added to itself; adding nothing resizes nothing.
for start in (b"", b"ab"):
    grown = bytearray(start)
    try:
        grown += grown
    except BufferError as error:
        print(error)
    print(grown)
held = bytearray(b"xy")
view = memoryview(held)
held += b""
held.extend(b"")
try:
    held += b"z"
except BufferError as error:
    print(error)
print(held, view.tolist())

# The items are asked for before the typecode is looked at.
for items in (5, None, [1], "a", b"a", {}, iter([]), object()):
    attempt(array.array, "z", items)
attempt(array.array, "i", iter([1, 2]))
