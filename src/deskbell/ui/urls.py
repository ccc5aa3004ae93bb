"""The style guide: every component in every state. Included only in demonstrations and development."""

from django.urls import path

from deskbell.ui import styleguide

urlpatterns = [
    path("", styleguide.components, name="styleguide"),
    path("mail/", styleguide.mail_sample, name="styleguide_mail"),
    path("people/", styleguide.people_sample, name="styleguide_people"),
    path("upload/", styleguide.upload_sample, name="styleguide_upload"),
    path("draft/", styleguide.draft_sample, name="styleguide_draft"),
    path("<slug:page>/", styleguide.composition, name="styleguide_page"),
]
