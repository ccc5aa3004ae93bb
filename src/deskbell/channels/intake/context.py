"""What the stages of the intake share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from deskbell.channels.intake.trace import Trace
from deskbell.channels.mail.automatic import MailClass, Verdict
from deskbell.channels.mail.parse import ParsedMail
from deskbell.channels.models import InboundMessage, InboundState, Mailbox
from deskbell.kernel.api import Rows
from deskbell.people.api import User
from deskbell.tickets.api import MessageContent, Ticket


@dataclass(frozen=True, slots=True)
class IntakeResult:
    """What became of a message. `state` is an InboundState; `is_new_ticket` tells a ticket from a follow-up."""

    inbound_id: int
    state: str
    reason: str = ""
    ticket_id: int | None = None
    message_id: int | None = None
    is_new_ticket: bool = False


def result_of(row: InboundMessage, *, is_new_ticket: bool = False) -> IntakeResult:
    return IntakeResult(row.pk, row.state, row.reason, row.ticket_id, row.message_id, is_new_ticket)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The end of the way. sign: stable name of the reason; reason: the same in words."""

    state: str
    sign: str = ""
    reason: str = ""


class Park(Exception):
    """Undo what was done for this message and park it. sign: stable; the message: in words."""

    def __init__(self, sign: str, reason: str) -> None:
        self.sign = sign
        super().__init__(reason)


@dataclass
class Intake:
    """One message on its way through the stages; each fills in what it found out.

    unproven: what refutes its sender, as in "dmarc=fail"; else empty.
    user: the person its address identifies, from the stage "conversation" on when they are known already.
    twins, known_by_address: what the database answered beforehand (`arrival.ahead`); None: it is still to be asked.
    target: the ticket it belongs to. refused: the ticket it names without its sender being part of it.
    """

    row: InboundMessage
    raw: bytes
    mail: ParsedMail
    trace: Trace
    stage: str = ""
    verdict: Verdict = field(default_factory=lambda: Verdict(MailClass.PERSON))
    is_classified: bool = False
    address: str = ""
    unproven: str = ""
    twins: Rows | None = None
    known_by_address: Rows | None = None
    user: User | None = None
    is_new_person: bool = False
    target: Ticket | None = None
    refused: Ticket | None = None
    body: MessageContent | None = None
    is_new_ticket: bool = False

    @property
    def mailbox(self) -> Mailbox:
        assert self.row.mailbox is not None
        return self.row.mailbox

    def note(self, text: str, **data: Any) -> None:
        """Write what this stage decided into the trace."""
        self.trace.add(self.stage, text, **data)

    def park(self, sign: str, reason: str) -> Outcome:
        return Outcome(InboundState.PARKED, sign, reason)


Stage = Callable[[Intake], Outcome | None]
