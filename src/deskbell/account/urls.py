"""Addresses of this surface."""

from django.urls import URLPattern, URLResolver

app_name = "deskbell_account"
urlpatterns: list[URLPattern | URLResolver] = []
