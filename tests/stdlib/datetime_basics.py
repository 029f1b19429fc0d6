from datetime import *
import pickle
d=datetime(2024,2,29,12,30,5,123); print(d, repr(d), d.isoformat(), d+timedelta(days=366), d.strftime('%Y-%m-%d %H:%M:%S.%f %j %A'), d.isocalendar(), d.weekday())
print(timedelta(days=-1,hours=5.5), repr(timedelta(1.5)), timedelta(1)/7, timezone(timedelta(hours=2)), datetime(2020,1,1,tzinfo=UTC).astimezone(timezone(timedelta(hours=-5))))
print(datetime.fromisoformat('2024-W05-3T10:20:30.5+02:00'), date.fromisocalendar(2024,1,1), time.fromisoformat('04:05Z'))
print(pickle.loads(pickle.dumps(d))==d, hash(d)==hash(datetime(2024,2,29,12,30,5,123)))
for e in ("date(2023,2,29)","timedelta(10**10)","datetime(2020,1,1)-datetime(2020,1,1,tzinfo=UTC)"):
    try: print(eval(e))
    except Exception as x: print(type(x).__name__, x)
for e in ("date(0,1,1)","date(2020,13,1)","time(25)","datetime.max+timedelta(1)","datetime(2020,1,1)<date(2020,1,1)","timezone(timedelta(1))","datetime(2020,1,1,tzinfo=3)","date.fromordinal(0)","time(1,tzinfo=UTC)<time(2)","datetime.fromisoformat('x')","timedelta(999999999)+timedelta(1)","datetime.fromtimestamp(86400*365.25,UTC)","timedelta(1)//timedelta(hours=5), timedelta(1)%timedelta(hours=5), divmod(timedelta(1),timedelta(hours=5))", "f'{d:%H}', d.ctime(), d.timetuple()[:6], d.replace(year=2020), d.date(), d.time()", "timedelta(seconds=1.5)*2.5, -timedelta(1), abs(timedelta(-1)), timedelta(minutes=90).total_seconds()"):
    try: print(eval(e))
    except Exception as x: print(type(x).__name__, x)
