"""Every action leaves an event in the trail, and asks for its arguments by name."""

import ast
import functools

import pytest

from tests.house.sources import Function, functions, modules, tree

WRITERS = {"recorded", "note", "note_read", "refused"}
CHANGES = {
    "save",
    "create",
    "bulk_create",
    "update",
    "bulk_update",
    "update_or_create",
    "get_or_create",
    "delete",
}
# Actions that leave no event of their own, each with the reason.
EXCUSED: dict[str, str] = {
    "neet.accounts.actions.mark_as_demonstration": "stands before the first account; the mark is its own trace",
    "neet.accounts.actions.send_mailbox_code": "part of signing in, which leaves its event when it is done",
    "neet.accounts.actions.use_code": "part of signing in, which leaves its event when it is done",
    "neet.jobs.actions.cancel_all_of": "ends waiting work of a closed account; closing it left the event",
    "neet.jobs.actions.do_due_work": "the row of the day is the trace; the work itself leaves its own events",
    "neet.jobs.actions.run": "the row of the job is the trace; the work itself leaves its own events",
    "neet.messages.actions.deliver": "the row of the message is the trace; asking for it left the event",
    "neet.messages.actions.follow": "the row of the message is the trace; asking for it left the event",
    "neet.messages.actions.withdraw": "part of the act that is stopped, which leaves its own event",
    "neet.messages.actions.send": "part of the act the message tells about, which leaves its own event",
    "returns.calendar.actions.answering.mark_sent": "part of the act that takes a return over, which leaves its event",
    "returns.calendar.actions.answering.mark_not_sent": "part of the act that takes it back, which leaves its event",
    "returns.calendar.actions.telling.tell": "part of the act the message tells about, which leaves its own event",
    "neet.messages.actions.send_all": "part of the act the messages tell about, which leaves its own event",
    "returns.surveys.actions.make_links": "part of the act that writes to young people, which leaves its own event",
    "returns.surveys.actions.keep_printed": "part of the act that sets letters, which leaves its own event",
    "returns.surveys.actions.withdraw": "part of the act that sets letters anew, which leaves its own event",
    "returns.surveys.actions.new_secret": "part of sending a message; asking for it left the event",
    "neet.jobs.actions.sweep": "puts back what was left lying; no business fact changes",
}


# What the acts of other rooms are made of; the act leaves the event and asks by name.
PARTS = {"tracking.register.actions.people.rewritten", "tracking.register.actions.reach.changing"}


def is_action_module(module: str) -> bool:
    """`actions.py`, or a module of a package `actions`."""
    return "actions" in module.split(".") and not module.startswith("neet.launch")


@functools.cache
def actions() -> dict[str, Function]:
    """The functions an actions module offers to others."""
    return {
        f"{each.module}.{each.name}": each
        for each in functions()
        if is_action_module(each.module) and each.node in tree(modules()[each.module]).body
    }


def shelf(module: str) -> str:
    """The actions shelf a module belongs to."""
    parts = module.split(".")
    return ".".join(parts[: parts.index("actions") + 1]) if "actions" in parts else ""


@functools.cache
def imports(module: str) -> dict[str, str]:
    """What a module calls what it imported."""
    found = {}
    for node in ast.walk(tree(modules()[module])):
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
    return found


@functools.cache
def named(module: str, part: ast.AST) -> set[str]:
    """The dotted names that stand in a piece of a module, where its imports tell what they are."""
    known, names = imports(module), set()
    for node in ast.walk(part):
        if isinstance(node, ast.Name):
            names.add(known.get(node.id, f"{module}.{node.id}"))
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in known:
            names.add(f"{known[node.value.id]}.{node.attr}")
    return {home(name) for name in names}


def home(name: str) -> str:
    """Where a function stands, when it is imported from the package that shows it to others."""
    module, _, last = name.rpartition(".")
    if module in modules() and modules()[module].name == "__init__.py":
        return imports(module).get(last, name)
    return name


@functools.cache
def leaving() -> frozenset[str]:
    """The actions that leave an event, by themselves or through another that does."""
    found = {f"neet.audit.actions.{name}" for name in WRITERS}
    while True:
        more = {name for name, each in actions().items() if named(each.module, each.node) & found}
        if more <= found:
            return frozenset(found)
        found |= more


@functools.cache
def changing() -> frozenset[str]:
    """The functions that write to the database, by themselves or through another of a shelf."""
    found: set[str] = set()
    while True:
        more = {
            name
            for name, each in actions().items()
            if named(each.module, each.node) & found or attributes(each.node) & CHANGES
        }
        if more <= found:
            return frozenset(found)
        found |= more


@functools.cache
def attributes(node: ast.AST) -> set[str]:
    """The methods called in a piece of code."""
    calls = [each.func for each in ast.walk(node) if isinstance(each, ast.Call)]
    return {each.attr for each in calls if isinstance(each, ast.Attribute)}


@functools.cache
def offered() -> list[str]:
    """The actions: what changes something and a module outside their shelf asks for; the rest are parts of one."""
    asked = {
        name
        for module, path in modules().items()
        for name in named(module, tree(path))
        if name in changing() and shelf(module) != shelf(name)
    }
    return sorted(name for name in asked - PARTS if not name.startswith("neet.audit.actions."))


@pytest.mark.parametrize("name", offered())
def test_an_action_leaves_an_event(name: str) -> None:
    assert name in leaving() or name in EXCUSED


@pytest.mark.parametrize("name", offered())
def test_an_action_asks_by_name(name: str) -> None:
    """One argument, a dataclass, cannot be mistaken for another."""
    arguments = actions()[name].node.args

    assert len([*arguments.posonlyargs, *arguments.args]) <= 1


def test_every_excuse_is_needed() -> None:
    assert not {name for name in EXCUSED if name not in offered() or name in leaving()}
