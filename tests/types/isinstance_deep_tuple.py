t = int
for i in range(100): t = (str, t)
print(isinstance(1, t), issubclass(int, t))
for i in range(100000): t = (t,)
try: print(isinstance(1, t))
except RecursionError as e: print("RecursionError")
try: print(issubclass(int, t))
except RecursionError as e: print("RecursionError")
