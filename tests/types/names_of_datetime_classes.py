# Messages name the classes of datetime and csv with their modules, as those of CPython's in C.
import csv
import datetime
import io
import operator

day = datetime.date(2020, 1, 2)
moment = datetime.datetime(2020, 1, 2)
span = datetime.timedelta(1)
clock = datetime.time(1)
zone = datetime.timezone.utc
reader = csv.reader([])
writer = csv.writer(io.StringIO())
dialect = csv.get_dialect('excel')


class Own(datetime.date):
    pass


OBJECTS = [day, moment, span, clock, zone, reader, writer, dialect, Own(2020, 1, 1)]


def t(f, *args):
    try:
        f(*args)
    except Exception as e:
        print(type(e).__name__, e)
    else:
        print('fine')


for o in OBJECTS:
    t(getattr, o, 'zzz')
    t(setattr, o, 'zzz', 1)
    t(setattr, type(o), 'zzz', 1)
    t(len, o)
    t(operator.getitem, o, 0)
    t(operator.add, o, 'x')
    t(operator.lt, o, 1)
    print(type(o).__name__, type(o).__qualname__, type(o).__module__, type(o))
t(lambda: day < clock)
t(lambda: day - 1)
t(lambda: span / 'a')
t(lambda: 1 + day)
t(lambda: sorted([day, 1]))
t(lambda: ''.join([day]))
