for i in range(3):
    for j in 5:
        pass
