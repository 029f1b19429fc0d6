class Base:
    def __init_subclass__(cls): raise TypeError("no subclassing")
class Sub(Base):
    pass
