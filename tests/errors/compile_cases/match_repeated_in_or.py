match x:
    case [a, (0 as a) | (1 as a)]:
        pass
