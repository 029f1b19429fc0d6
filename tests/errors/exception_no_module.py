E = type("Dyn", (ValueError,), {})
E.__module__ = None
raise E("odd")
