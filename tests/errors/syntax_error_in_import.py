import badmods.broken
