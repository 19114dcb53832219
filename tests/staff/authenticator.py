"""A passkey in software: makes credentials and signs challenges as WebAuthn asks.

Source: Web Authentication, Level 2 (W3C Recommendation, 8 April 2021), sections 6.1, 6.5.4, 8.7.
"""

import hashlib
import json
import secrets
from base64 import urlsafe_b64encode
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2 import cbor
from fido2.utils import websafe_decode

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


def _text(data: bytes) -> str:
    return urlsafe_b64encode(data).decode().rstrip("=")


class Passkey:
    """One key for one site; `verifies` says whether it has checked its owner's finger."""

    def __init__(self, origin: str = "http://localhost", *, verifies: bool = True) -> None:
        self.origin = origin
        self.verifies = verifies
        self.identifier = secrets.token_bytes(16)
        self.user_handle = b""
        self._key = ec.generate_private_key(ec.SECP256R1())

    def create(self, options: dict[str, Any]) -> str:
        """Answer to a registration, as the browser writes it."""
        public = options["publicKey"]
        self.user_handle = _bytes(public["user"]["id"])
        numbers = self._key.public_key().public_numbers()
        key = cbor.encode(
            {
                1: 2,
                3: -7,
                -1: 1,
                -2: numbers.x.to_bytes(32, "big"),
                -3: numbers.y.to_bytes(32, "big"),
            }
        )
        attested = bytes(16) + len(self.identifier).to_bytes(2, "big") + self.identifier + key
        data = self._data(public["rp"]["id"], ATTESTED) + attested
        statement = cbor.encode({"fmt": "none", "attStmt": {}, "authData": data})
        return self._written(
            {
                "clientDataJSON": self._client("webauthn.create", public["challenge"]),
                "attestationObject": statement,
            }
        )

    def get(self, options: dict[str, Any]) -> str:
        """Answer to a challenge, as the browser writes it."""
        public = options["publicKey"]
        client = self._client("webauthn.get", public["challenge"])
        data = self._data(public["rpId"], 0)
        signed = data + hashlib.sha256(client).digest()
        return self._written(
            {
                "clientDataJSON": client,
                "authenticatorData": data,
                "signature": self._key.sign(signed, ec.ECDSA(hashes.SHA256())),
                "userHandle": self.user_handle,
            }
        )

    def _data(self, site: str, flags: int) -> bytes:
        flags |= PRESENT | (VERIFIED if self.verifies else 0)
        return hashlib.sha256(site.encode()).digest() + bytes([flags]) + bytes(4)

    def _client(self, kind: str, challenge: str) -> bytes:
        client = {"type": kind, "challenge": challenge, "origin": self.origin}
        return json.dumps(client).encode()

    def _written(self, response: dict[str, bytes]) -> str:
        return json.dumps(
            {
                "type": "public-key",
                "id": _text(self.identifier),
                "rawId": _text(self.identifier),
                "response": {name: _text(value) for name, value in response.items()},
                "clientExtensionResults": {},
            }
        )


def _bytes(text: str) -> bytes:

    return websafe_decode(text)
