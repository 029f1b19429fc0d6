x = 5
if x is 5: print("yes")
print("\d")
assert (x, "always true")
