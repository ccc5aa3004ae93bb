"""The settings of Deskbell: typed, documented, and refused with a name and a fix when wrong.

Sources, the first that names a setting wins: environment variables, then one TOML file
(`DESKBELL_CONFIG`, `./deskbell.toml` or `/etc/deskbell/deskbell.toml`), then the default.
"""

import hashlib
import os
import re
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AliasChoices, Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, PydanticBaseSettingsSource, SettingsConfigDict
from typing_extensions import override

from deskbell.config.installation.sources import ConfigFileSource

LANGUAGES = {
    "en": "English",
    "uk": "Українська",
    "ru": "Русский",
    "fi": "Suomi",
    "pl": "Polski",
    "zh-hant": "繁體中文",
}

# As root everything lives here: no folder of somebody else ever needs wider permissions.
SYSTEM_DATA_ROOT = Path("/var/lib/deskbell")

DEMO_SMTP_PORT, DEMO_OUTBOX_PORT = 2525, 2526

CommaSeparated = Annotated[tuple[str, ...], NoDecode]
Port = Annotated[int, Field(ge=1, le=65535)]


def default_data_dir(checkout: Path | None = None) -> Path:
    """`data` beside the launcher, or for root a folder of its own per checkout below /var/lib/deskbell."""
    place = (checkout or Path(os.environ.get("DESKBELL_HOME") or ".")).resolve()
    if os.geteuid() != 0:
        return place / "data"
    readable = re.sub(r"[^a-z0-9]+", "-", place.name.lower()).strip("-") or "deskbell"
    return SYSTEM_DATA_ROOT / f"{readable}-{hashlib.sha256(bytes(place)).hexdigest()[:6]}"


class DeskbellSettings(BaseSettings):
    """Every setting of an installation. Names in the environment carry the prefix `DESKBELL_`."""

    model_config = SettingsConfigDict(
        env_prefix="DESKBELL_", extra="forbid", validate_default=True, frozen=True, hide_input_in_errors=True
    )
    # The environment is shared with others, so only the file can hold an unknown key.
    unprefixed: ClassVar[dict[str, str]] = {"database_url": "DATABASE_URL"}

    # --- the place and the database
    data_dir: Path = Field(
        default_factory=default_data_dir,
        description="Folder for everything Deskbell keeps outside the database: files, the secret key, "
        "and the embedded database. Default: `data` in the current folder; for root a folder "
        "below /var/lib/deskbell.",
    )
    database_url: SecretStr | None = Field(
        default=None,
        validation_alias=AliasChoices("DATABASE_URL", "database_url"),
        description="Address of a PostgreSQL 15 or newer: `postgresql://user:password@host:5432/name`. "
        "Unset: an embedded PostgreSQL is started below the data folder. No prefix in the "
        "environment.",
    )
    secret_key: SecretStr | None = Field(
        default=None,
        description="Key that signs sessions and links, at least 32 characters. Unset: made at the first "
        "start and kept in the data folder. With several machines, set the same key on each.",
    )

    # --- the web
    base_url: str = Field(
        default="",
        description="Address people open, such as `https://desk.example.org`; used in mails. With `https`"
        " cookies are sent over TLS only. Default: `http://` and the listening address.",
    )
    listen_host: str = Field(default="127.0.0.1", description="Address the web server listens on.")
    listen_port: Port = Field(default=8000, description="Port the web server listens on.")
    allowed_hosts: CommaSeparated = Field(
        default=(),
        description="Further host names the desk answers to, separated by commas. The host of `base_url` "
        "and the loopback names always work.",
    )
    trusted_proxies: int = Field(
        default=0,
        ge=0,
        le=10,
        description="How many reverse proxies of yours stand in front; the caller's address and `https` "
        "are taken from the headers they add. 0: headers are not believed.",
    )
    web_workers: int = Field(default=1, ge=1, le=64, description="Web processes on this machine.")
    web_threads: int = Field(
        default=4,
        ge=1,
        le=64,
        description="Threads per web process; each may hold one database connection.",
    )
    worker_concurrency: int = Field(
        default=4, ge=1, le=64, description="Background jobs one worker process runs at the same time."
    )
    webhook_concurrency: int = Field(
        default=4, ge=1, le=32, description="Webhooks one worker process sends at the same time, beside its other jobs."
    )

    # --- mail in
    smtp_in_host: str = Field(default="127.0.0.1", description="Address on which the desk itself accepts mail by SMTP.")
    smtp_in_port: int = Field(
        default=0, ge=0, le=65535, description="Port on which the desk itself accepts mail by SMTP. 0: off."
    )
    lmtp_socket: Path | None = Field(
        default=None,
        description="Unix socket on which the desk accepts mail by LMTP from a mail server on the same "
        "machine. Unset: off.",
    )
    max_message_mb: int = Field(
        default=50, ge=1, le=1024, description="Largest mail accepted, in MB (1,000,000 bytes)."
    )

    # --- mail out
    smtp_host: str = Field(
        default="",
        description="Mail server that sends what no mailbox of its own sends (sign-in codes, notices). "
        "Empty: nothing is sent and the log says so.",
    )
    smtp_port: Port = Field(default=587, description="Port of that mail server.")
    smtp_security: Literal["starttls", "tls", "none"] = Field(
        default="starttls", description="How the connection to that mail server is protected."
    )
    smtp_user: str = Field(default="", description="User name at that mail server. Empty: no sign-in.")
    smtp_password: SecretStr = Field(default=SecretStr(""), description="Password at that mail server.")
    mail_from: str = Field(
        default="",
        description="Sender address of those mails. Default: `desk@` and the host of `base_url`.",
    )

    outbox_port: int = Field(
        default=0,
        ge=0,
        le=65535,
        description="Port on which the demonstration takes in all mail it sends and keeps it in its outbox, delivering "
        "nothing. 0: off. `deskbell demo` sets it.",
    )

    # --- files
    storage: Literal["disk", "s3"] = Field(
        default="disk",
        description="Where attachments are kept: in the data folder, or in an S3 bucket (needed with "
        "several machines).",
    )
    s3_bucket: str = Field(default="", description="Name of the bucket.")
    s3_endpoint: str = Field(default="", description="Address of the S3 service. Empty: the provider's default.")
    s3_region: str = Field(default="", description="Region of the bucket.")
    s3_access_key: str = Field(default="", description="Access key for the bucket.")
    s3_secret_key: SecretStr = Field(default=SecretStr(""), description="Secret key for the bucket.")
    max_upload_mb: int = Field(
        default=25, ge=1, le=1024, description="Largest request with files, in MB (1,000,000 bytes)."
    )

    # --- the API
    api_calls_per_minute: int = Field(
        default=600,
        ge=0,
        le=1_000_000,
        description="Calls of the API a token (or a person on its documentation page) may make in a minute; more are "
        "answered 429. Counted in each web process of its own. 0: no limit.",
    )
    api_wrong_tokens_per_minute: int = Field(
        default=60,
        ge=0,
        le=1_000_000,
        description="Calls with tokens that do not work an address may make in a minute (of IPv6 a /64 network); "
        "tokens that work are not held up by them. Counted in each web process of its own. 0: no limit.",
    )

    # --- the rest
    languages: CommaSeparated = Field(
        default=tuple(LANGUAGES),
        description="Languages offered, separated by commas; the first is the default.",
    )
    time_zone: str = Field(
        default="UTC", description="Time zone of people who have not chosen one, such as `Europe/Kyiv`."
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="The least important messages written to the log."
    )
    log_format: Literal["text", "json"] = Field(
        default="text", description="`text` for people, `json` (one object a line) for log collectors."
    )
    demo: bool = Field(
        default=False,
        description="Run as the demonstration: data in the folder `demo` inside the data folder, mail "
        "kept in an outbox. `deskbell demo` sets it.",
    )
    role: Literal["", "web", "worker", "intake"] = Field(
        default="",
        description="Which part of the desk this process is. Deskbell sets it for its own processes.",
    )

    @classmethod
    @override
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, env_settings, ConfigFileSource(settings_cls)

    @classmethod
    def environment_name(cls, field: str) -> str:
        """Name of the environment variable for a setting."""
        return cls.unprefixed.get(field, f"DESKBELL_{field.upper()}")

    @field_validator("allowed_hosts", "languages", mode="before")
    @classmethod
    def _split_commas(cls, value: Any) -> Any:
        if isinstance(value, str):
            return tuple(part.strip() for part in value.split(",") if part.strip())
        return value

    @field_validator("database_url", "secret_key", "lmtp_socket", mode="before")
    @classmethod
    def _empty_is_unset(cls, value: Any) -> Any:
        return None if value == "" else value

    @field_validator("languages")
    @classmethod
    def _known_languages(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        unknown = [code for code in value if code not in LANGUAGES]
        if unknown or not value:
            raise ValueError(f"{', '.join(unknown) or 'no language'}: choose from {', '.join(LANGUAGES)}")
        return value

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        if value not in available_timezones():
            raise ValueError(f"no such time zone: {value!r}; write it like Europe/Helsinki")
        return ZoneInfo(value).key

    @field_validator("base_url")
    @classmethod
    def _plain_address(cls, value: str) -> str:
        if not value:
            return value
        parts = urlsplit(value)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path.strip("/") or parts.query:
            raise ValueError(f"{value!r}: write scheme and host only, like https://desk.example.org")
        return value.rstrip("/")

    @field_validator("database_url")
    @classmethod
    def _postgresql_only(cls, value: SecretStr | None) -> SecretStr | None:
        if value is None:
            return None
        parts = urlsplit(value.get_secret_value())
        if parts.scheme not in {"postgresql", "postgres"}:
            raise ValueError("only PostgreSQL works; write it like postgresql://user:password@host:5432/deskbell")
        if not parts.path.strip("/"):
            raise ValueError("the database's name is missing at the end, like …@host:5432/deskbell")
        return value

    @field_validator("secret_key")
    @classmethod
    def _long_enough(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and len(value.get_secret_value()) < 32:  # noqa: PLR2004
            raise ValueError("too short: give at least 32 random characters, or leave it unset")
        return value

    @field_validator("data_dir", "lmtp_socket")
    @classmethod
    def _absolute(cls, value: Path | None) -> Path | None:
        return None if value is None else value.expanduser().absolute()

    @model_validator(mode="after")
    def _demonstration_sends_to_its_outbox(self) -> Self:
        """Also for commands beside a running demonstration, which knows its ports from its environment."""
        if self.demo and not self.smtp_host:
            values = {"outbox_port": self.outbox_port or DEMO_OUTBOX_PORT, "smtp_host": "127.0.0.1"}
            values |= {"smtp_port": values["outbox_port"], "smtp_security": "none"}
            for name, value in values.items():
                object.__setattr__(self, name, value)  # frozen for everybody else
        return self

    @model_validator(mode="after")
    def _complete_storage(self) -> Self:
        if self.storage == "s3" and not self.s3_bucket:
            raise ValueError("s3_bucket: storage is s3, so the bucket's name is needed")
        return self

    @property
    def place(self) -> Path:
        """The data folder in use: the demonstration never shares one with a real desk."""
        return self.data_dir / "demo" if self.demo else self.data_dir

    @property
    def address(self) -> str:
        """Where people open the desk, without a slash at the end."""
        if self.base_url:
            return self.base_url
        host = "127.0.0.1" if self.listen_host in {"0.0.0.0", "::", ""} else self.listen_host  # noqa: S104
        return f"http://{f'[{host}]' if ':' in host else host}:{self.listen_port}"

    @property
    def sender(self) -> str:
        """Sender of mails that belong to no mailbox."""
        return self.mail_from or f"desk@{urlsplit(self.address).hostname}"
