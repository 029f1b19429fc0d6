import sys
class D:
    def __del__(self): sys.exit(3)
D()
print("status is zero")
