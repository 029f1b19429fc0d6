"""What programs do with URLs: `urllib.parse` takes them apart and puts them together.

Modules that are not here (`urllib.request` and its like) are found in a CPython library on the path.
"""

import sys

__path__.extend(f"{folder}/urllib" for folder in sys.path if folder)
del sys
