a = [(1, 2) (3, 4)] if 0 else 1
b = "abc"["x"] if 0 else 2
c = 0x1for x in y if 0 else 3
