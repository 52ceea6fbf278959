"""Mail servers on loopback that answer as told: real SMTP, scripted replies."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Script:
    """What the server says at each step, and what it was given. An empty reply to `data` hangs up instead."""

    mail: str = "250 OK"
    rcpt: str = "250 OK"
    data: str = "250 OK"
    quit: str = "221 Bye"
    taken: list[Envelope] = field(default_factory=list)

    async def handle_MAIL(  # noqa: N802 - aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        envelope.mail_from = address
        return self.mail

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        envelope.rcpt_tos.append(address)
        return self.rcpt

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        self.taken.append(envelope)
        if not self.data:
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
            await asyncio.sleep(0)
        return self.data or "250 OK"

    async def handle_QUIT(self, _server: SMTP, _session: Session, _envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        return self.quit

    def letters(self) -> list[EmailMessage]:
        """What arrived, as a mail program would read it."""
        contents = [envelope.content for envelope in self.taken]
        return [message_from_bytes(content, policy=SMTP_POLICY) for content in contents if isinstance(content, bytes)]


@contextmanager
def post_office(script: Script, **settings: Any) -> Iterator[int]:
    """A server that follows the script, on the port it yields."""
    controller = Controller(script, hostname="127.0.0.1", port=free_port(), **settings)
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()


@contextmanager
def silent_server() -> Iterator[int]:
    """Takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield int(server.getsockname()[1])


def refuses(reply: str) -> object:
    """An authenticator that answers every login with `reply`."""

    def authenticate(
        _server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, _data: object
    ) -> AuthResult:
        return AuthResult(success=False, handled=False, message=reply)

    return authenticate


def admits(user: str, password: str) -> object:
    """An authenticator for one account."""

    def authenticate(
        _server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, data: object
    ) -> AuthResult:
        return AuthResult(success=data == LoginPassword(user.encode(), password.encode()))

    return authenticate


def certificate(folder: Path) -> tuple[ssl.SSLContext, Path]:
    """A certificate for 127.0.0.1 that nobody else trusts: the server's TLS context, and the file to trust."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    trusted, private = folder / "ca.pem", folder / "key.pem"
    trusted.write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(trusted, private)
    return context, trusted
