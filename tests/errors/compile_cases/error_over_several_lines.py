x = (1,
     2); break
