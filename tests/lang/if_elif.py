def classify(n):
    if n < 0:
        return "neg"
    elif n == 0:
        return "zero"
    elif n < 10:
        if n % 2:
            return "small odd"
        else:
            return "small even"
    else:
        return "big"
print([classify(n) for n in (-1, 0, 3, 4, 11)])
if 1: print("one line"); print("two")
if 0: print("never")
elif 1: print("elif line")
else: print("never")
if []:
    pass
elif "":
    pass
else:
    print("else")
if True:
    if False:
        print("no")
    else: print("dangling ok")
x = 5
if x > 3 and x < 10 or x == 100: print("cond")
if not (x is None): print("not none")
if (y := x * 2) > 9: print("y", y)
if __debug__: print("debug")
if None: print(1)
if 0.0: print(1)
if "0": print("nonempty")
if ...: print("ellipsis")
