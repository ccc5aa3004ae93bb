"""Addresses of the desk."""

from django.urls import URLPattern, URLResolver, include, path

from deskbell.agent.views import (
    bulk,
    composer,
    hand_over,
    links,
    merging,
    messages,
    new,
    people,
    properties,
    queue,
    search,
    states,
    ticket,
    uploads,
)

app_name = "agent"

_QUEUE: list[URLPattern | URLResolver] = [
    path("", queue.home, name="home"),
    path("queue/<slug:view>/", queue.queue, name="queue"),
    path("bulk/", bulk.dialog, name="bulk"),
    path("bulk/apply/", bulk.apply, name="bulk-apply"),
    path("jump/", queue.jump, name="jump"),
    path("search/", search.search, name="search"),
    path("search/box/", search.box, name="search-box"),
]

_NEW: list[URLPattern | URLResolver] = [
    path("tickets/new/", new.new, name="new"),
    path("tickets/new/fields/", new.fields, name="new-fields"),
    path("tickets/new/draft/", new.draft, name="new-draft"),
]

_TICKET: list[URLPattern | URLResolver] = [
    path("", ticket.ticket, name="ticket"),
    path("print/", ticket.printed, name="print"),
    path("unread/", ticket.mark_unread, name="unread"),
    path("watch/", ticket.watch, name="watch"),
    path("send/", composer.send, name="send"),
    path("draft/", composer.draft, name="draft"),
    path("mentions/", composer.mentions, name="mentions"),
    path("state/<slug:code>/", states.state, name="state"),
    path("subject/", properties.subject, name="subject"),
    path("take/", properties.take, name="take"),
    path("assign/", properties.assign, name="assign"),
    path("classify/", properties.classify, name="classify"),
    path("priority/", properties.priority, name="priority"),
    path("people/", properties.people_dialog, name="ticket-people"),
    path("tags/", properties.tags, name="tags"),
    path("fields/", properties.fields, name="fields"),
    path("hand-over/", hand_over.transfer, name="hand-over"),
    path("refer/", hand_over.refer, name="refer"),
    path("refer/<int:referral_id>/end/", hand_over.end_referral, name="end-referral"),
    path("participants/", properties.add_participant, name="add-participant"),
    path("participants/<int:user_id>/remove/", properties.remove_participant, name="remove-participant"),
    path("link/", links.link, name="link"),
    path("link/<int:link_id>/remove/", links.unlink, name="unlink"),
    path("merge/", merging.merge, name="merge"),
    path("merge/<int:merge_id>/undo/", merging.undo, name="undo-merge"),
    path("split/<int:message_id>/", merging.split, name="split"),
]

_MESSAGES: list[URLPattern | URLResolver] = [
    path("messages/<int:message_id>/body/", messages.body, name="message-body"),
    path("messages/<int:message_id>/source/", messages.source, name="message-source"),
    path("messages/<int:message_id>/trace/", messages.trace, name="message-trace"),
    path("messages/<int:message_id>/resend/", messages.resend, name="resend"),
    path("attachments/<int:attachment_id>/", uploads.attachment, name="attachment"),
    path("attachments/<int:attachment_id>/read/", uploads.read_again, name="read-attachment"),
    path("uploads/", uploads.upload, name="upload"),
    path("uploads/<int:attachment_id>/remove/", uploads.remove, name="remove-upload"),
]

_PEOPLE: list[URLPattern | URLResolver] = [
    path("people/", people.people, name="people"),
    path("people/suggest/", people.suggest, name="suggest-people"),
    path("people/<int:user_id>/", people.person, name="person"),
    path("organisations/<int:organisation_id>/", people.organisation, name="organisation"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    *_QUEUE,
    *_NEW,
    path("tickets/<int:ticket_id>/", include(_TICKET)),
    *_MESSAGES,
    *_PEOPLE,
]
