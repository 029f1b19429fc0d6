def run():
    out = []
    for i in range(4):
        try:
            if i == 1: continue
            for j in range(4):
                try:
                    if j == 1: continue
                    if j == 3: break
                    out.append((i, j))
                finally:
                    out.append(f"f{i}{j}")
            else:
                out.append("never")
            if i == 2: break
        finally:
            out.append(f"F{i}")
    else:
        out.append("never")
    return out
print(run())
def ret_in_loop():
    for i in range(10):
        for j in range(10):
            try:
                if i * j == 6: return i, j
            finally:
                last = (i, j)
print(ret_in_loop())
def break_in_finally():
    for i in range(3):
        try:
            raise ValueError(i)
        finally:
            break
    return "swallowed", i
print(break_in_finally())
def continue_in_finally():
    n = 0
    for i in range(3):
        try:
            raise ValueError(i)
        finally:
            n += 1
            continue
    return n
print(continue_in_finally())
def return_overrides():
    for i in range(3):
        try:
            return "try"
        finally:
            return "finally"
print(return_overrides())
def break_overrides_return():
    while True:
        try:
            return "try"
        finally:
            break
    return "after"
print(break_overrides_return())
def with_in_loop():
    class C:
        def __enter__(s): out.append("in"); return s
        def __exit__(s, *a): out.append("out")
    out = []
    for i in range(3):
        with C():
            if i == 0: continue
            if i == 2: break
            out.append(i)
    return out
print(with_in_loop())
