i = 0
while i < 3:
    print(i); i += 1
else:
    print("done", i)
while True:
    i += 1
    if i == 5: continue
    if i > 6: break
    print("loop", i)
else:
    print("never")
while i:
    i -= 1
    while True:
        break
    else:
        print("never")
    if i % 2: continue
    print("even", i)
else:
    print("else runs")
while 0: print("never")
else: print("else of while 0")
def f():
    n = 0
    while True:
        n += 1
        while n < 10:
            n += 3
            if n == 7: break
        else:
            return n
print(f())
def g(limit):
    out = []
    while (limit := limit - 1) >= 0:
        try:
            if limit == 3: continue
            if limit == 1: break
        finally:
            out.append(limit)
    else:
        out.append("else")
    return out
print(g(6), g(0), g(1))
