v = 5 if {}["x"] else 6
