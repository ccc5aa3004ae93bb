"""The only door of the search index for other packages."""

from deskbell.search.documents import BulkDocument, bulk_documents
from deskbell.search.findables import DESK, PORTAL, Findable, Shown, findables_of, register_findable
from deskbell.search.index import index, place, remove
from deskbell.search.marking import Marker
from deskbell.search.matching import few_ids, matches
from deskbell.search.models import SearchDocument
from deskbell.search.question import Filter, Question, read
from deskbell.search.ranking import MOST_RANKED, Ranked, Scope, ranked
from deskbell.search.results import Found, Hit, Marked, Part
from deskbell.search.vocabulary import write_vocabulary

__all__ = [
    "DESK",
    "MOST_RANKED",
    "PORTAL",
    "BulkDocument",
    "Filter",
    "Findable",
    "Found",
    "Hit",
    "Marked",
    "Marker",
    "Part",
    "Question",
    "Ranked",
    "Scope",
    "SearchDocument",
    "Shown",
    "bulk_documents",
    "few_ids",
    "findables_of",
    "index",
    "matches",
    "place",
    "ranked",
    "read",
    "register_findable",
    "remove",
    "write_vocabulary",
]
