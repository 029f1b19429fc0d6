import circmods.a
print(circmods.a.x, circmods.a.get_y())
try: import circmods.c
except ImportError as e: print(str(e).split(" (")[0])
try: import circmods.e
except AttributeError as e: print(e)
import circmods.g
print(circmods.g.h.name)
