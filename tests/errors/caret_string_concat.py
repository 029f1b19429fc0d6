msg = "value: " + 5 + " end"
