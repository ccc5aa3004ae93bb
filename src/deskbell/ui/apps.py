from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "deskbell.ui"
    label = "ui"
