class Quit(SystemExit):
    def __str__(self): return "quit str"
raise Quit("code text")
