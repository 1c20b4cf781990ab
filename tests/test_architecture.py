"""The shape of the house (docs/architecture.md): an app imports only apps below it, a room only rooms above it."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

#: Lowest floor first. Apps on one floor do not know each other.
FLOORS = (
    ("japanese", "ledger"),
    ("accounts",),
    ("meetings",),
    ("issues",),
    ("summaries",),
    ("followups",),
    ("comments",),
    ("portal",),
)
FLOOR_OF = {app: height for height, apps in enumerate(FLOORS) for app in apps}

#: Inside an app, in the order in which rooms may know each other; what is not named here may be imported by all.
ROOMS = (
    "roles",
    "statuses",
    "history",
    "querysets",
    "models",
    "permissions",
    "timeline",
    "search",
    "records",
    "actions",
    "forms",
    "views",
    "admin",
    "urls",
)


def python_files(app: str) -> list[Path]:
    return [file for file in sorted((ROOT / app).rglob("*.py")) if "migrations" not in file.parts]


def imported(file: Path) -> Iterator[tuple[str, int, bool]]:
    """Each absolute module that `file` imports, its line, and whether the import stands inside a function.

    Imports for annotations only (`if TYPE_CHECKING:`) bind nothing when the program runs and are left out.
    """
    tree = ast.parse(file.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            node.body = []
    nested = {
        id(node)
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for name in node.names:
                yield name.name, node.lineno, id(node) in nested
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file.relative_to(ROOT)}:{node.lineno}: relative import; write the whole name"
            yield node.module or "", node.lineno, id(node) in nested
            for name in node.names:
                yield f"{node.module}.{name.name}", node.lineno, id(node) in nested


def apps_here() -> list[str]:
    return [app for floor in FLOORS for app in floor if (ROOT / app).is_dir()]


@pytest.mark.parametrize("app", apps_here())
def test_an_app_imports_only_apps_below_it(app: str) -> None:
    upward = [
        f"{file.relative_to(ROOT)}:{line} imports {module}"
        for file in python_files(app)
        for module, line, _ in imported(file)
        if (top := module.partition(".")[0]) in FLOOR_OF and top != app and FLOOR_OF[top] >= FLOOR_OF[app]
    ]
    assert upward == []


@pytest.mark.parametrize("app", apps_here())
def test_no_import_of_ours_hides_inside_a_function(app: str) -> None:
    hidden = [
        f"{file.relative_to(ROOT)}:{line} imports {module}"
        for file in python_files(app)
        for module, line, nested in imported(file)
        if nested and module.partition(".")[0] in FLOOR_OF
    ]
    assert hidden == []


@pytest.mark.parametrize("app", apps_here())
def test_a_room_imports_only_rooms_above_it(app: str) -> None:
    def room(parts: tuple[str, ...]) -> int | None:
        name = parts[0].removesuffix(".py") if parts else ""
        return ROOMS.index(name) if name in ROOMS else None

    backward = []
    for file in python_files(app):
        here = room(file.relative_to(ROOT / app).parts)
        for module, line, _ in imported(file):
            parts = module.split(".")
            there = room(tuple(parts[1:])) if parts[0] == app else None
            if here is not None and there is not None and there > here:
                backward.append(f"{file.relative_to(ROOT)}:{line} imports {module}")
    assert backward == []


def test_there_is_no_room_for_odds_and_ends() -> None:
    names = {"utils", "common", "helpers", "misc"}
    assert [str(f.relative_to(ROOT)) for app in apps_here() for f in python_files(app) if f.stem in names] == []
