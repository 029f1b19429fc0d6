import sys
try:
    sys.exit(1)
finally:
    raise ValueError("instead")
