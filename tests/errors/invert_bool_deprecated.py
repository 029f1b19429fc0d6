print(~True)
x = False
print(~x)
