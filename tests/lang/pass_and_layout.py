pass
if 1: pass; pass
def f(): pass
class C: pass
class D: x = 1; y = 2
for i in (): pass
else: pass
while 0: pass
try: pass
finally: pass
with open("/dev/null"): pass
def g(): ...
class E: ...
def h(): "only docstring"
print(f(), g(), h(), h.__doc__, D.y)
if 1:
	x = "tab"
print(x)
if 1:
  if 1:
      if 1: print("odd indents")
  print("dedent")
x = [
1,
    2,
        ]; print(x)
def many(a,
         b=1,
         *args,
         c,
         **kw,
         ): return a, b, args, c, kw
print(many(1, c=2))
print("a"
      # comment inside
      "b")

# blank and comment lines


def after(): return "ok"  # trailing
print(after())
if True: print("one"); print("two")
class F: a = 1; b = a + 1; print(b)
x = 1;
print(x);
y = (yield_ := 3,
     )
print(y)
if x == 1 and \
   y == (3,):
    print("continued")
def deep():
    if 1:
        for i in range(1):
            while 1:
                try:
                    with open("/dev/null"):
                        return "deep"
                finally:
                    pass
print(deep())
lambda: (yield)
assert True; del x; x = 2; print(x)
