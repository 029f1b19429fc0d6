class O:
    pass
o = O()
o.x = O()
o.x.y = None
print(o.x.y.z.w)
