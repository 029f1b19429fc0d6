"""What a list.sort says whose functions change the list."""
import functools
acts={k:eval('lambda L: '+k) for k in ['L.append(3)','(L.append(3),L.pop())','(L.append(3),L.clear())','(L.append(3),L.__delitem__(slice(None)))','(L.append(3),L.__delitem__(0))','L.clear()','L.__init__()','L.__init__([1])','(L.__init__([1]),L.__init__())','L.reverse()','L.sort()','L.extend([])','L.extend(L)','L.extend(iter([]))','L.__iadd__([])','L.__imul__(0)','L.__imul__(5)','L.__setitem__(slice(None),[])','L.__setitem__(slice(0,0),[1])','L.__setitem__(slice(None,None,2),[])','(L.append(1),L.remove(1))','(L.append(1),L.__imul__(0))','(L.append(1),L.__setitem__(slice(None),[]))','(L.append(1),L.pop(0))','(L.extend([1,2]),L.pop(),L.pop())','L.insert(0,1)','L.copy()','len(L)','(L.append(1),L.sort(),L.clear())','L.__setitem__(slice(None),L)','L.__delitem__(slice(None))','L.__delitem__(slice(None,None,-1))','(L.append(1),L.__delitem__(slice(None,None,-1)))','(L.append(1),L.__delitem__(slice(0,1)))','(L.extend([1,2]),L.__delitem__(slice(None,None,2)),L.pop())','(L.extend([1,2]),L.__delitem__(slice(None,None,2)),L.__delitem__(slice(None,None,2)))']}
for n,a in acts.items():
    for how in 'key','cmp':
        L=[3,1,2]
        def key(x): a(L); return x
        def cmp(x,y): a(L); return (x>y)-(x<y)
        try: L.sort(key=key if how=='key' else functools.cmp_to_key(cmp)); r='fine'
        except Exception as e: r=repr(e)
        print(n,how,r,L)
