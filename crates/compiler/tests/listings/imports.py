from __future__ import annotations
import a.b.c, d as e, f.g.h as i
from . import j
from ..k import l as m, n
from o import *
p: a.b[c] = 1
