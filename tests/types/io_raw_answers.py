# What raw files may answer to readinto().
import io


class Raw(io.RawIOBase):
    def __init__(self, answer):
        self.answer = answer

    def readable(self):
        return True

    def readinto(self, view):
        view[:] = b"." * len(view)
        return self.answer


for answer in (-1, 0, 3, 100, 2 ** 70, "a", None, True):
    try:
        print(io.BufferedReader(Raw(answer), 8).read(4))
    except Exception as error:
        print(type(error).__name__, error, repr(error.__cause__))
