try:
    eval("(")
except SyntaxError as e:
    print(e.msg, e.lineno, e.offset, e.text, e.filename, e.end_lineno, e.end_offset, e.args)
raise SyntaxError("made by hand", ("file.py", 3, 5, "some text here\n", 3, 9))
