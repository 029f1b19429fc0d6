def first(): raise KeyError("k")
def second():
    try:
        first()
    except KeyError:
        raise ValueError("while handling")
second()
