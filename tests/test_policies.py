"""Every model says who may see it, or stands here with the reason why nobody asks."""

from __future__ import annotations

from django.apps import apps

from deskbell.kernel.api import policies

# Model → where its rows are reached from, and why no policy of its own is needed.
WITHOUT = {
    "kernel.Event": "read through people.audit_log (desk.audit) and through the ticket's timeline",
    "kernel.EventRow": "the table below kernel.Event, read through it",
    "kernel.EventShape": "the parts events share, below kernel.Event, read through it",
    "kernel.IdempotentAnswer": "found by the key of the very caller who was given it, and kept a day",
    "kernel.OptionValue": "read through kernel.options; changed with desk.configure",
    "kernel.StoredFile": "bytes without a name; reached only through an attachment or a raw message",
    "search.SearchDocument": "lexemes only; every question is narrowed by the policy of the record found",
    "search.Word": "words without their records; shown only where a visible hit holds them",
    "search.CommonWords": "words of many records without the records; never shown",
    "search.NewWord": "words on their way into search.Word",
    "search.Rebuild": "how far the index is written anew; numbers only",
    "people.Absence": "read with its person",
    "people.ContactPoint": "read with its person",
    "people.OrganisationDomain": "read with its organisation",
    "people.RoleAssignment": "read with its person or role",
    "people.SetupLink": "found by its secret token only",
    "people.TeamMembership": "read with its team",
    "tickets.AttachmentText": "words inside a file; found with its tickets, its state shown with its attachment",
    "tickets.Attachment": "read through attachment_for_viewer, by its message or its uploader",
    "tickets.Category": "offered to everybody who may write a ticket",
    "tickets.CustomField": "offered to everybody who may write a ticket",
    "tickets.Draft": "one's own only",
    "tickets.Kind": "offered to everybody who may write a ticket",
    "tickets.Mention": "read with its message",
    "tickets.Merge": "read with its tickets",
    "tickets.Participant": "read with its ticket",
    "tickets.Priority": "known to everybody",
    "tickets.PriorityCell": "known to everybody",
    "tickets.Referral": "read with its ticket",
    "tickets.State": "known to everybody",
    "tickets.TicketLink": "read with its tickets, both of which must be visible",
    "tickets.TicketRead": "one's own only",
    "tickets.Transition": "known to everybody",
    "tickets.WaitingReason": "known to everybody",
    "tickets.Watcher": "read with its ticket",
    "channels.AcknowledgementTemplate": "read with channels.configure",
    "channels.MailboxTest": "read with its mailbox",
    "channels.AutomaticMailCount": "a counter nobody reads",
    "webhooks.Attempt": "read with its delivery, whose content is for those who see the subject",
}


def own_models() -> dict[str, type]:
    return {model._meta.label: model for model in apps.get_models() if model.__module__.startswith("deskbell.")}


def test_every_model_has_a_policy_or_a_reason():
    with_policy = set(policies.models())
    missing = [label for label, model in own_models().items() if model not in with_policy and label not in WITHOUT]
    assert not missing, f"No access policy and no reason in {__name__}.WITHOUT: {missing}"


def test_the_list_of_reasons_is_current():
    models = own_models()
    with_policy = set(policies.models())
    assert not [label for label in WITHOUT if label not in models], "models that no longer exist"
    assert not [label for label in WITHOUT if models[label] in with_policy], "models that have a policy by now"
