import csv, datetime, marshal, pickle, traceback, zlib
def shown(f):
    try: f()
    except Exception as e: print(type(e).__name__, [x.name for x in traceback.extract_tb(e.__traceback__)])
shown(lambda: csv.reader(5)); shown(lambda: zlib.decompress(b'x')); shown(lambda: marshal.loads(b'')); shown(lambda: pickle.loads(b'x'))
shown(lambda: datetime.timedelta(days=10**10)); shown(lambda: datetime.time(25))
datetime.date(2020, 13, 1)
