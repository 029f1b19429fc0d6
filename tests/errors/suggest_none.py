zzzzzzzz = 1
qwerty
