"""Who may change whom: nobody reaches, through another's account, what they may not do themselves."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from deskbell.kernel.api import Invalid, NotAllowed, NotFound, Viewer
from deskbell.people.access import MANAGE_PEOPLE, SEE_PEOPLE
from deskbell.people.models import Role, RoleAssignment, User

ADMINISTRATOR = "administrator"
HEAD = "head"


def lock_user(viewer: Viewer, user_id: int) -> User:
    """The person, locked until the end of the transaction. Raises NotFound when the viewer does not see them."""
    return _lock(viewer, [user_id])[user_id]


def _lock(viewer: Viewer, user_ids: Collection[int]) -> dict[int, User]:
    """People by id, locked in the order of their ids, so that two who lock the same wait instead of deadlocking."""
    roles = Prefetch("role_assignments", RoleAssignment.objects.select_related("role"))
    users = User.objects.select_for_update().prefetch_related(roles).filter(pk__in=user_ids).order_by("pk")
    found = {user.pk: user for user in users}
    for user_id in user_ids:
        if user_id not in found or not (viewer.may_somewhere(SEE_PEOPLE) or viewer.user_id == user_id):
            raise NotFound
    return found


def lock_managed(viewer: Viewer, user_id: int) -> User:
    """`lock_user`, for somebody who manages this person (see `may_manage`). Raises NotFound or NotAllowed."""
    user = lock_user(viewer, user_id)
    require_manages(viewer, user)
    return user


def lock_identity(viewer: Viewer, user_id: int) -> User:
    """`lock_user`, for somebody who may say who the person is (`may_identify`). Raises NotFound or NotAllowed."""
    user = lock_user(viewer, user_id)
    require_identifies(viewer, user)
    return user


def lock_identities(viewer: Viewer, user_ids: Collection[int]) -> dict[int, User]:
    """`lock_identity` for several people, by id."""
    found = _lock(viewer, user_ids)
    for user_id in sorted(found):
        require_identifies(viewer, found[user_id])
    return found


def require_manages(viewer: Viewer, user: User) -> None:
    """Raises NotAllowed unless `may_manage`."""
    if may_manage(viewer, user):
        return
    if _holds_roles_of(viewer, user):
        raise NotAllowed(_("Only whoever manages people on the whole desk may do this."))
    raise NotAllowed(_("This person may do more than you. Ask an administrator."))


def require_identifies(viewer: Viewer, user: User) -> None:
    """Raises NotAllowed unless `may_identify`."""
    if not viewer.is_system and viewer.user_id == user.pk:
        raise NotAllowed(_("Nobody does this for themselves. Ask a colleague."))
    if not may_identify(viewer, user):
        require_manages(viewer, user)
        raise NotAllowed(_("Only whoever manages people on the whole desk may do this."))


def may_manage(viewer: Viewer, user: User) -> bool:
    """Whether the viewer may deactivate or block a person and set their absences; their roles are best prefetched.

    Needs every permission of the person, and `people.manage` everywhere; in departments alone it reaches colleagues
    whose roles all lie within these, and no contact: contacts are the whole desk's.
    """
    if viewer.is_system:
        return True
    if not _holds_roles_of(viewer, user):
        return False
    reached = viewer.departments_with(MANAGE_PEOPLE)
    held = [assignment.department_id for assignment in user.role_assignments.all()]
    return reached is None or (bool(held) and all(department in reached for department in held))


def may_identify(viewer: Viewer, user: User) -> bool:
    """Whether the viewer may change addresses and organisation of a person, invite and merge them.

    Whoever does can sign in as the person, or read what their organisation asked of any department: for those who
    manage people on the whole desk, and never for oneself.
    """
    if viewer.is_system:
        return True
    return viewer.may(MANAGE_PEOPLE) and viewer.user_id != user.pk and may_manage(viewer, user)


def may_describe(viewer: Viewer, user: User) -> bool:
    """Whether the viewer may change a person's name, language and notes: of contacts too, whoever manages people."""
    if may_manage(viewer, user):
        return True
    return viewer.may_somewhere(MANAGE_PEOPLE) and not user.role_assignments.all()


def _holds_roles_of(viewer: Viewer, user: User) -> bool:
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
