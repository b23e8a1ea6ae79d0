"""A square that a telephone's camera reads as an address (QR code), drawn as SVG."""

from django.utils.html import format_html
from django.utils.safestring import SafeString
from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode

# The quiet frame around it, in its own small squares, without which cameras do not find it.
FRAME = 4
# One of eight patterns laid over it; any is read, and choosing among them takes most of the time.
MASK = 3


def square_of(address: str, words: str) -> SafeString:
    """The address as a square; `words` say to a screen reader what it is."""
    code = QRCode(error_correction=ERROR_CORRECT_M, border=FRAME, mask_pattern=MASK)
    code.add_data(address)
    code.make(fit=True)
    rows = code.get_matrix()
    path = "".join(
        f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, is_dark in enumerate(row) if is_dark
    )
    return format_html(
        '<svg class="square" viewBox="0 0 {} {}" role="img" aria-label="{}"><title>{}</title>'
        '<path fill="#000000" d="{}"/></svg>',
        len(rows), len(rows), words, words, path,
    )  # fmt: skip
