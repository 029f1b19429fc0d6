from . import deep as _d
shared = "from sub"
