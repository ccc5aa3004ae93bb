"""Files whose text could not be read: why, how many, and once more."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import ngettext

from deskbell.console import navigation, pages
from deskbell.console.gate import READS, WRITES, console_page, viewer_of
from deskbell.tickets import api as tickets


@console_page(*navigation.TICKETS, desk_wide=True, methods=READS)
def unread_files(request: HttpRequest) -> HttpResponse:
    """Numbers by reason alone: names of files belong to departments."""
    viewer = viewer_of(request)
    return pages.render(request, viewer, "console/tickets/unread_files.html", {"rows": tickets.unread_files(viewer)})


@console_page(*navigation.TICKETS, desk_wide=True, methods=WRITES)
def unread_files_again(request: HttpRequest) -> HttpResponse:
    """Read those of one reason once more, after a limit was raised or a disk put back."""
    state, _slash, problem = request.POST.get("reason", "").replace("\x00", "").partition("/")
    count = tickets.read_failed_again(viewer_of(request), state, problem)
    text = ngettext("%(num)d file is being read again.", "%(num)d files are being read again.", count)
    return pages.done(request, reverse("console:unread_files"), text % {"num": count})
