s = "abc".upper().lower().nope().title()
