from .. import value as up
from ..mod_a import name as sibling
from imppkg import __name__ as top
public = "public name"
_private = 1
