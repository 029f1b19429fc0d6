@deco
class C(Base, metaclass=M):
    "doc"
    x: int = 1
    def m(self, v):
        self.a = v
        self.b, self.__c = v
        return super().m(v) + super().attr + super(C, self).n
    def cls(self):
        return __class__
