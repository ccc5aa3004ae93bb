"""The demonstration's mailboxes: one address per department, delivered to the desk's own SMTP listener."""

from __future__ import annotations

from deskbell.channels import api as channels
from deskbell.demo.cast import Cast
from deskbell.demo.stage import Stage
from deskbell.kernel.api import Viewer


def open_mailboxes(viewer: Viewer, stage: Stage, cast: Cast) -> None:
    """Without a server of their own they send by the server of the settings, which is the demo's outbox."""
    for code, row in cast.departments.items():
        channels.create_mailbox(
            viewer,
            name=row["name"],
            address=row["address"],
            department_id=stage.departments[code],
            sender_name=f"Lumikko {row['name']}",
        )
