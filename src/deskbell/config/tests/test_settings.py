"""Settings: where they come from, and how wrong ones are refused."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import ValidationError

from deskbell.config.installation.load import ensure_secret_key, load_settings, secret_key
from deskbell.config.installation.model import DeskbellSettings, default_data_dir
from deskbell.config.installation.sources import SettingsError


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch, tmp_path):
    for name in [key for key in os.environ if key.startswith("DESKBELL_") or key == "DATABASE_URL"]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DESKBELL_HOME", str(tmp_path))
    load_settings.cache_clear()
    yield
    load_settings.cache_clear()


def refused() -> str:
    with pytest.raises(SettingsError) as caught:
        load_settings()
    return str(caught.value)


def test_it_runs_without_any_setting(tmp_path):
    settings = load_settings()
    assert settings.address == "http://127.0.0.1:8000"
    assert settings.database_url is None


@pytest.mark.parametrize(
    ("name", "value", "complaint"),
    [
        ("DESKBELL_LISTEN_PORT", "eighty", "valid integer"),
        ("DESKBELL_LISTEN_PORT", "70000", "less than or equal to 65535"),
        ("DATABASE_URL", "mysql://host/name", "only PostgreSQL works"),
        ("DATABASE_URL", "postgresql://host", "name is missing"),
        ("DESKBELL_TIME_ZONE", "Mars/One", "no such time zone"),
        ("DESKBELL_TIME_ZONE", "../etc/passwd", "no such time zone"),
        ("DESKBELL_LANGUAGES", "en,tlh", "tlh: choose from en"),
        ("DESKBELL_LANGUAGES", "", "choose from en"),
        ("DESKBELL_BASE_URL", "desk.example.org", "scheme and host only"),
        ("DESKBELL_SECRET_KEY", "short", "at least 32"),
        ("DESKBELL_STORAGE", "tape", "'disk' or 's3'"),
        ("DESKBELL_DEMO", "perhaps", "valid boolean"),
    ],
)
def test_a_wrong_value_is_refused_with_the_name_and_what_is_wrong(monkeypatch, name, value, complaint):
    monkeypatch.setenv(name, value)
    text = refused()
    assert text.startswith(name)
    assert complaint in text


def test_every_wrong_setting_is_named_at_once(monkeypatch):
    monkeypatch.setenv("DESKBELL_LISTEN_PORT", "eighty")
    monkeypatch.setenv("DESKBELL_MAX_UPLOAD_MB", "0")
    assert "DESKBELL_LISTEN_PORT" in (text := refused())
    assert "DESKBELL_MAX_UPLOAD_MB" in text


def test_a_wrong_secret_is_not_printed(monkeypatch):
    monkeypatch.setenv("DESKBELL_SECRET_KEY", "hunter2")
    monkeypatch.setenv("DATABASE_URL", "mysql://root:hunter2@host/name")
    assert "hunter2" not in refused()


def test_s3_without_a_bucket_names_the_bucket(monkeypatch):
    monkeypatch.setenv("DESKBELL_STORAGE", "s3")
    assert refused().startswith("DESKBELL_S3_BUCKET")


def test_the_file_sets_and_the_environment_wins(monkeypatch, tmp_path):
    url = "postgresql://u@h/n"
    (tmp_path / "deskbell.toml").write_text(
        f'listen_port = 9000\nmax_upload_mb = 7\nlanguages = ["uk", "en"]\ndatabase_url = "{url}"\n'
    )
    monkeypatch.setenv("DESKBELL_LISTEN_PORT", "9001")
    settings = load_settings()
    assert (settings.listen_port, settings.max_upload_mb, settings.languages) == (9001, 7, ("uk", "en"))
    assert settings.database_url is not None
    assert settings.database_url.get_secret_value() == url


def test_an_unknown_name_in_the_file_is_refused_with_the_nearest(tmp_path):
    (tmp_path / "deskbell.toml").write_text("lisen_port = 9000\n")
    assert "lisen_port" in (text := refused())
    assert "did you mean listen_port?" in text


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("DESKBELL_LISTEN_PROT", "DESKBELL_LISTEN_PORT"),
        ("DESKBELL_BASEURL", "DESKBELL_BASE_URL"),
        ("DESKBELL_DATABASE_URL", "DATABASE_URL"),
    ],
)
def test_a_misspelt_variable_is_refused_with_the_nearest(monkeypatch, written, meant):
    monkeypatch.setenv(written, "9000")
    assert refused() == f"{written}: there is no such setting.\n  Fix: did you mean {meant}?"


@pytest.mark.parametrize(
    "name",
    [
        "DESKBELL_UNIT_OWNER",
        "DESKBELL_HOME",
        "DESKBELL_PYTHON",
        "DESKBELL_TEST_SUFFIX",
        "DESKBELL_TAG",
        "DESKBELL_URL",
        "DESKBELL_SERVICE_PORT",
        "DESKBELL_PORT_8000_TCP_PORT",
        "DESKBELL_SMTP_SERVICE_HOST",  # as Kubernetes names the service "deskbell-smtp"
    ],
)
def test_variables_of_others_are_left_alone(monkeypatch, name):
    monkeypatch.setenv(name, "x")
    assert load_settings().listen_port == 8000


def test_a_broken_file_is_refused_with_its_path(tmp_path):
    (tmp_path / "deskbell.toml").write_text("listen_port 9000\n")
    assert "deskbell.toml: not valid TOML" in refused()


def test_a_named_file_must_exist(monkeypatch):
    monkeypatch.setenv("DESKBELL_CONFIG", "/nowhere/deskbell.toml")
    assert refused().startswith("DESKBELL_CONFIG: there is no file")


def test_the_demonstration_keeps_its_data_apart(monkeypatch, tmp_path):
    monkeypatch.setenv("DESKBELL_DATA_DIR", str(tmp_path / "x"))
    assert load_settings().place == tmp_path / "x"
    monkeypatch.setenv("DESKBELL_DEMO", "1")
    load_settings.cache_clear()
    assert load_settings().place == tmp_path / "x" / "demo"


def test_root_keeps_data_where_the_database_user_can_go(monkeypatch, tmp_path):
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    first, second = default_data_dir(tmp_path / "a"), default_data_dir(tmp_path / "b")
    assert first.parent == second.parent == Path("/var/lib/deskbell")
    assert first != second


def test_everybody_else_keeps_data_beside_the_launcher(monkeypatch, tmp_path):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert default_data_dir(tmp_path) == tmp_path / "data"


def test_the_secret_key_is_made_once_and_private(tmp_path):
    settings = DeskbellSettings(data_dir=tmp_path / "d")
    ensure_secret_key(settings)
    key = secret_key(settings)
    ensure_secret_key(settings)
    assert secret_key(settings) == key
    assert len(key) >= 50
    assert (tmp_path / "d" / "secret_key").stat().st_mode & 0o777 == 0o600
    assert [entry.name for entry in (tmp_path / "d").iterdir()] == ["secret_key"]


def test_settings_cannot_be_changed_at_run_time():
    with pytest.raises(ValidationError):
        load_settings().listen_port = 1


def test_the_command_line_says_it_without_a_traceback_and_exits_with_2():
    run = subprocess.run(
        [sys.executable, "-m", "deskbell.config.cli", "up"],
        env={**os.environ, "DESKBELL_LISTEN_PORT": "eighty", "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 2
    assert "DESKBELL_LISTEN_PORT = 'eighty'" in run.stderr
    assert "Traceback" not in run.stderr
