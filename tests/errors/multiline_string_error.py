x = """line one
line two""" + 5
