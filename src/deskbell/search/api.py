"""The only door of the search index for other packages."""

from deskbell.search.index import ALL, PUBLIC, few_matching_ids, index, matching_ids, remove
from deskbell.search.lexemes import question, words

__all__ = ["ALL", "PUBLIC", "few_matching_ids", "index", "matching_ids", "question", "remove", "words"]
