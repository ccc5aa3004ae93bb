"""Who may change whom: nobody reaches, through another's account, what they may not do themselves."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from deskbell.kernel.api import Invalid, NotAllowed, NotFound, Viewer
from deskbell.people.access import MANAGE_PEOPLE, SEE_PEOPLE
from deskbell.people.models import Role, RoleAssignment, User

ADMINISTRATOR = "administrator"
HEAD = "head"


def lock_user(viewer: Viewer, user_id: int) -> User:
    """The person, locked until the end of the transaction. Raises NotFound when the viewer does not see them."""
    user = User.objects.select_for_update().filter(pk=user_id).first()
    if user is None or not (viewer.may_somewhere(SEE_PEOPLE) or viewer.user_id == user_id):
        raise NotFound
    return user


def lock_managed(viewer: Viewer, user_id: int) -> User:
    """`lock_user`, for somebody who manages people.

    Whoever changes a person's addresses can sign in as them. So a person who holds roles is changed only by
    somebody who holds all of their permissions. Raises NotFound or NotAllowed.
    """
    user = lock_user(viewer, user_id)
    require_manages(viewer, user_id)
    return user


def require_manages(viewer: Viewer, user_id: int) -> None:
    """Raises NotAllowed unless the viewer manages people and holds every permission of that person."""
    if viewer.is_system:
        return
    if not viewer.may_somewhere(MANAGE_PEOPLE):
        raise NotAllowed
    for assignment in RoleAssignment.objects.filter(user_id=user_id).select_related("role"):
        if not holds_all(viewer, assignment.role.permissions, assignment.department_id):
            raise NotAllowed(_("This person may do more than you. Ask an administrator."))


def may_manage(viewer: Viewer, user: User) -> bool:
    """`require_manages` as a question, for a page; the person's roles are best prefetched."""
    if viewer.is_system:
        return True
    return viewer.may_somewhere(MANAGE_PEOPLE) and all(
        holds_all(viewer, held.role.permissions, held.department_id) for held in user.role_assignments.all()
    )


def holds_all(viewer: Viewer, permissions: Iterable[str], department_id: int | None) -> bool:
    """Whether the viewer holds all these permissions there; None means on the desk as a whole."""
    return all(viewer.may(permission, department_id) for permission in permissions)


def require_holds_all(viewer: Viewer, permissions: Iterable[str], department_id: int | None) -> None:
    """Raises NotAllowed when one of the permissions is not the viewer's own to give."""
    if not holds_all(viewer, permissions, department_id):
        raise NotAllowed(_("You can only give or take what you may do yourself."))


def require_administrator_left(*, without_user: int | None = None, without_assignment: int | None = None) -> None:
    """Raises Invalid when nobody active would administer the desk any more.

    Locks the administrator's role, so that two last administrators cannot remove each other at the same time.
    """
    role = Role.objects.select_for_update().get(code=ADMINISTRATOR)
    left = RoleAssignment.objects.filter(role=role, department=None, user__is_active=True)
    if without_user is not None:
        left = left.exclude(user_id=without_user)
    if without_assignment is not None:
        left = left.exclude(pk=without_assignment)
    if not left.exists():
        raise Invalid(_("This is the last administrator. Make somebody else administrator first."))


def is_administrator(user_id: int) -> bool:
    """Whether the person administers the desk as a whole."""
    return RoleAssignment.objects.filter(user_id=user_id, role__code=ADMINISTRATOR, department=None).exists()
