from django.apps import AppConfig


class AccountConfig(AppConfig):
    name = "deskbell.account"
    label = "deskbell_account"
    default_auto_field = "django.db.models.BigAutoField"
