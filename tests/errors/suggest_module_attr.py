import sys
sys.getrefcout([])
