[(a := 1) for x in y for a in z]
