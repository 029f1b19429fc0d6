class P: __match_args__ = ("x",)
def m(v):
    match v:
        case P(1, 2):
            return "two"
m(P())
