"""The project's own files, as the house tests read them."""

import ast
import functools
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
FLOORS = ("neet", "schools", "tracking", "returns", "caseload")


@functools.cache
def modules() -> dict[str, Path]:
    """Every module of the floors by its dotted name, migrations left out."""
    found = {}
    for floor in FLOORS:
        for path in sorted((ROOT / floor).rglob("*.py")):
            if "migrations" not in path.parts:
                parts = path.relative_to(ROOT).with_suffix("").parts
                found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


@functools.cache
def tree(path: Path) -> ast.Module:
    """What Python reads in a file."""
    return ast.parse(path.read_text())


@dataclass(frozen=True)
class Function:
    """A function or method, and where it stands."""

    module: str
    name: str
    node: ast.FunctionDef | ast.AsyncFunctionDef

    @property
    def lines(self) -> int:
        """Its length without decorators and docstring."""
        documented = self.node.body[0].end_lineno or 0 if ast.get_docstring(self.node) else self.node.lineno
        return (self.node.end_lineno or 0) - documented + (0 if ast.get_docstring(self.node) else 1)


@functools.cache
def functions() -> tuple[Function, ...]:
    """Every function of the floors."""
    return tuple(
        Function(module, node.name, node)
        for module, path in modules().items()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )


def templates() -> dict[str, Path]:
    """Every template by the name it is asked for."""
    folder = ROOT / "templates"
    return {str(path.relative_to(folder)): path for path in sorted(folder.rglob("*.*")) if path.is_file()}
