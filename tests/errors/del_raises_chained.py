class D:
    def __del__(self):
        try:
            1 / 0
        except ZeroDivisionError as e:
            raise RuntimeError("chained in del") from e
D()
print("after")
