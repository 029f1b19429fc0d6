class Bad:
    def __str__(self): raise ValueError("no str")
raise SystemExit(Bad())
