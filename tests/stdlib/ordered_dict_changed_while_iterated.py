"""Iterators of an OrderedDict that is changed."""
from collections import OrderedDict
import collections
acts={k:eval('lambda d: '+k) for k in ['d.popitem()','d.clear()','[d.popitem() for _ in list(d)]','[d.popitem(False) for _ in list(d)]','[d.pop(k) for k in list(d)]','[d.__delitem__(k) for k in list(d)]','(d.clear(),d.update(a=1))','(d.clear(),d.update({5:5,6:6,7:7}))','(d.clear(),d.update({0:1,1:2,2:3}))','(d.clear(),d.clear())','d.__init__()','d.__init__({9:9})','d.update({1:3})','d.setdefault(1)','d.setdefault(8)','d.move_to_end(0)','d.move_to_end(2)','d.move_to_end(2,False)','d.__ior__({})','d.__ior__({1:1})','d.__ior__({7:7})',]}
for n,a in acts.items():
  for it in 'iter(d)','reversed(d)','iter(d.values())','iter(d.items())','reversed(d.items())':
    for when in 0,1,3:
      for size in 3,1:
        if n.startswith('dict.') and (size!=3 or 'v' in it or 'items' in it): continue
        d=OrderedDict((i,i) for i in range(size))
        i=eval(it); out=[]
        try:
            for _ in range(when): out.append(next(i))
            try: a(d)
            except Exception as e: out.append('A '+repr(e))
            for _ in range(9): out.append(next(i))
        except Exception as e: out.append(repr(e))
        for _ in range(2):
            try: out.append(next(i))
            except Exception as e: out.append(repr(e))
        print(n,it,when,size,out)
