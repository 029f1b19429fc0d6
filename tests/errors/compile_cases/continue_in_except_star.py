while x:
    try:
        pass
    except* E:
        if y:
            continue
