exec(compile("\n\n1/0", "some_file.py", "exec"))
