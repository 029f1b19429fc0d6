def gen():
    yield 1
    yield 1 / 0
def consume():
    return sum(gen())
consume()
