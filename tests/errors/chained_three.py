try:
    try:
        try:
            1 / 0
        except ZeroDivisionError as e:
            raise KeyError("two") from e
    except KeyError:
        raise IndexError("three")
except IndexError as e:
    raise TypeError("four") from e
