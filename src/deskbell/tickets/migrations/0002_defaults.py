"""Kinds, states, transitions, priorities, waiting reasons and categories to begin with."""

from django.db import migrations

KINDS = [  # code, name, icon, restricted, in the portal
    ("incident", "Incident", "circle-alert", False, True),
    ("request", "Request", "package", False, True),
    ("question", "Question", "circle-help", False, True),
    ("complaint", "Complaint", "frown", False, True),
    ("suggestion", "Suggestion", "lightbulb", False, True),
    ("security_incident", "Security incident", "shield-alert", True, True),
]

STATES = [  # code, name, name for the person who asked, category, default of the category
    ("new", "New", "Received", "new", True),
    ("in_progress", "In progress", "Being worked on", "active", True),
    ("waiting", "Waiting", "On hold", "waiting", True),
    ("waiting_for_requester", "Waiting for reply", "Waiting for you", "waiting", False),
    ("resolved", "Resolved", "Solved", "resolved", True),
    ("closed", "Closed", "Closed", "closed", True),
    ("cancelled", "Cancelled", "Cancelled", "cancelled", True),
]

TRANSITIONS = [  # from, to, guards, by the person who asked
    ("new", "in_progress", [], False),
    ("new", "waiting", ["has_waiting_reason", "has_follow_up"], False),
    ("new", "waiting_for_requester", [], False),
    ("new", "resolved", ["has_resolution"], True),
    ("new", "cancelled", ["has_reason"], False),
    ("in_progress", "new", [], False),
    ("in_progress", "waiting", ["has_waiting_reason", "has_follow_up"], False),
    ("in_progress", "waiting_for_requester", [], False),
    ("in_progress", "resolved", ["has_resolution"], True),
    ("in_progress", "cancelled", ["has_reason"], False),
    ("waiting", "in_progress", [], False),
    ("waiting", "waiting_for_requester", [], False),
    ("waiting", "resolved", ["has_resolution"], True),
    ("waiting", "cancelled", ["has_reason"], False),
    ("waiting_for_requester", "in_progress", [], False),
    ("waiting_for_requester", "waiting", ["has_waiting_reason", "has_follow_up"], False),
    ("waiting_for_requester", "resolved", ["has_resolution"], True),
    ("waiting_for_requester", "cancelled", ["has_reason"], False),
    ("resolved", "in_progress", [], True),
    ("resolved", "closed", [], True),
    ("closed", "in_progress", ["may_reopen"], True),
    ("cancelled", "in_progress", [], False),
]

PRIORITIES = [("critical", "Critical", 1), ("high", "High", 2), ("medium", "Medium", 3), ("low", "Low", 4)]

# impact (rows: extensive, significant, limited) × urgency (columns: critical, high, normal) → rank
MATRIX = [[1, 2, 3], [2, 3, 4], [3, 4, 4]]

WAITING_REASONS = [
    ("requester", "Answer from the person who asked", "requester"),
    ("supplier", "Supplier or partner", "supplier"),
    ("colleague", "Another department or colleague", "colleague"),
    ("approval", "Approval", "approval"),
    ("change", "A change or release", "change"),
    ("date", "A date that was agreed", "date"),
]

CATEGORIES = {
    "Access": ["Password", "Account", "Permissions"],
    "Hardware": ["Computer", "Printer", "Phone"],
    "Software": ["E-mail", "Office programs", "Business application"],
    "Network": ["Internet", "Wi-Fi", "VPN"],
    "Invoices and payments": ["Invoice", "Refund", "Payment terms"],
    "Orders and deliveries": ["Order", "Delivery", "Return"],
    "Buildings": ["Heating and air", "Keys and badges", "Repairs"],
    "Other": [],
}

FIRST_NUMBER = "ALTER SEQUENCE tickets_ticket_id_seq RESTART WITH 10001"


def create(apps, _editor):
    def model(name):
        return apps.get_model("tickets", name).objects

    for position, (code, name, icon, restricted, in_portal) in enumerate(KINDS):
        model("Kind").create(
            code=code, name=name, icon=icon, is_restricted=restricted, in_portal=in_portal, position=position
        )
    states = {}
    for position, (code, name, customer_name, category, default) in enumerate(STATES):
        states[code] = model("State").create(
            code=code, name=name, customer_name=customer_name, category=category, is_default=default, position=position
        )
    for source, target, guards, by_requester in TRANSITIONS:
        model("Transition").create(
            source=states[source], target=states[target], guards=guards, by_requester=by_requester
        )
    ranks = {rank: model("Priority").create(code=code, name=name, rank=rank) for code, name, rank in PRIORITIES}
    for impact, row in enumerate(MATRIX, start=1):
        for urgency, rank in enumerate(row, start=1):
            model("PriorityCell").create(impact=impact, urgency=urgency, priority=ranks[rank])
    for position, (code, name, side) in enumerate(WAITING_REASONS):
        model("WaitingReason").create(code=code, name=name, side=side, position=position)
    for position, (name, children) in enumerate(CATEGORIES.items()):
        parent = model("Category").create(name=name, position=position)
        parent.path = f"/{parent.pk}/"
        parent.save()
        for index, child_name in enumerate(children):
            child = model("Category").create(name=child_name, parent=parent, position=index)
            child.path = f"{parent.path}{child.pk}/"
            child.save()


class Migration(migrations.Migration):
    dependencies = [("tickets", "0001_initial")]

    operations = [
        migrations.RunPython(create, migrations.RunPython.noop),
        migrations.RunSQL(FIRST_NUMBER, migrations.RunSQL.noop),
    ]
