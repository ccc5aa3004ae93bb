"""`deskbell user add`."""

import sys
from typing import Any

import click

from deskbell.config.cli import output
from deskbell.config.cli.bootstrap import reachable_database, set_up_django
from deskbell.config.installation.beside import load_settings_beside


@click.group
def user() -> None:
    """Add people from the command line."""


@user.command
@click.option("--email", prompt="E-mail address", help="Address they sign in with.")
@click.option("--name", prompt="Name", help="Full name.")
@click.option(
    "--role",
    "role_code",
    default="",
    help="Role they get, such as administrator, head or agent. Without one they are a customer.",
)
@click.option("--department", default="", help="Department the role holds in. Without one it holds everywhere.")
@click.option("--language", default="", help="Language code, such as uk. Default: the desk's.")
@click.option("--time-zone", default="", help="Time zone, such as Europe/Kyiv. Default: the desk's.")
@click.option("--password-stdin", is_flag=True, help="Read a password from standard input instead of making a link.")
def add(**given: Any) -> None:
    """Add a person and print the link by which they choose their password.

    Example: deskbell user add --email ann@example.org --name "Ann Kern" --role agent --department Support
    """
    settings = load_settings_beside()
    password = sys.stdin.readline().rstrip("\n") if given.pop("password_stdin") else ""
    with reachable_database(settings):
        set_up_django()
        from deskbell.kernel.api import DeskbellError

        try:
            _add(password=password, **given)
        except DeskbellError as error:
            output.trouble("Nobody was added.", _reasons(error))
            sys.exit(1)


def _add(
    *, email: str, name: str, role_code: str, department: str, language: str, time_zone: str, password: str
) -> None:
    from django.conf import settings
    from django.db import transaction

    from deskbell.kernel.api import SYSTEM
    from deskbell.people import api as people

    with transaction.atomic():
        person = people.create_user(
            SYSTEM,
            email=email,
            name=name,
            language=language or settings.LANGUAGE_CODE,
            time_zone=time_zone or settings.DEFAULT_USER_TIME_ZONE,
        )
        if role_code:
            people.assign_role(SYSTEM, person.pk, _role(role_code), _department(department))
        token = people.invite_user(SYSTEM, person.pk)
        if password:
            people.accept_invitation(token, password)
    output.console.print(f"{person.name} <{email}> was added.")
    if not password:
        output.console.print(f"They choose their password here (works once): {setup_address(token)}")


def setup_address(token: str) -> str:
    """Where a one-time link is opened."""
    from django.conf import settings

    # Not `reverse`: it would load every page of the desk to find one address.
    return f"{settings.BASE_URL}/account/set-up/{token}/"


def _role(code: str) -> int:
    from django.db.models import Q

    from deskbell.kernel.api import Invalid
    from deskbell.people import api as people

    role = people.Role.objects.filter(Q(code__iexact=code) | Q(name__iexact=code)).first()
    if role is None:
        known = ", ".join(role.code or role.name for role in people.Role.objects.order_by("position"))
        raise Invalid(f"There is no role {code!r}. Roles: {known}.")
    return role.pk


def _department(name: str) -> int | None:
    from deskbell.kernel.api import Invalid
    from deskbell.people import api as people

    if not name:
        return None
    found = people.Department.objects.filter(name__iexact=name).first()
    if found is None:
        known = ", ".join(people.Department.objects.order_by("name").values_list("name", flat=True)) or "none yet"
        raise Invalid(f"There is no department {name!r}. Departments: {known}.")
    return found.pk


def _reasons(error: Exception) -> str:
    fields: dict[str, str] = getattr(error, "fields", None) or {}
    lines = [f"{field}: {text}" for field, text in fields.items()]
    if str(error) and str(error) not in fields.values():
        lines.insert(0, str(error))
    return "\n".join(lines) or type(error).__name__
