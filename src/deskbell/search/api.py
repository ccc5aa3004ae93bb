"""The only door of the search index for other packages."""

from deskbell.search.index import ALL, PUBLIC, index, matching_ids, remove
from deskbell.search.lexemes import question, words

__all__ = ["ALL", "PUBLIC", "index", "matching_ids", "question", "remove", "words"]
