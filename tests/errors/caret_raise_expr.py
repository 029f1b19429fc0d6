raise ValueError("a" + str(1), int("b"))
