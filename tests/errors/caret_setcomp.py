x = {[] for _ in range(1)}
