import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import override_settings


def test_modules_import_each_other_by_names_that_carry_their_content(tmp_path: Path) -> None:
    storages = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "deskbell.ui.storage.StaticStorage"},
    }
    with override_settings(STORAGES=storages, STATIC_ROOT=str(tmp_path)):
        call_command("collectstatic", interactive=False, verbosity=0)
    names: dict[str, Any] = json.loads((tmp_path / "staticfiles.json").read_text())["paths"]
    entry = (tmp_path / names["ui/js/deskbell.js"]).read_text()
    assert Path(names["ui/js/core.js"]).name in entry
    assert '"./core.js"' not in entry


@pytest.mark.parametrize("name", ["stylesheets", "modules"])
def test_every_address_a_page_loads_exists(name: str) -> None:
    from django.contrib.staticfiles import finders

    from deskbell.ui import stylesheets

    found = [finders.find(address.removeprefix("/static/")) for address in getattr(stylesheets, name)()]
    assert found
    assert all(found)
