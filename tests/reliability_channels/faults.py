"""What a mail server may do to an office: one fault, put on the healthy server and taken off again."""

from __future__ import annotations

import ipaddress
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tests.channels.postoffice import free_port
from tests.listening import HOST
from tests.reliability_channels.hall import IMPATIENT, PATIENT, Hall
from tests.reliability_channels.mailserver import Mailserver, Mood

LOGIN: Mapping[str, object] = {"smtp_user": "dondoc"}


@dataclass(frozen=True)
class Fault:
    """What the server does, and what the office's settings say of it."""

    moods: Mapping[str, Mood] = field(default_factory=dict)
    offers: tuple[str, ...] = ()
    drips: str = ""
    certificate: str = ""
    """Encrypted from the first byte on, with a certificate that is `untrusted` or `expired`."""
    away: bool = False
    """Nobody listens."""
    settings: Mapping[str, object] = field(default_factory=dict)
    silent: bool = False
    """The office has to lose its patience."""

    def put_on(self, hall: Hall, server: Mailserver, folder: Path) -> None:
        """From now on."""
        server.moods, server.offers, server.drips = self.moods, self.offers, self.drips
        hall.patience = dict(IMPATIENT if self.silent else PATIENT)
        hall.smtp = dict(self.settings) | ({"smtp_port": free_port()} if self.away else {})
        if self.certificate:
            context, file = certificate(folder, expired=self.certificate == "expired")
            server.tls = context
            hall.smtp |= {"smtp_tls": True, "smtp_ca_file": file if self.certificate == "expired" else None}


def taken_off(hall: Hall, server: Mailserver) -> None:
    """The server is well again, and so are the settings."""
    server.moods, server.offers, server.drips, server.tls = {}, (), "", None
    hall.smtp, hall.patience = {}, dict(PATIENT)


def late(_number: int, _to: str) -> str:
    """As usual, beyond anybody's patience."""
    time.sleep(1.0)
    return ""


def to(reader: str, reply: str) -> Mood:
    """This reply to one reader, the usual one to the others."""
    return lambda _number, address: reply if address.startswith(f"{reader}@") else ""


def certificate(folder: Path, *, expired: bool) -> tuple[ssl.SSLContext, Path]:
    """A certificate of 127.0.0.1 that signs itself: the server's context, and the file by which it would be trusted."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, HOST)])
    until = datetime.now(UTC) + timedelta(days=-1 if expired else 1)
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(until - timedelta(days=9))
        .not_valid_after(until)
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(HOST))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    file = folder / "certificate.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file.write_bytes(signed.public_bytes(serialization.Encoding.PEM) + private)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(file)
    return context, file
