print("imppkg runs", __name__)
value = 42
def __getattr__(name):
    if name == "lazy_attr": return "computed"
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
