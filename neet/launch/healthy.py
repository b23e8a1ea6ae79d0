"""Asked inside a container, by the container's own health check: does the web server here say that it can serve?"""

import os
import sys
from urllib.error import URLError
from urllib.request import Request, urlopen

SECONDS = 5


def says_ready(address: str, hosts: str) -> bool:
    """Whether /ready answers 200 there, asked as the proxy asks: for the first of our names, over https."""
    name = hosts.split(",")[0].strip().lstrip(".") or "localhost"
    asked = Request(f"{address}/ready", headers={"Host": name, "X-Forwarded-Proto": "https"})
    try:
        with urlopen(asked, timeout=SECONDS) as answer:
            return bool(answer.status == 200)
    except (URLError, OSError):
        return False


if __name__ == "__main__":
    sys.exit(not says_ready("http://127.0.0.1:8000", os.environ.get("ALLOWED_HOSTS", "")))
