assert not [1], (1, 2)
