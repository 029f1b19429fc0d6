def f():
    variable_one = 1
    return variable_on
f()
