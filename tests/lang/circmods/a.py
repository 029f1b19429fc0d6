import circmods.b
from . import b
x = b.z + 1
def get_y(): return b.y
