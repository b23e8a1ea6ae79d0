"""One-time codes: those of an authenticator app (RFC 6238), those sent by e-mail, and those printed for a bad day."""

import base64
import hmac
import secrets
import struct

STEP_SECONDS = 30
DIGITS = 6
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # nothing that looks like something else on paper


def app_code(secret: str, counter: int) -> str:
    """The six digits an authenticator app shows in this half minute (RFC 4226, SHA-1)."""
    digest = hmac.digest(base64.b32decode(secret, casefold=True), struct.pack(">Q", counter), "sha1")
    offset = digest[-1] & 0x0F
    number = struct.unpack(">I", digest[offset : offset + 4])[0] & 0x7FFFFFFF
    return f"{number % 10**DIGITS:0{DIGITS}}"


def matching_step(secret: str, code: str, moment: float, *, after: int) -> int | None:
    """The half minute whose code this is: the present one or a neighbour (clocks drift), and later than the last one
    used, so that a code seen over a shoulder is worth nothing. None where there is no such half minute.
    """
    present = int(moment) // STEP_SECONDS
    for step in (present, present - 1, present + 1):
        if step > after and hmac.compare_digest(app_code(secret, step), code):
            return step
    return None


def mailbox_code() -> str:
    """Six digits nobody can guess, to be sent by e-mail."""
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"


def recovery_code() -> str:
    """Fifty bits in two groups of letters that can be read from paper."""
    drawn = "".join(secrets.choice(LETTERS) for _ in range(10))
    return f"{drawn[:5]}-{drawn[5:]}"


def tidy(code: str) -> str:
    """What was typed, without the spaces and hyphens people put in, and in capitals."""
    return "".join(each for each in code.upper() if each.isalnum())
