"""Moments from what clocks count and back, in zones with and without summer time."""
from datetime import *
import os,time
for tz in ("UTC", "CET-1CEST,M3.5.0,M10.5.0/3", "EST5EDT,M3.2.0,M11.1.0", "IST-5:30"):
    os.environ["TZ"]=tz; time.tzset()
    for s in (0,1.5,-1,1e9,1698541199,1698541200,1698544800,1698548400,1711846800,1711850400,1699164000,1699167600,1699171200,1325239200,1325325600,-62135596800+86400*2,253402300799-86400*3, 4e9, 1e-7, 0.9999999,-0.5):
        try:
            d=datetime.fromtimestamp(s); print(tz,s,repr(d),d.timestamp(),datetime.fromtimestamp(s,timezone.utc), date.fromtimestamp(s), d.astimezone().isoformat())
        except Exception as e: print(tz,s,type(e).__name__,e)
    for s in (253402300799,253402300800,-62135596800,-62135596801,1e18,1e30,float('inf'),float('nan'),2**70):
        for f in (lambda: datetime.fromtimestamp(s), lambda: datetime.fromtimestamp(s,timezone.utc)):
            try: print(tz,s,repr(f()))
            except Exception as e: print(tz,s,type(e).__name__,e)
class M(datetime): pass
print(type(M.now()).__name__, type(M.fromtimestamp(0)).__name__, abs((datetime.now()-datetime.fromtimestamp(time.time())).total_seconds())<1)
