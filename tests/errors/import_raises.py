import badmods.raising
