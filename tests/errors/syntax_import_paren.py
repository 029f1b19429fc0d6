from sys import (path
x = 1
