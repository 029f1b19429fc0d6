print(2 ** 3 ** "x")
