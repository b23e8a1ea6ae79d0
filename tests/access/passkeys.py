"""A passkey that was invented."""

from typing import Any
from uuid import uuid4

from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)


def credential() -> dict[str, Any]:
    """What a browser sends when a passkey is added: an invented key that opens nothing."""
    key = AttestedCredentialData.create(
        Aaguid.NONE, uuid4().bytes, ES256({1: 2, 3: -7, -1: 1, -2: bytes(32), -3: bytes(32)})
    )
    about = AuthenticatorData.create(bytes(32), AuthenticatorData.FLAG.AT, 0, key)
    kept = AttestationObject.create("none", about, {})
    client = CollectedClientData.create("webauthn.create", b"challenge", "https://neet.example")
    number = websafe_encode(key.credential_id)
    response = {"clientDataJSON": websafe_encode(client), "attestationObject": websafe_encode(kept)}
    return {"id": number, "rawId": number, "type": "public-key", "response": response}
