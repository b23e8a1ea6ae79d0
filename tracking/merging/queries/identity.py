"""Who somebody is on the register, as one digest: a decision that two are two people holds until it changes."""

from hashlib import sha256

from tracking.register.models import YoungPerson

OF_ONE = (
    "given_name",
    "middle_name",
    "family_name",
    "known_as",
    "date_of_birth",
    "gender",
    "upn",
    "uln",
    "previous_id",
)


def identity_of(one: YoungPerson, other: YoungPerson) -> str:
    """One digest of both, in the order of their coming."""
    first, second = sorted((one, other), key=lambda each: each.pk)
    said = [f"{name}={getattr(each, name) or ''}" for each in (first, second) for name in OF_ONE]
    return sha256("\n".join(said).encode()).hexdigest()
