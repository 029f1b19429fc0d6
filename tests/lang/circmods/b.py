import circmods.a
z = 10
y = "y of b"
