"""A mail server that speaks real SMTP on this machine and keeps what it is given."""

import email
import email.policy
import socketserver
import threading
from collections.abc import Iterator
from email.message import EmailMessage

import pytest


class _Talk(socketserver.StreamRequestHandler):
    """One connection, as RFC 5321 has it."""

    server: "MailServer"

    def handle(self) -> None:
        self._say("220 here")
        answers = {"EHLO": "250 here", "HELO": "250 here", "MAIL": "250 go on", "RSET": "250 ok", "NOOP": "250 ok"}
        while line := self.rfile.readline().decode().strip():
            verb = line[:4].upper()
            if verb == "QUIT":
                self._say("221 bye")
                return
            if verb == "RCPT":
                refused = any(address in line for address in self.server.refused)
                self._say("550 nobody here of that name" if refused else "250 known")
            elif verb == "DATA":
                self._say("354 end with a dot")
                self._keep()
            else:
                self._say(answers.get(verb, "500 what?"))

    def _keep(self) -> None:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line)
        self.server.letters.append(email.message_from_bytes(b"".join(lines), policy=email.policy.default))
        self._say("250 kept")

    def _say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


class MailServer(socketserver.ThreadingTCPServer):
    """letters: what arrived. refused: addresses it does not take."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.letters: list[EmailMessage] = []
        self.refused: set[str] = set()


@pytest.fixture
def mail_server(settings) -> Iterator[MailServer]:
    """The product's e-mail goes to this server."""
    with MailServer() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        settings.DEFAULT_FROM_EMAIL = "runut@contoh.example"
        yield server
        server.shutdown()
        thread.join()
