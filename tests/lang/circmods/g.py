from . import h
name = "g"
