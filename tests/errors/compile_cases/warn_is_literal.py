x is 1
x is not "a"
() is x
x is -1
None is x
x is 1 is 2
