import sys
def a(n):
    if n == 0: raise ValueError("deep")
    a(n - 1)
sys.tracebacklimit = 2
a(5)
