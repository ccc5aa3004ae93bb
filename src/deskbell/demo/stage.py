"""Where the plan is played: ids of everybody and everything by the plan's own keys, and viewers made once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape

from deskbell.demo.papers import Paper
from deskbell.demo.steps import Words
from deskbell.kernel.api import SYSTEM, StoredFile, Viewer, on_behalf_of
from deskbell.people import api as people
from deskbell.tickets import api as tickets


@dataclass(slots=True)
class Stage:
    """people: key of an agent or a person → id; departments by code; teams, categories by name; the rest by code.

    files: by SHA-256; stored before the first ticket, for two processes that store the same bytes wait for one another.
    ticket_ids: number in the plan → id. last_incoming: number → id of the last message that came in.
    """

    people: dict[str, int]
    departments: Mapping[str, int]
    teams: Mapping[str, int]
    categories: Mapping[str, int]
    priorities: Mapping[str, int]
    waiting_reasons: Mapping[str, int]
    files: Mapping[str, StoredFile]
    ticket_ids: dict[int, int] = field(default_factory=dict)
    last_incoming: dict[int, int] = field(default_factory=dict)
    merges: dict[int, int] = field(default_factory=dict)
    _viewers: dict[str, Viewer] = field(default_factory=dict)

    def viewer(self, key: str) -> Viewer:
        """Somebody signed in, with their own rights; "" is the desk."""
        if not key:
            return SYSTEM
        if key not in self._viewers:
            self._viewers[key] = people.viewer_for(people.User.objects.get(pk=self.people[key]))
        return self._viewers[key]

    def outside(self, key: str) -> Viewer:
        """The desk taking in mail of this person."""
        return on_behalf_of(self.people[key], self.viewer(key).name)

    def content(self, words: Words, channel: str) -> tickets.MessageContent:
        return tickets.MessageContent(
            text=words.text,
            html=self.html(words.text) if words.is_html else "",
            quoted_text=words.quoted,
            subject=words.subject,
            channel=channel,
            to=[tickets.Recipient(name=name, address=address) for name, address in words.to],
            attachments=[self._attachment(paper) for paper in words.papers],
            mentioned=[self.people[key] for key in words.mentions],
        )

    def html(self, text: str) -> str:
        paragraphs = (escape(part).replace("\n", "<br>") for part in text.split("\n\n") if part.strip())
        return "".join(f"<p>{part}</p>" for part in paragraphs)

    def _attachment(self, paper: Paper) -> tickets.NewAttachment:
        stored = self.files[paper.sha256]
        return tickets.NewAttachment(file=stored, name=paper.name, content_type=paper.content_type)
