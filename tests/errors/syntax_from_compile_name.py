compile("if x\n", "my file.py", "exec")
