from circmods import f
q = 1
