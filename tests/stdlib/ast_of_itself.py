"""Trees that contain themselves: whoever walks them down ends by an exception."""

import ast

tree = ast.parse("a + b")
tree.body[0].value.right = tree.body[0].value
for attempt in (ast.fix_missing_locations, ast.dump, ast.unparse, lambda t: compile(t, "f", "exec")):
    try:
        print(attempt(tree))
    except RecursionError as error:
        print(type(error).__name__)
