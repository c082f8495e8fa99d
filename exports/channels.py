"""The ways a notice leaves the house: a mail, a webhook.

Belongs here: handing one notice over, once. Not here: which notices there are and when they are tried again (`notices`).
Without an address nothing is sent and no connection is made. Secrets come from the environment alone.
"""

from __future__ import annotations

import json
import os
import smtplib
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formatdate
from urllib.parse import urlsplit

SMTP_PASSWORD = "MIDTVEJS_SMTP_PASSWORD"  # noqa: S105 - the name of the variable
PATIENCE = 10.0
"""Seconds a mail server or a webhook may take to answer."""


class NotTaken(Exception):  # noqa: N818 - an answer, told in words
    """The receiver did not take the notice; the message is one Danish sentence without addresses or secrets."""


@dataclass(frozen=True)
class Channels:
    """Where notices go.

    `mail_to`: addresses separated by commas, blank for none. `mail_from`: the sender, the first receiver when blank.
    `smtp_host`, `smtp_port`: the mail server; `smtp_starttls`: whether it is spoken to encrypted; `smtp_user`: who signs in,
    with the password of MIDTVEJS_SMTP_PASSWORD, nobody when blank. `webhook`: an http(s) address that takes JSON, blank for
    none.
    """

    mail_to: str = ""
    mail_from: str = ""
    smtp_host: str = "127.0.0.1"
    smtp_port: int = 25
    smtp_starttls: bool = False
    smtp_user: str = ""
    webhook: str = ""

    def names(self) -> Iterator[str]:
        """The channels that are set."""
        if self.mail_to:
            yield "mail"
        if self.webhook:
            yield "webhook"

    def hand_over(self, channel: str, key: str, subject: str, text: str) -> None:
        """Hand a notice to a channel; raises NotTaken."""
        {"mail": self._mail, "webhook": self._post}[channel](key, subject, text)

    def _mail(self, key: str, subject: str, text: str) -> None:
        receivers = [address.strip() for address in self.mail_to.split(",")]
        message = EmailMessage()
        message["Subject"], message["To"] = subject, ", ".join(receivers)
        message["From"] = self.mail_from or receivers[0]
        message["Date"] = formatdate()
        # The same notice sent twice by a crash in between is one and the same mail to a mail reader.
        message["Message-ID"] = f"<{key}@midtvejsstatus>"
        message.set_content(text)
        try:
            with smtplib.SMTP(self.smtp_host, self.smtp_port, timeout=PATIENCE) as server:
                if self.smtp_starttls:
                    server.starttls()
                if self.smtp_user:
                    server.login(self.smtp_user, os.environ.get(SMTP_PASSWORD, ""))
                server.send_message(message)
        except (OSError, smtplib.SMTPException) as fault:
            raise NotTaken(f"Mailserveren tog ikke imod ({type(fault).__name__}).") from None

    def _post(self, key: str, subject: str, text: str) -> None:
        if urlsplit(self.webhook).scheme not in ("http", "https"):
            raise NotTaken("Webhookens adresse skal begynde med http:// eller https://.")
        body = json.dumps({"id": key, "subject": subject, "text": f"{subject}\n\n{text}"})
        headers = {"Content-Type": "application/json"}
        asked = urllib.request.Request(self.webhook, body.encode("utf-8"), headers)  # noqa: S310
        try:
            with urllib.request.urlopen(asked, timeout=PATIENCE):  # noqa: S310
                return
        except (OSError, ValueError) as fault:
            raise NotTaken(f"Webhooken tog ikke imod ({type(fault).__name__}).") from None
