from . import g
name = "h"
