"""Addresses the command line prints lead somewhere."""

from django.urls import resolve

from deskbell.config.cli.user import setup_address


def test_the_setup_link_leads_to_the_setup_page(settings):
    settings.BASE_URL = "https://desk.example.org"
    address = setup_address("token")
    assert address.startswith("https://desk.example.org/")
    assert resolve(address.removeprefix("https://desk.example.org")).view_name == "account:set_up"
