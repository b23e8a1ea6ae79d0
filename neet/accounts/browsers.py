"""What to call a browser in a list of one's own sessions."""

NAMES = (("Edg/", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
SYSTEMS = (("Windows", "Windows"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Mac OS", "Mac"),
           ("CrOS", "Chromebook"), ("Linux", "Linux"))  # fmt: skip


def browser_words(agent: str) -> str:
    """ "Firefox on Windows"; the rest of what a browser says about itself is not kept."""
    name = next((words for mark, words in NAMES if mark in agent), "A browser")
    system = next((words for mark, words in SYSTEMS if mark in agent), "")
    return f"{name} on {system}" if system else name
