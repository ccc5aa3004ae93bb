"""Mail whose sender our own mail server refutes."""

import pytest

from deskbell.channels.api import InboundMessage, InboundState, deliver_raw
from deskbell.channels.mail.authentication import refutation
from deskbell.channels.mail.parse import parse
from deskbell.channels.options import TRUSTED_AUTHENTICATION
from deskbell.channels.tests.factories import mailbox, raw_mail
from deskbell.kernel.api import SYSTEM, change
from deskbell.tickets import api as tickets

OURS = "mx.desk.example"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (f"{OURS}; dmarc=fail (p=none dis=none) header.from=customer.example", "dmarc=fail"),
        (f"{OURS} 1; spf=pass smtp.mailfrom=evil.example; DMARC=Fail", "dmarc=fail"),
        (f"{OURS}; spf=fail; dkim=fail", "spf=fail dkim=fail"),
        (f"{OURS}; spf=fail; dkim=fail; dkim=pass", ""),
        (f"{OURS}; spf=fail; dkim=fail; dmarc=pass", ""),
        (f"{OURS}; spf=softfail; dkim=none", ""),
        (f"{OURS}; none", ""),
        (f"{OURS};;=;", ""),
        ("mx.elsewhere.example; dmarc=fail", ""),
        ("", ""),
    ],
)
def test_only_the_trusted_server_refutes_a_sender(value: str, expected: str) -> None:
    mail = parse(raw_mail(headers=f"Authentication-Results: {value}"))
    assert refutation(mail, OURS) == expected
    assert refutation(mail, "") == ""


def test_the_topmost_header_of_the_server_counts() -> None:
    forged = f"Authentication-Results: {OURS}; dmarc=fail\nAuthentication-Results: {OURS}; dmarc=pass"
    assert refutation(parse(raw_mail(headers=forged)), OURS) == "dmarc=fail"


@pytest.mark.django_db
@pytest.mark.parametrize("trusted", ["", OURS])
def test_a_refuted_sender_is_no_participant(trusted: str) -> None:
    change(SYSTEM, TRUSTED_AUTHENTICATION.name, trusted)
    box = mailbox()
    first = deliver_raw(raw_mail(mail_id="first@customer.example"), mailbox=box)
    headers = f"Authentication-Results: {OURS}; dmarc=fail"
    answer = raw_mail("Send it to me", headers=f"In-Reply-To: <first@customer.example>\n{headers}")
    count = tickets.Message.objects.filter(ticket_id=first.ticket_id).count()
    result = deliver_raw(answer, mailbox=box)
    added = tickets.Message.objects.filter(ticket_id=first.ticket_id).count() - count
    if not trusted:
        assert (result.state, added) == (InboundState.PROCESSED, 1)
        return
    assert (result.state, added) == (InboundState.PARKED, 0)
    assert InboundMessage.objects.get(pk=result.inbound_id).sign == "sender_unproven"
    new = deliver_raw(raw_mail("Something new", headers=headers), mailbox=box)
    note = tickets.Message.objects.get(ticket_id=new.ticket_id, kind=tickets.MessageKind.NOTE)
    assert "dmarc=fail" in note.text
