import sys
sys.stdout.write("no newline")
sys.stderr.write("to stderr\n")
sys.exit(2)
