"""What is printed when the demonstration runs: who can sign in, and how to write to the desk."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse

from deskbell.demo.library import people_texts
from deskbell.demo.organisation import PASSWORD
from deskbell.people import api as people


@dataclass(frozen=True, slots=True)
class SignIn:
    """Somebody to sign in as. role: what they are, in words."""

    role: str
    name: str
    email: str
    password: str


def sign_ins() -> tuple[SignIn, ...]:
    """An administrator, the head and an agent of IT, and a customer, of the demonstration in the database."""
    texts = people_texts()
    department = texts["departments"][0]
    crew = [row for row in texts["agents"] if row["department"] == department["code"]]
    head = next(row for row in crew if row["role"] == "head")
    agent = next(row for row in crew if row["role"] == "agent")
    chosen = [
        ("Administrator", texts["administrator"]["name"], texts["administrator"]["email"]),
        (f"Head of {department['name']}", head["name"], head["email"]),
        (f"Agent in {department['name']}", agent["name"], agent["email"]),
    ]
    customer = customer_with_password()
    if customer is not None:
        chosen.append(("Customer", customer.name, customer.email or ""))
    return tuple(SignIn(role, name, email, PASSWORD) for role, name, email in chosen)


def customer_with_password() -> people.User | None:
    """The one person outside who was invited to choose a password."""
    invited = people.User.objects.exclude(password="").exclude(password__startswith="!")
    return invited.filter(role_assignments=None, is_active=True).order_by("pk").first()


def introduction() -> list[str]:
    """Lines for the terminal."""
    found = sign_ins()
    role_width, name_width = (
        max(len(text) for text in column) for column in zip(*((s.role, s.email) for s in found), strict=True)
    )
    lines = [f"Sign in with the password {PASSWORD} as"]
    lines += [f"  {each.role:<{role_width}}  {each.email:<{name_width}}  {each.name}" for each in found]
    return [*lines, "", *how_to_write(found[-1])]


def how_to_write(sender: SignIn) -> list[str]:
    """A line that sends the desk a mail, and one that says where the answers are."""
    desk = settings.DESKBELL
    if not desk.smtp_in_port:
        return []
    # The department whose head and agent are named above, so that each of them sees it come.
    to = people_texts()["departments"][0]["address"]
    # With the time it is sent: the same mail again would count as one that came twice.
    head = f"Date: %s\\nFrom: {sender.name} <{sender.email}>\\nTo: {to}\\nSubject: The lamp flickers"
    mail = f"""printf '{head}\\n\\nSince this morning.\\n' "$(date -R)\""""
    server = f"smtp://{desk.smtp_in_host}:{desk.smtp_in_port}"
    return [
        "Send the desk a mail and watch it appear in the queue:",
        f"  {mail} | curl -s {server} --mail-from {sender.email} --mail-rcpt {to} -T -",
        f"Everything the desk sends stays here: {settings.BASE_URL}{reverse('console:outbox_kept')}",
    ]
