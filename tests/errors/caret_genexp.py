x = sum(v["k"] for v in [1])
