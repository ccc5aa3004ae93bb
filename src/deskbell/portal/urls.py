"""Addresses of the portal."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from deskbell.portal.views import attachments, home, new, search, ticket

app_name = "portal"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("tickets/", home.listing, name="tickets"),
    path("tickets/new/", new.new, name="new"),
    path("tickets/new/draft/", new.draft, name="new_draft"),
    path("tickets/<int:ticket_id>/", ticket.ticket, name="ticket"),
    path("tickets/<int:ticket_id>/answer/", ticket.answer, name="answer"),
    path("tickets/<int:ticket_id>/draft/", ticket.draft, name="draft"),
    path("tickets/<int:ticket_id>/close/", ticket.close, name="close"),
    path("search/", search.search, name="search"),
    path("search/box/", search.box, name="search_box"),
    path("messages/<int:message_id>/", attachments.body, name="message_body"),
    path("attachments/<int:attachment_id>/", attachments.attachment, name="attachment"),
]
