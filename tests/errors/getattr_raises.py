class A:
    def __getattr__(self, n):
        raise AttributeError(f"custom {n}")
A().foo
