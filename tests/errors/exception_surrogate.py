raise ValueError("bad \ud800 char")
