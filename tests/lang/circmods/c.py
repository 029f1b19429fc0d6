from circmods.d import v
w = 1
