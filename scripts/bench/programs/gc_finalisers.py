"""Objects with __del__, freed by count and in circles."""
deaths = 0
class Mortal:
    def __init__(self, other=None):
        self.other = other
    def __del__(self):
        global deaths
        deaths += 1
def main():
    for i in range(900_000):
        Mortal(Mortal())
    for i in range(300_000):
        a = Mortal()
        a.other = Mortal(a)
import gc
main()
gc.collect()
print(deaths)
