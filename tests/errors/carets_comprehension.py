data = [1, 2, 0]
r = [10 / x for x in data if x is not None]
