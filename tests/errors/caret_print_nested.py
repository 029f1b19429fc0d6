print("ok", str(len(sorted([3, "a"]))))
