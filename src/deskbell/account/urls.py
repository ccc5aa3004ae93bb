"""Addresses of this surface. Some stand before django-allauth's of the same path, on purpose."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from deskbell.account.views import absences, addresses, profile, set_up, sign_up, tokens

app_name = "account"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", profile.profile, name="profile"),
    path("working-hours/", profile.working_hours, name="working_hours"),
    path("addresses/add/", addresses.add, name="add_address"),
    path("addresses/<int:point_id>/remove/", addresses.remove, name="remove_address"),
    path("addresses/<int:point_id>/primary/", addresses.primary, name="primary_address"),
    path("addresses/<int:point_id>/send/", addresses.send_confirmation, name="send_confirmation"),
    path("addresses/confirm/<str:token>/", addresses.confirm, name="confirm_address"),
    path("absences/add/", absences.add, name="add_absence"),
    path("absences/<int:absence_id>/remove/", absences.remove, name="remove_absence"),
    path("tokens/", tokens.tokens, name="tokens"),
    path("tokens/new/", tokens.new_token, name="new_token"),
    path("tokens/<int:token_id>/revoke/", tokens.revoke_token, name="revoke_token"),
    path("set-up/<str:token>/", set_up.set_up, name="set_up"),
    # Instead of allauth's: an address is confirmed before anything is kept of it.
    path("signup/", sign_up.sign_up, name="sign_up"),
    path("signup/<str:token>/", sign_up.finish, name="finish_sign_up"),
    path("email/", profile.to_profile),
    path("confirm-email/", profile.to_profile),
    path("confirm-email/<str:_key>/", profile.to_profile),
]
