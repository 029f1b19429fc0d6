print(x[*a:1])
