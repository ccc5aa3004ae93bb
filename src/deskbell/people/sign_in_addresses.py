"""Keeps django-allauth's table of addresses equal to the confirmed e-mail contact points of a person.

allauth looks people up there, so a row left behind would let a removed address sign in. Addresses that nobody
has confirmed are left out; the primary one is found through `User.email` in any case.
"""

from __future__ import annotations

from deskbell.kernel.api import send

_STALE = """
SELECT known.id FROM account_emailaddress AS known
WHERE known.user_id = ANY(%s) AND NOT (known.verified AND EXISTS (
    SELECT 1 FROM people_contactpoint AS point
    WHERE point.user_id = known.user_id AND point.kind = 'email' AND point.verified_at IS NOT NULL
        AND point.value = known.email AND point.is_primary = known."primary"
))
"""
# S608: text of our own.
_WITHDRAW = f"DELETE FROM account_emailconfirmation WHERE email_address_id IN ({_STALE})"  # noqa: S608
_DELETE = f"DELETE FROM account_emailaddress WHERE id IN ({_STALE})"  # noqa: S608
_INSERT = """
INSERT INTO account_emailaddress (user_id, email, verified, "primary")
SELECT point.user_id, point.value, true, point.is_primary FROM people_contactpoint AS point
WHERE point.user_id = ANY(%s) AND point.kind = 'email' AND point.verified_at IS NOT NULL
    AND NOT EXISTS (
        SELECT 1 FROM account_emailaddress AS known WHERE known.user_id = point.user_id AND known.email = point.value
    )
ORDER BY point.value
"""


def sync(*user_ids: int) -> None:
    """Bring the rows of these people up to date; called by every action that changes contact points."""
    for statement in (_WITHDRAW, _DELETE, _INSERT):
        send(statement, [list(user_ids)])
