def f():
    try:
        pass
    except* E as e:
        return 1
