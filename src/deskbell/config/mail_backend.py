"""What happens to mail of the desk itself while no outgoing server is set."""

import logging
from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from typing_extensions import override

logger = logging.getLogger(__name__)


class NotConfiguredBackend(BaseEmailBackend):
    """Says in the log what was not sent and which setting is missing."""

    @override
    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            logger.error(
                # Not the subject: that of a sign-in code is the code.
                "Not sent: a mail to %s. Set DESKBELL_SMTP_HOST to the mail server that sends for the desk.",
                ", ".join(message.recipients()),
            )
        return 0
