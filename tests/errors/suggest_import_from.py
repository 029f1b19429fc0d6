from sys import getrefcont
