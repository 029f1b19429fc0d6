class A:
    class B:
        def m(self): raise ValueError("here")
        @classmethod
        def c(cls): cls().m()
        @staticmethod
        def s(): A.B.c()
A.B.s()
