from badmods.holder import value, valu
