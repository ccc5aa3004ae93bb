"""Hands a message to an SMTP server (RFC 5321) and says in words what became of it.

Failures are of two kinds: *transient*, worth another try later, and *permanent*, which need a person.
"""

from __future__ import annotations

import re
import smtplib
import socket
import ssl
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

TIMEOUT = 30
"""Seconds for each step of the dialogue."""
_ENHANCED = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
_SMTP_OK = 250
_PERMANENT = 500


class Security(StrEnum):
    """How the connection is protected."""

    NONE = "none"
    STARTTLS = "starttls"
    TLS = "tls"


@dataclass(frozen=True, slots=True)
class Server:
    """Where and how to connect. `verify` false accepts any certificate (a server of one's own without one)."""

    host: str
    port: int
    security: str = Security.STARTTLS
    user: str = ""
    password: str = ""
    verify: bool = True
    timeout: float = TIMEOUT


@dataclass(frozen=True, slots=True)
class Refusal:
    """One recipient that the server refused: its answer, and the sentence for a person."""

    address: str
    code: int
    text: str
    sentence: str

    @property
    def is_permanent(self) -> bool:
        return self.code >= _PERMANENT


@dataclass(frozen=True, slots=True)
class Delivery:
    """The server took the message for at least one recipient. `response`: its last answer."""

    response: str
    refused: tuple[Refusal, ...] = ()


class SendFailure(Exception):
    """Nothing was sent. `str(error)` is a sentence for a person."""

    is_permanent = False

    def __init__(self, sentence: str, *, code: int = 0, response: str = "") -> None:
        self.code = code
        self.response = response
        super().__init__(sentence)


class TransientFailure(SendFailure):
    """Another try later may work."""


class PermanentFailure(SendFailure):
    """Another try will end the same way until somebody changes something."""

    is_permanent = True


def send(
    server: Server,
    envelope_from: str,
    recipients: Sequence[str],
    data: bytes,
    *,
    smtputf8: bool = False,
    before_data: Callable[[], None] = lambda: None,
) -> Delivery:
    """Send `data` (CRLF line ends) to `recipients`. Raises TransientFailure or PermanentFailure.

    envelope_from: where delivery reports go. before_data: called right before the text is handed over; from then
    on until this returns or raises, nobody knows whether the server has the message.
    """
    with connected(server) as connection:
        options = _options(connection, data, smtputf8=smtputf8)
        _expect(connection.mail(envelope_from, options), lambda c, t: _refused_sender(envelope_from, c, t))
        refused = []
        for recipient in recipients:
            code, answer = connection.rcpt(recipient)
            if not 200 <= code < 300:  # noqa: PLR2004
                text = _text(answer)
                refused.append(Refusal(recipient, code, text, refusal_sentence(recipient, code, text)))
        if len(refused) == len(recipients):
            connection.rset()
            raise _all_refused(refused)
        before_data()
        code, answer = connection.data(data)
        text = _text(answer)
        if code != _SMTP_OK:
            raise _failure(code, text, refusal_sentence(", ".join(recipients), code, text))
        return Delivery(f"{code} {text}", tuple(refused))


@contextmanager
def connected(server: Server) -> Iterator[smtplib.SMTP]:
    """A connection that is greeted, protected and signed in. Raises TransientFailure or PermanentFailure."""
    try:
        connection = _open(server)
    except SendFailure:
        raise
    except (OSError, smtplib.SMTPException) as error:
        raise connection_failure(server, error) from error
    try:
        yield connection
    except SendFailure:
        raise
    except (OSError, smtplib.SMTPException) as error:
        raise connection_failure(server, error) from error
    finally:
        _close(connection)


def _open(server: Server) -> smtplib.SMTP:
    context = tls_context(verify=server.verify)
    connection: smtplib.SMTP
    if server.security == Security.TLS:
        connection = smtplib.SMTP_SSL(server.host, server.port, timeout=server.timeout, context=context)
    else:
        connection = smtplib.SMTP(server.host, server.port, timeout=server.timeout)
    try:
        connection.ehlo_or_helo_if_needed()
        if server.security == Security.STARTTLS:
            connection.starttls(context=context)
            connection.ehlo()
        if server.user:
            connection.login(server.user, server.password)
    except BaseException:
        _close(connection)
        raise
    return connection


def tls_context(*, verify: bool) -> ssl.SSLContext:
    """TLS as a client: certificates checked unless an administrator said otherwise for this server."""
    context = ssl.create_default_context()
    if not verify:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


def _close(connection: smtplib.SMTP) -> None:
    try:
        connection.quit()
    except (OSError, smtplib.SMTPException):
        connection.close()


def _options(connection: smtplib.SMTP, data: bytes, *, smtputf8: bool) -> list[str]:
    options = []
    if connection.has_extn("size"):
        options.append(f"SIZE={len(data)}")
    if connection.has_extn("8bitmime"):
        options.append("BODY=8BITMIME")
    if smtputf8:
        if not connection.has_extn("smtputf8"):
            raise PermanentFailure(
                _("Not sent: the mail server cannot send to addresses with letters outside ASCII. Try another address.")
            )
        options.append("SMTPUTF8")
        connection.command_encoding = "utf-8"
    return options


def _expect(answer: tuple[int, bytes], sentence: object) -> None:
    code, raw = answer
    if not 200 <= code < 300:  # noqa: PLR2004
        text = _text(raw)
        assert callable(sentence)
        raise _failure(code, text, sentence(code, text))


def _failure(code: int, text: str, sentence: str) -> SendFailure:
    kind = PermanentFailure if code >= _PERMANENT else TransientFailure
    return kind(sentence, code=code, response=f"{code} {text}")


def _all_refused(refused: list[Refusal]) -> SendFailure:
    # One recipient that may be reached later makes another try worth while.
    first = next((r for r in refused if not r.is_permanent), refused[0])
    return _failure(first.code, first.text, first.sentence)


def _text(answer: bytes) -> str:
    return " ".join(answer.decode("utf-8", "replace").split())[:500]


def _refused_sender(address: str, code: int, text: str) -> str:
    del code
    return _("Not sent: the server does not accept %(address)s as sender (%(answer)s). Check the mailbox.") % {
        "address": address or "<>",
        "answer": text,
    }


def refusal_sentence(address: str, code: int, text: str) -> str:
    """What a server's refusal of `address` means, and what can be done."""
    reason = _reason(code, text)
    if code < _PERMANENT:
        return _("Not sent yet: the server put off %(address)s (%(reason)s). Deskbell tries again by itself.") % {
            "address": address,
            "reason": reason,
        }
    return _("Not sent: the server refused %(address)s (%(reason)s). Try another address or resend.") % {
        "address": address,
        "reason": reason,
    }


def _reason(code: int, text: str) -> str:  # noqa: PLR0911 - one for each meaning
    """A few words for an SMTP answer, by its enhanced status code (RFC 3463) or its wording."""
    match = _ENHANCED.search(text)
    detail = f"{match[2]}.{match[3]}" if match else ""
    lowered = text.lower()
    if (
        detail == "2.2"
        or (code in {452, 552} and ("full" in lowered or "quota" in lowered))
        or "mailbox full" in lowered
    ):
        return _("mailbox full")
    if detail in {"1.1", "1.6", "1.10"} or "user unknown" in lowered or "no such user" in lowered:
        return _("no such mailbox")
    if detail in {"1.2", "4.4"}:
        return _("no such mail domain")
    if detail in {"2.3", "3.4"} or "size limit" in lowered or "too large" in lowered:
        return _("message too large")
    if detail == "2.1":
        return _("mailbox switched off")
    if "greylist" in lowered or "graylist" in lowered:
        return _("asks to come back later")
    if detail.startswith("7.") or "spam" in lowered or "blocked" in lowered:
        return _("refused by its rules: %(answer)s") % {"answer": text[:160]}
    return text[:160] or str(code)


def connection_failure(server: Server, error: Exception) -> SendFailure:  # noqa: PLR0911 - one for each failure
    """The failure for an exception of a connection to `server`."""
    place = {"server": f"{server.host}:{server.port}"}
    if isinstance(error, smtplib.SMTPAuthenticationError):
        # A password is not going to become right by itself, but a server under maintenance also says 4xx.
        sentence = _("Not sent: %(server)s did not accept user name and password. Check the mailbox.") % place
        return _failure(error.smtp_code, _text(_bytes(error.smtp_error)), sentence)
    if isinstance(error, ssl.SSLCertVerificationError):
        return TransientFailure(
            _("Not sent: the certificate of %(server)s is not valid (%(reason)s). Check the mailbox.")
            % {**place, "reason": error.verify_message}
        )
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return PermanentFailure(
            _("Not sent: %(server)s does not offer what the mailbox asks for (encryption or sign-in).") % place
        )
    if isinstance(error, smtplib.SMTPResponseException):
        sentence = _("Not sent: %(server)s answered “%(answer)s”.") % {
            **place,
            "answer": _text(_bytes(error.smtp_error)),
        }
        return _failure(error.smtp_code, _text(_bytes(error.smtp_error)), sentence)
    if isinstance(error, socket.gaierror):
        return TransientFailure(_("Not sent: there is no server called %(host)s.") % {"host": server.host})
    if isinstance(error, TimeoutError):
        return TransientFailure(_("Not sent yet: %(server)s did not answer in time.") % place)
    if isinstance(error, ConnectionRefusedError):
        return TransientFailure(_("Not sent yet: nothing listens at %(server)s.") % place)
    if isinstance(error, ssl.SSLError):
        return TransientFailure(
            _("Not sent: no encrypted connection to %(server)s (%(reason)s). Check the mailbox.")
            % {**place, "reason": error.reason or str(error)}
        )
    return TransientFailure(
        _("Not sent yet: the connection to %(server)s broke (%(reason)s).") % {**place, "reason": str(error)[:160]}
    )


def _bytes(value: bytes | str) -> bytes:
    return value if isinstance(value, bytes) else value.encode("utf-8", "replace")
