import sys
print("to err", file=sys.stderr)
print("to out")
print("more", "err", sep="-", end="!\n", file=sys.stderr)
sys.stderr.write("written\n")
