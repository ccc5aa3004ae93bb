"""Every message of the two sets is read as their makers expect, where that can be decided."""

import pytest

from deskbell.channels.mail.automatic import MailClass, classify
from deskbell.channels.mail.parse import parse
from deskbell.channels.mail.tests.agreement import FIELDS, UNDECIDABLE, Case, bounce_cases, cases, compare

# Not bounces, and no addresses are expected of them either.
NO_BOUNCE = {"flufl/groupwise_03.txt": MailClass.PERSON, "flufl/qmail_08.txt": MailClass.AUTO_REPLY}


@pytest.mark.parametrize("case", list(cases()), ids=lambda case: case.id)
def test_it_reads_a_message_as_expected(case: Case) -> None:
    agreed = compare(case)
    if case.id in UNDECIDABLE:
        assert not all(agreed.values()), "this one has become decidable: take it off the list"
        return
    assert [field for field, same in agreed.items() if not same] == []


def test_it_agrees_on_every_header_of_every_message() -> None:
    agreed = [compare(case) for case in cases()]
    assert len(agreed) == 107
    for field in ("subject", "from", "to", "cc", "message_id"):
        assert all(result[field] for result in agreed), field
    assert set(agreed[0]) == set(FIELDS)


def test_it_recognises_bounces_and_the_addresses_that_failed() -> None:
    disagreed = []
    for name, raw, expected in bounce_cases():
        verdict = classify(parse(raw), raw)
        if name in NO_BOUNCE:
            assert verdict.kind is NO_BOUNCE[name]
            continue
        assert verdict.kind is MailClass.BOUNCE, name
        assert verdict.bounce is not None
        if sorted(r.address.lower() for r in verdict.bounce.failed) != sorted(a.lower() for a in expected):
            disagreed.append(name)
    # The same message is listed twice, once without addresses (a test of one single detector).
    assert disagreed == ["flufl/groupwise_02.txt"]
