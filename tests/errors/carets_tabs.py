if True:
	x = {"k": 1}
	print(x["k"], x["zz"])
