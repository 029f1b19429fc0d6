code = """
def inner():
    raise ValueError("from exec")

inner()
"""
exec(code)
