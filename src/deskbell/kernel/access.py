"""Who looks (`Viewer`), what they may do (permissions), and one policy per model that answers everywhere.

Objects are fetched only through functions that take the viewer. The same policy serves lists, counts,
search, autocomplete, exports, REST, live topics and notifications.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Generic, TypeVar

from django.db.models import Model, QuerySet
from django.utils.functional import Promise
from typing_extensions import override

from deskbell.kernel.errors import NotAllowed, NotFound
from deskbell.kernel.registry import Registry

ModelT = TypeVar("ModelT", bound=Model)

NO_GRANTS: Mapping[int, frozenset[str]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Permission:
    """One thing a role may allow. `name` is `area.verb`, as in "ticket.reply"."""

    name: str
    label: str | Promise
    group: str | Promise


permissions: Registry[Permission] = Registry("permission")


@dataclass(frozen=True, slots=True)
class Scope:
    """One part of the REST API that a token may open: never more than its person may do themselves.

    `name` is `area:read` or `area:write`, as in "tickets:read".
    """

    name: str
    label: str | Promise


scopes: Registry[Scope] = Registry("scope")


@dataclass(frozen=True, slots=True)
class Viewer:
    """The person, or the system itself, on whose behalf something is read or done.

    Built once per request (`people.api.viewer_for`); immutable, so that a decision cannot drift within it.

    grants: department id → permissions held there; roles on a parent are already spread to its children.
    everywhere: permissions held in every department and on the desk itself.
    organisation_ids: organisations whose tickets this person may follow in the portal.
    """

    user_id: int | None = None
    name: str = ""
    is_system: bool = False
    grants: Mapping[int, frozenset[str]] = field(default_factory=lambda: NO_GRANTS)
    everywhere: frozenset[str] = frozenset()
    organisation_ids: frozenset[int] = frozenset()
    language: str = "en"
    time_zone: str = "UTC"

    @override
    def __hash__(self) -> int:
        """So that what depends on a viewer's rights alone can be kept by them."""
        return hash((self.user_id, self.is_system, self.everywhere, frozenset(self.grants.items())))

    @property
    def is_authenticated(self) -> bool:
        return self.is_system or self.user_id is not None

    @property
    def is_agent(self) -> bool:
        """Holds any role: works on this side of the desk."""
        return self.is_system or bool(self.everywhere) or any(self.grants.values())

    def may(self, permission: str, department_id: int | None = None) -> bool:
        """Whether `permission` is held in that department; without one, on the desk as a whole."""
        if self.is_system or permission in self.everywhere:
            return True
        return department_id is not None and permission in self.grants.get(department_id, frozenset())

    def may_somewhere(self, permission: str) -> bool:
        return (
            self.is_system or permission in self.everywhere or any(permission in held for held in self.grants.values())
        )

    def departments_with(self, permission: str) -> frozenset[int] | None:
        """The departments in which `permission` is held; None means all of them."""
        if self.is_system or permission in self.everywhere:
            return None
        return frozenset(department for department, held in self.grants.items() if permission in held)

    def require(self, permission: str, department_id: int | None = None) -> None:
        """Raises NotAllowed unless the permission is held."""
        if not self.may(permission, department_id):
            raise NotAllowed


SYSTEM = Viewer(is_system=True, name="Deskbell")


def on_behalf_of(user_id: int, name: str = "") -> Viewer:
    """The system carrying out what a person asked on a channel without sign-in (mail): its rights, their name."""
    return Viewer(user_id=user_id, name=name, is_system=True)


ANONYMOUS = Viewer()


class Policy(Generic[ModelT]):
    """Which rows of one model a viewer may see, and what they may do with one of them."""

    model: type[ModelT]

    def visible(self, viewer: Viewer, queryset: QuerySet[ModelT]) -> QuerySet[ModelT]:
        """Narrow `queryset` to what the viewer may see, in SQL."""
        raise NotImplementedError

    def may(self, viewer: Viewer, permission: str, instance: ModelT) -> bool:
        """Whether the viewer may do `permission` with an instance they can see."""
        raise NotImplementedError


class PolicyRegistry:
    """The one policy of each model."""

    def __init__(self) -> None:
        self._policies: dict[type[Model], Policy[Any]] = {}

    def register(self, policy: Policy[Any]) -> None:
        present = self._policies.get(policy.model)
        if present is not None and type(present) is not type(policy):
            raise LookupError(f"{policy.model.__name__} has two access policies: {present!r} and {policy!r}.")
        self._policies[policy.model] = policy

    def of(self, model: type[ModelT]) -> Policy[ModelT]:
        """The model's policy. Raises LookupError when nobody wrote one: no policy, no access."""
        try:
            return self._policies[model]
        except KeyError:
            raise LookupError(f"{model.__name__} has no access policy; write one in its package's access.py.") from None

    def models(self) -> list[type[Model]]:
        return list(self._policies)


policies = PolicyRegistry()


def visible(viewer: Viewer, model: type[ModelT], queryset: QuerySet[ModelT] | None = None) -> QuerySet[ModelT]:
    """All rows of `model` (or of `queryset`) that the viewer may see."""
    # SLF001: Django documents _default_manager as public.
    rows = model._default_manager.all() if queryset is None else queryset  # noqa: SLF001
    return policies.of(model).visible(viewer, rows)


def get_visible(viewer: Viewer, model: type[ModelT], pk: int, queryset: QuerySet[ModelT] | None = None) -> ModelT:
    """One row by its id. Raises NotFound when it does not exist for this viewer."""
    found = visible(viewer, model, queryset).filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def may(viewer: Viewer, permission: str, instance: Model) -> bool:
    """Whether the viewer may do `permission` with this row."""
    return policies.of(type(instance)).may(viewer, permission, instance)


def require(viewer: Viewer, permission: str, instance: Model) -> None:
    """Raises NotAllowed unless the viewer may do `permission` with this row."""
    if not may(viewer, permission, instance):
        raise NotAllowed
