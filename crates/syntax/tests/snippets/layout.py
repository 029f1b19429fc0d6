if a:
	b
	if c: # comment
		d

    # another
	e = (
  1,
 2)
f = \
    g
class é: x
