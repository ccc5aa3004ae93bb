"""The only door of the bench for the command line."""

from deskbell.bench.databases import Server
from deskbell.bench.figures import DeskFigures
from deskbell.bench.measuring import CASES, Wishes, ensure_loaded, measure_desk, write_json
from deskbell.bench.remote import Access, measure_url
from deskbell.bench.report import machine, markdown, show
from deskbell.bench.sizes import SIZES
from deskbell.bench.trouble import BenchError

__all__ = [
    "CASES",
    "SIZES",
    "Access",
    "BenchError",
    "DeskFigures",
    "Server",
    "Wishes",
    "ensure_loaded",
    "machine",
    "markdown",
    "measure_desk",
    "measure_url",
    "show",
    "write_json",
]
