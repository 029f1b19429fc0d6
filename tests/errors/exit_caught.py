import sys
try:
    sys.exit("msg")
except SystemExit as e:
    print(e.code, e.args, repr(e))
e = SystemExit(); print(e.code); e.code = 9
raise e
