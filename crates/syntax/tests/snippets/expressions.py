a, *b = c = 1, 2
x = (y := 3) if not a else -b ** +c
f(a, *b, c=1, *d, **e)(g for g in h)[1:2, ::3, *i].j
lambda a, /, b=1, *c, d, e=2, **k: (yield)
[x async for x in y if z for w in v]
{a: b, **c}, {a, *b}, {}, {k: v for k, v in i}, ()
a < b <= c is not d not in e in f == g != h
a | b ^ c & d << e >> f + g - h * i / j // k % l @ m
a and b and c or d or (e or f)
1_000, 0xFF, 0o17, 0b11, 1.5e-3, .5, 1e100, 2j, 123456789012345678901234567890
None, True, False, ..., await z
(a)(b), (a, b).c, [*a, b], (yield from x)
