__all__ = ["listed", "_listed_private"]
listed = 1
_listed_private = 2
unlisted = 3
