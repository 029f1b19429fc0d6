n = int("12a") + 1
