import badmods.nope
