"""Rules of the code that the requirements of safety rest on: patterns, decoding, secrets, ways out, scripts, logs."""

import ast
import re
from typing import Any

import pytest
from django.conf import settings

from neet.launch import gunicorn
from tests.house.sources import ROOT, modules, tree

PAGE = (ROOT / "docs" / "security.md").read_text()
PATTERNS = {"compile", "search", "match", "fullmatch", "sub", "subn", "findall", "finditer", "split"}
# Patterns that come from a table of constants in the same module.
FROM_A_TABLE = {
    "returns.nccis.checks.context",  # each sign of a format of the code lists is escaped
    "tracking.rules.asked",
    "tracking.reconciling.rules.boundaries",
    "tracking.reconciling.rules.directory",
}
# Where something is decoded: addresses of settings, our own files, seals, parts of a spreadsheet. Each once.
DECODES = {
    "neet.audit.copying",
    "neet.documents.pdf",
    "neet.environment",
    "neet.lines",
    "neet.files.child.archives",
    "returns.exchange.rules",
}
DECODERS = {"unquote", "unquote_plus", "unescape", "parse_qs", "parse_qsl", "unidecode", "fromhex"}
# Who may ask another machine, and by which setting it is named.
WAYS_OUT = {
    "neet.accounts.provider": "SIGN_ON_ISSUER",
    "neet.messages.ways": "NOTIFY_URL",
    "neet.files.scanner": "CLAMD_ADDRESS",
    "neet.launch.healthy": "ALLOWED_HOSTS",
}
ASKS_OTHERS = {
    "requests", "httpx", "aiohttp", "urllib3", "urllib.request", "http.client", "socket", "ftplib", "smtplib",
    "telnetlib", "paramiko", "notifications_python_client", "websocket", "xmlrpc",
}  # fmt: skip
CRYPTOGRAPHY = {"hashlib", "hmac", "secrets", "cryptography", "jwt", "argon2", "base64"}
BY_HAND = {
    "random",
    "crypt",
    "Crypto",
    "Cryptodome",
    "nacl",
    "rsa",
    "ecdsa",
    "passlib",
    "bcrypt",
    "itsdangerous",
}


def calls() -> list[tuple[str, ast.Call]]:
    return [
        (name, node)
        for name, path in modules().items()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
    ]


def imported() -> list[tuple[str, str]]:
    """Each module of ours with everything it imports, whole names."""
    found = []
    for name, path in modules().items():
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Import):
                found += [(name, each.name) for each in node.names]
            elif isinstance(node, ast.ImportFrom) and node.module:
                found += [(name, node.module), *((name, f"{node.module}.{each.name}") for each in node.names)]
    return found


def is_constant(node: ast.expr) -> bool:
    """Written there, or named in capitals, or escaped."""
    if isinstance(node, ast.JoinedStr):
        parts = [each.value for each in node.values if isinstance(each, ast.FormattedValue)]
        return all(is_constant(each) for each in parts)
    if isinstance(node, ast.BinOp):
        return is_constant(node.left) and is_constant(node.right)
    if isinstance(node, ast.IfExp):
        return is_constant(node.body) and is_constant(node.orelse)
    if isinstance(node, ast.Call):
        return ast.unparse(node.func) == "re.escape"
    name = node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""
    return isinstance(node, ast.Constant) or name.isupper()


def test_no_pattern_is_made_of_what_somebody_typed() -> None:
    found = [
        f"{name}:{call.lineno} {ast.unparse(call)[:60]}"
        for name, call in calls()
        if isinstance(call.func, ast.Attribute)
        and ast.unparse(call.func.value) == "re"
        and call.func.attr in PATTERNS
        and name not in FROM_A_TABLE
        and not is_constant(call.args[0])
    ]

    assert found == []


def test_the_database_is_asked_for_no_pattern_but_in_constraints() -> None:
    found = [
        f"{name}:{node.lineno}"
        for name, path in modules().items()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.keyword)
        and node.arg
        and node.arg.endswith("regex")
        and not isinstance(node.value, ast.Constant)
    ]

    assert found == []


def test_what_comes_in_is_decoded_nowhere_a_second_time() -> None:
    """Django decodes what is sent, once. Whoever decodes besides stands in the list above with a reason."""
    found = {
        name
        for name, call in calls()
        if (call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", ""))
        in DECODERS
    }

    assert found == DECODES


def test_secrets_are_drawn_and_locked_by_libraries_alone() -> None:
    """Chance that somebody could guess makes invented people and nothing else."""
    by_hand = {(name, what) for name, what in imported() if what.split(".")[0] in BY_HAND}
    libraries = {what.split(".")[0] for _, what in imported()} & CRYPTOGRAPHY

    assert {name for name, _ in by_hand if ".seeding" not in name and "invent" not in name} == set()
    assert libraries >= {"hashlib", "secrets", "cryptography", "jwt"}


def test_only_named_doors_lead_out_and_each_is_on_the_page() -> None:
    """A module that can ask another machine is one of these, and asks what one setting names."""
    out = {
        name
        for name, what in imported()
        if any(what == each or what.startswith(f"{each}.") for each in ASKS_OTHERS)
    }
    of_the_launcher = {each for each in out if each.startswith("neet.launch.") and each not in WAYS_OUT}

    assert out - of_the_launcher == set(WAYS_OUT)
    outside = PAGE.partition("## Whom the system talks to")[2].partition("\n## ")[0]
    assert {each for each in WAYS_OUT.values() if f"`{each}`" not in outside} <= {"ALLOWED_HOSTS"}


def test_each_secret_of_the_settings_stands_in_the_inventory() -> None:
    """Every variable of the environment that is a key, password, secret or token."""
    files = [ROOT / "neet" / "settings.py", ROOT / "neet" / "accounts" / "rules" / "sign_on.py"]
    source = "".join(each.read_text() for each in files)
    asked = set(re.findall(r'"([A-Z_]*(?:KEY|PASSWORD|SECRET|TOKEN)[A-Z_]*)"', source))
    keys = PAGE.partition("## Keys, methods and secrets")[2].partition("\n## ")[0]

    assert {"NOTIFY_API_KEY", "EMAIL_PASSWORD", "CLIENT_SECRET"} <= asked
    assert {each for each in asked if f"{each}`" not in keys} == set()


SCRIPTS = sorted((ROOT / "neet" / "ui" / "scripts").glob("*.js"))


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_no_script_writes_under_a_name_it_was_given(script: Any) -> None:
    """No `thing[name] = ...`, nothing merged or parsed into an object: nobody reaches its prototype."""
    words = script.read_text()

    assert re.findall(r"\w\[[^\]\d'\"]+\]\s*=[^=]", words) == []
    assert re.findall(r"__proto__|\bprototype\.\w+\s*=|Object\.(?:assign|setPrototypeOf|defineProperty)"
                      r"|JSON\.parse|structuredClone|constructor\[", words) == []  # fmt: skip


def test_lines_go_to_the_standard_output_and_nowhere_else() -> None:
    written = re.compile(
        r"FileHandler|SysLogHandler|SocketHandler|HTTPHandler|SMTPHandler|basicConfig|addHandler"
    )
    found = [name for name, path in modules().items() if written.search(path.read_text())]
    handlers = [*settings.LOGGING["handlers"].values(), *gunicorn.logconfig_dict["handlers"].values()]

    assert found == []
    assert {each["class"] for each in handlers} == {"logging.StreamHandler"}
    assert gunicorn.accesslog is None
    logged = PAGE.partition("## What is logged, where")[2].partition("\n## ")[0]
    assert "standard output" in logged
    assert "Nothing else is written anywhere" in logged


def test_what_is_ticked_twice_counts_once_on_every_form() -> None:
    """Django's own field of several choices hands on each as often as it is sent."""
    found = [name for name, path in modules().items() if "forms.MultipleChoiceField" in path.read_text()]

    assert found == ["neet.ui.fields"]


def test_no_body_of_a_program_is_read_by_the_librarys_own_parser() -> None:
    """It falls over lists in lists in lists; ours says so plainly."""
    found = [name for name, path in modules().items() if "JSONParser" in path.read_text()]

    assert found == ["neet.bodies"]
    assert settings.REST_FRAMEWORK["DEFAULT_PARSER_CLASSES"] == ["neet.bodies.JsonParser"]
