# no-stress: counts what explicit collections find
import gc
gc.disable(); gc.collect()
def run(f): f(); return gc.collect()
class A: pass
def d1(): d = {}; d["self"] = d
def d2(): d = {1: {}}; d[1][2] = d
def d3(): a = A(); d = {"a": a}; a.d = d
def d4(): d = dict.fromkeys("abc"); d["a"] = [d]
def d5(): l = []; d = {"l": l}; l.append(d.items())
def d6(): l = []; l.append({"k": l}.values())
def d7(): l = []; l.append(iter(l))
def d8(): l = []; l.append(zip(l))
def d9(): l = []; l.append(map(None, l))
def d10(): l = []; l.append(enumerate(l))
def d11(): l = []; l.append(filter(None, l))
def d12(): l = []; l.append(reversed(l))
def d13(): l = []; l.append((x for x in l))
def d14(): l = []; l.append(lambda: l)
def d15(): l = []; l.append(slice(l))
def d16(): l = []; l.append(property(l))
def d17(): l = []; l.append(staticmethod(l))
def d18(): l = []; l.append(ValueError(l))
def d19(): l = []; l.append(frozenset([A()])); l.append(l)
def d20(): l = []; l.append(l.append)
def d21(): l = []; l.append(iter({"k": l}.values()))
def d22(): l = []; l.append(memoryview(bytearray(1))); l.append(l)
def d23(): l = []; l.append(super(A, A())); l.append(l)
def d24(): a = A(); a.__dict__["a"] = a; a.__dict__ = a.__dict__
def d25(): l = []; l.append({1, 2}); l.append({3: 4}); l.append((1, l)); l.append(bytearray())
for i in range(1, 26):
  if i not in (8, 9, 10, 22): print(i, run(globals()[f"d{i}"]), end="; ")
print(gc.collect())
