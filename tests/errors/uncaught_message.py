class MyError(Exception):
    def __str__(self):
        return "custom\nmultiline message"
raise MyError(1, 2)
