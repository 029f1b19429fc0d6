class Outer:
    class Inner(Exception): pass
Outer.Inner.__module__ = "some.module"
raise Outer.Inner("qualified")
