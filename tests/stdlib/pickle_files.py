"""pickle.dump and load with files: where the file stands afterwards, what is written at once."""
import io
import os
import pickle
import tempfile


class Thing:
    def __init__(self, name):
        self.name = name

    def __eq__(self, other):
        return self.name == other.name


values = [None, 1, "text", [1, 2, {"a": (1.5, b"x")}], Thing("t"), {"big": "y" * 5000}, "z" * 200000, set("ab") == {"a", "b"},
          list(range(300))]
for protocol in range(6):
    file = io.BytesIO()
    ends = []
    for value in values:
        pickle.dump(value, file, protocol)
        ends.append(file.tell())
    file.write(b"rest")
    file.seek(0)
    back = []
    stops = []
    for _ in values:
        back.append(pickle.load(file))
        stops.append(file.tell())
    print(protocol, back == values, stops == ends, file.read(), ends == sorted(ends))


class Writes:
    def __init__(self):
        self.pieces = []

    def write(self, data):
        self.pieces.append(bytes(data))
        return len(data)


for value in ([1, 2], "x" * 70000, ["y" * 1000] * 3, [str(i) * 30 for i in range(3000)]):
    writes = Writes()
    pickle.dump(value, writes)
    print(pickle.loads(b"".join(writes.pieces)) == value, b"".join(writes.pieces) == pickle.dumps(value))


class Reads:
    """What a file has to have, and no more."""

    def __init__(self, data):
        self.file = io.BytesIO(data)

    def read(self, size=-1):
        return self.file.read(size)

    def readline(self):
        return self.file.readline()


print(pickle.load(Reads(pickle.dumps([1, "a"]))))

with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, "data")
    with open(path, "wb") as file:
        for value in values:
            pickle.dump(value, file)
    with open(path, "rb") as file:
        print([pickle.load(file) == value for value in values])
        try:
            pickle.load(file)
        except EOFError as error:
            print("EOFError", error)
    with open(path, "r+b") as file:
        print(pickle.load(file), pickle.load(file))
    with open(path, "rb", buffering=0) as file:
        print(pickle.load(file), pickle.load(file))
read, write = os.pipe()
with open(read, "rb") as source, open(write, "wb") as sink:
    pickle.dump("piped", sink)
    pickle.dump("again", sink)
    sink.flush()
    print(pickle.load(source), pickle.load(source))

for data in (b"", b"\x80", b"\x80\x04", b"\x80\x04\x95", b"\x80\x04K", b"\x80\x04]", b"\x80\x04K\x01"):
    file = io.BytesIO(data)
    try:
        print(pickle.load(file))
    except (EOFError, pickle.UnpicklingError) as error:
        print(type(error).__name__)
print(pickle.loads(bytearray(pickle.dumps([1]))), pickle.loads(memoryview(pickle.dumps([2]))))
for wrong in (lambda: pickle.dump(1, object()), lambda: pickle.dump(1, io.BytesIO(), 9), lambda: pickle.load(object())):
    try:
        wrong()
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
try:
    pickle.dump(lambda: 0, io.BytesIO())
except (AttributeError, pickle.PicklingError) as error:
    print(type(error).__name__, str(error).partition(" at ")[0])
