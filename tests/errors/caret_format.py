msg = "{} {}".format(1)
