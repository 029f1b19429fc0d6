import circmods.e as e
print(e.q)
