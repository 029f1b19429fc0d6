import sys
class Collected:
    def __init__(self): self.parts = []
    def write(self, text): self.parts.append(text)
    def flush(self): pass
    def __del__(self):
        text = "".join(self.parts)
        print(text.replace(__file__.rpartition("/")[0] + "/", ""), end="")
sys.stderr = Collected()
1 / 0
