from circmods.c import w
v = 2
