import badmods.holder.deeper
