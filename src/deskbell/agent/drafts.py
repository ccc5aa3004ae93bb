"""What the composer begins with: the draft kept on the server, or whom the answer goes to."""

from __future__ import annotations

from typing import Any

from deskbell.kernel.api import Viewer
from deskbell.tickets import api as tickets

MEGABYTE = 1024 * 1024


def composer(viewer: Viewer, page: tickets.TicketPage, *, mode: str | None = None) -> dict[str, Any]:
    """Context of agent/composer.html. mode: reply or note; None takes that of the newest draft."""
    held = {name.removeprefix("ticket.") for name in page.may}
    drafts = sorted(page.drafts.values(), key=lambda draft: draft.updated_at, reverse=True)
    draft = drafts[0] if drafts else None
    if mode is not None:
        kind = tickets.MessageKind.NOTE if mode == "note" else tickets.MessageKind.PUBLIC
        draft = page.drafts.get(kind)
    elif draft is not None:
        mode = "note" if draft.kind == tickets.MessageKind.NOTE else "reply"
    fields = draft.fields if draft else {}
    to, cc = recipients(page)
    return {
        "mode": mode or ("reply" if "work" in held else "note"),
        "can_reply": "work" in held,
        "can_note": "note" in held,
        "draft": draft,
        "draft_text": draft.text if draft else "",
        "draft_html": draft.html if draft else "",
        "to": fields.get("to", to),
        "cc": fields.get("cc", cc),
        # A draft begun before the newest message must still be stopped by it.
        "seen": draft.seen_message_id if draft and draft.seen_message_id else page.last_message_id,
        "kept_attachments": waiting(viewer, [pk for pk in fields.get("attachments", []) if isinstance(pk, int)]),
        "may_resolve": _reaches(page, tickets.StateCategory.RESOLVED),
        "may_wait": _reaches(page, tickets.StateCategory.WAITING, "waiting_for_requester"),
        "max_upload": tickets.ATTACHMENT_MB.get() * MEGABYTE,
    }


def recipients(page: tickets.TicketPage) -> tuple[str, str]:
    """To and Cc of an answer: who asked, and those who take part, in the form of a mail header."""
    ticket = page.ticket
    to = [_written(ticket.requester)] if ticket.requester.email else []
    cc: list[str] = []
    for participant in page.participants:
        if participant.user.email and participant.user_id != ticket.requester_id:
            (to if participant.role == tickets.ParticipantRole.TO else cc).append(_written(participant.user))
    return ", ".join(to), ", ".join(cc)


def _written(person: Any) -> str:
    name = str(person.name).replace('"', "").replace("<", "").replace(">", "")
    return f'"{name}" <{person.email}>' if name else str(person.email)


def waiting(viewer: Viewer, wanted: list[int]) -> list[tickets.Attachment]:
    """Those of these uploads of the viewer that still wait for their message."""
    if not wanted or viewer.user_id is None:
        return []
    rows = tickets.Attachment.objects.filter(pk__in=wanted, message=None, uploaded_by_id=viewer.user_id)
    return list(rows.select_related("file").order_by("pk"))


def _reaches(page: tickets.TicketPage, category: tickets.StateCategory, code: str = "") -> bool:
    """Whether the composer may also take the ticket there; the answer itself serves as the resolution."""
    return any(
        step.state.category == category and (not code or step.state.code == code) and not step.blocked
        and set(step.fields) <= {"resolution"}
        for step in page.next_states
    )  # fmt: skip
