# -*- coding: nope-enc -*-
x = 1
