"""Addresses of this surface."""

from django.urls import URLPattern, URLResolver

app_name = "agent"
urlpatterns: list[URLPattern | URLResolver] = []
