"""The only door of the search index for other packages."""

from deskbell.search.bulk import BulkDocument, Pieces, bulk_documents
from deskbell.search.codes import unpacked
from deskbell.search.common import learn
from deskbell.search.findables import (
    DESK,
    PORTAL,
    FilterHelp,
    Find,
    Findable,
    Shown,
    findables_of,
    mark_pieces,
    register_findable,
)
from deskbell.search.index import index, place, remove
from deskbell.search.languages import EVERYWHERE, evidence
from deskbell.search.marking import Marker
from deskbell.search.models import SearchDocument
from deskbell.search.packing import pack, pack_words, packing_settings
from deskbell.search.question import Filter, Question, read
from deskbell.search.ranking import MOST_RANKED, Ranked, Scope, allowed, newest_ids, ranked
from deskbell.search.rebuilding import Health, Source, health, rebuild, register_source, sources
from deskbell.search.results import Found, Hit, Marked, Part
from deskbell.search.vocabulary import write_vocabulary

__all__ = [
    "DESK",
    "EVERYWHERE",
    "MOST_RANKED",
    "PORTAL",
    "BulkDocument",
    "Filter",
    "FilterHelp",
    "Find",
    "Findable",
    "Found",
    "Health",
    "Hit",
    "Marked",
    "Marker",
    "Part",
    "Pieces",
    "Question",
    "Ranked",
    "Scope",
    "SearchDocument",
    "Shown",
    "Source",
    "allowed",
    "bulk_documents",
    "evidence",
    "findables_of",
    "health",
    "index",
    "learn",
    "mark_pieces",
    "newest_ids",
    "pack",
    "pack_words",
    "packing_settings",
    "place",
    "ranked",
    "read",
    "rebuild",
    "register_findable",
    "register_source",
    "remove",
    "sources",
    "unpacked",
    "write_vocabulary",
]
