def key(v):
    return v["missing"]
data = [{"a": 1}]
print(sorted(data, key=lambda d: d["a"]))
sorted(data, key=key)
