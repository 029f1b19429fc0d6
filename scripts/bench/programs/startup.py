"""Starting the interpreter, many times less than anything else it does."""
print("started")
