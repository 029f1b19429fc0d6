"""The public names of `pickle`, where programs look for those of its accelerator."""

from pickle import (PickleBuffer, PickleError, Pickler, PicklingError, Unpickler, UnpicklingError,
                    dump, dumps, load, loads)
