"""Throwaway Dovecot and Postfix on loopback, each in a folder of its own.

They drop privileges by themselves when started by root; without root Dovecot runs as the current user, and
Postfix cannot run at all: its tests are skipped, visibly.
"""

from __future__ import annotations

import getpass
import os
import pwd
import shutil
import smtplib
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

import pytest

from deskbell.channels.tests.factories import free_port

PASSWORD = "brass bell"


def _find(program: str) -> str:
    found = shutil.which(program, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
    if found is None:
        pytest.skip(f"{program} is not installed")
    return found


def wait_for_port(port: int, log: Path, seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            probe.settimeout(0.5)
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    pytest.skip(f"a mail server did not start: {log.read_text() if log.exists() else 'no log'}"[-500:])


@contextmanager
def _folder() -> Iterator[Path]:
    """A folder that the servers' own users can enter."""
    place = Path(tempfile.mkdtemp(prefix="deskbell-mail-"))
    place.chmod(0o755)
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


@dataclass(frozen=True)
class Dovecot:
    folder: Path
    imap_port: int
    pop3_port: int
    owner: pwd.struct_passwd

    def put(self, user: str, raw: bytes, name: str) -> None:
        """Drop a message into a user's inbox."""
        inbox = self.folder / "mail" / user
        for part in ("tmp", "new", "cur"):
            (inbox / part).mkdir(parents=True, exist_ok=True)
        place = inbox / "tmp" / name
        place.write_bytes(raw)
        if os.geteuid() == 0:
            for path in (inbox, *inbox.iterdir(), place):
                os.chown(path, self.owner.pw_uid, self.owner.pw_gid)
        place.rename(inbox / "new" / name)  # whole or not at all, as a delivery agent does


@contextmanager
def imap_relay(server: Dovecot, *, asked: Callable[[bytes], None] | None = None, gather: bytes = b"") -> Iterator[int]:
    """The port of a relay in front of Dovecot's IMAP, for one client, that makes rare moments happen every time.

    `asked` hears each line of the client before the server does. What the server says from `gather` on is held
    back for half a second and then sent in one packet.
    """

    def to_server(client: socket.socket) -> None:
        with client.makefile("rb") as lines:
            for line in lines:
                if asked is not None:
                    asked(line)
                behind.sendall(line)

    def to_client(client: socket.socket) -> None:
        while data := behind.recv(65536):
            if gather and gather in data:
                time.sleep(0.5)
                data += _at_hand(behind)
            client.sendall(data)

    def serve() -> None:
        client, _address = listener.accept()
        with client:
            answers = Thread(target=lambda: _quietly(lambda: to_client(client)), daemon=True)
            answers.start()
            _quietly(lambda: to_server(client))
            _quietly(lambda: behind.shutdown(socket.SHUT_RDWR))
            answers.join()

    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        socket.create_connection(("127.0.0.1", server.imap_port)) as behind,
    ):
        thread = Thread(target=serve, daemon=True)
        thread.start()
        yield listener.getsockname()[1]
        thread.join(10)


def _at_hand(connection: socket.socket) -> bytes:
    try:
        return connection.recv(65536, socket.MSG_DONTWAIT)
    except BlockingIOError:
        return b""


def _quietly(work: Callable[[], None]) -> None:
    with suppress(OSError):
        work()


@contextmanager
def dovecot() -> Iterator[Dovecot]:
    program = _find("dovecot")
    as_root = os.geteuid() == 0
    owner = pwd.getpwnam("nobody") if as_root else pwd.getpwuid(os.geteuid())
    with _folder() as place:
        server = Dovecot(place, free_port(), free_port(), owner)
        (place / "mail").mkdir()
        if as_root:
            os.chown(place / "mail", owner.pw_uid, owner.pw_gid)
        config = place / "dovecot.conf"
        config.write_text(_dovecot_config(server, as_root=as_root))
        process = subprocess.Popen(
            [program, "-F", "-c", str(config)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            wait_for_port(server.imap_port, place / "log")
            yield server
        finally:
            process.terminate()
            process.wait(10)


def _dovecot_config(server: Dovecot, *, as_root: bool) -> str:
    me = getpass.getuser()
    users = "" if as_root else f"default_internal_user = {me}\ndefault_login_user = {me}\n"
    return f"""
protocols = imap pop3
listen = 127.0.0.1
base_dir = {server.folder}/run
state_dir = {server.folder}/state
log_path = {server.folder}/log
ssl = no
disable_plaintext_auth = no
auth_mechanisms = plain login
mail_location = maildir:{server.folder}/mail/%u
mail_max_userip_connections = 50
first_valid_uid = 1
{users}passdb {{
  driver = static
  args = password={PASSWORD.replace(" ", "_")}
}}
userdb {{
  driver = static
  args = uid={server.owner.pw_uid} gid={server.owner.pw_gid} home={server.folder}/mail/%u
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {server.imap_port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service pop3-login {{
  chroot =
  inet_listener pop3 {{
    port = {server.pop3_port}
  }}
  inet_listener pop3s {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
namespace inbox {{
  inbox = yes
  mailbox Done {{
    auto = create
  }}
}}
"""


@contextmanager
def postfix(transports: dict[str, str]) -> Iterator[int]:
    """A real MTA; transports: domain → where it takes its mail ("lmtp:unix:/path"). Yields its SMTP port."""
    program = _find("postfix")
    if os.geteuid() != 0:
        pytest.skip("Postfix starts only as root")
    with _folder() as place:
        port = free_port()
        _postfix_config(place, port, transports)
        subprocess.run([program, "-c", str(place / "etc"), "start"], check=True, capture_output=True)
        try:
            wait_for_port(port, place / "mail.log")
            yield port
        finally:
            subprocess.run([program, "-c", str(place / "etc"), "stop"], check=False, capture_output=True)


def _postfix_config(place: Path, port: int, transports: dict[str, str]) -> None:
    owner = pwd.getpwnam("postfix")
    for name in ("etc", "queue", "data"):
        (place / name).mkdir()
    os.chown(place / "data", owner.pw_uid, owner.pw_gid)
    maps = ", ".join(f"{{{domain} = {target}}}" for domain, target in transports.items())
    (place / "etc" / "main.cf").write_text(
        f"""
compatibility_level = 3.6
queue_directory = {place}/queue
data_directory = {place}/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
mail_owner = postfix
setgid_group = postdrop
maillog_file = {place}/mail.log
maillog_file_prefixes = {place}
myhostname = mta.example
mydestination =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
alias_maps =
relay_domains = {" ".join(transports)}
transport_maps = inline:{{ {maps} }}
smtpd_relay_restrictions = permit_mynetworks, reject
smtputf8_enable = yes
minimal_backoff_time = 1s
maximal_backoff_time = 2s
queue_run_delay = 1s
smtp_dns_support_level = disabled
smtp_host_lookup = native
"""
    )
    lines = []
    for line in Path("/etc/postfix/master.cf").read_text().splitlines():
        fields = line.split()
        if not fields or line.startswith(("#", " ", "\t")) or len(fields) < 8:
            continue
        if fields[:2] == ["smtp", "inet"]:
            fields[0] = f"127.0.0.1:{port}"
        elif fields[1] == "inet":
            continue
        fields[4] = "n"
        lines.append(" ".join(fields))
    if not any("postlogd" in line for line in lines):
        lines.append("postlog unix-dgram n - n - 1 postlogd")
    (place / "etc" / "master.cf").write_text("\n".join(lines) + "\n")


def hand_over(port: int, sender: str, recipients: list[str], raw: bytes) -> None:
    with smtplib.SMTP("127.0.0.1", port, timeout=20) as client:
        client.sendmail(sender, recipients, raw, mail_options=["BODY=8BITMIME"])
