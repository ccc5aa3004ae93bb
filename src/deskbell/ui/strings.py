"""Strings the browser needs: rendered once into the page, so that scripts carry no words of their own."""

from functools import cache

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup

from deskbell.ui import times


def browser_strings() -> Markup:
    """Return all strings of static/ui/js as JSON, by key; `{n}` and `{name}` are filled in by the script."""
    return _browser_strings(get_language())


@cache
def _browser_strings(_language: str | None) -> Markup:
    return htmlsafe_json_dumps(_strings())


def _strings() -> dict[str, object]:
    return {
        "relative": times.relative_patterns(),
        "draft_saving": _("Saving draft"),
        "draft_saved": _("Draft saved {time}"),
        "draft_failed": _("Draft not saved. Check the connection."),
        "copied": _("Copied"),
        "copy_failed": _("Not copied. Select the text and copy it by hand."),
        "confirm": _("Go ahead"),
        "cancel": _("Cancel"),
        "close": _("Close"),
        "remove": _("Remove {name}"),
        "invalid_address": _("{name} is not a mail address"),
        "too_large": _("{name} is larger than {size}. Send a link instead or make it smaller."),
        "upload_failed": _("{name} was not uploaded. Try again."),
        "uploading": _("Uploading {name}"),
        "offline": _("Connection lost. Trying again."),
        "request_failed": _("That did not work: the server did not answer. Try again."),
        "selected": _("{n} selected"),
        "nobody_found": _("Nobody found"),
        "link_address": _("Address of the link"),
        "their_time": _("{time} their time"),
        "toolbar": {
            "bold": _("Bold"),
            "italic": _("Italic"),
            "strike": _("Strike through"),
            "bulletList": _("Bulleted list"),
            "orderedList": _("Numbered list"),
            "blockquote": _("Quote"),
            "codeBlock": _("Code"),
            "link": _("Link"),
            "image": _("Image"),
            "table": _("Table"),
            "undo": _("Undo"),
            "redo": _("Redo"),
            "label": _("Formatting"),
        },
    }
