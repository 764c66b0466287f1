"""The rooms of `articles/` import downwards only; docs/architecture.md draws the picture."""

import ast
import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.test import SimpleTestCase

ROOT = Path(__file__).resolve().parent.parent

GROUND = {"chinese", "body"}
ANSWERS = {"search", "reuse", "citations", "exports"}
BELOW_DOORS = GROUND | {"restoration", "intake", "models", "actions"} | ANSWERS
DOORS = ("views", "admin", "api", "feeds", "sitemaps", "templatetags", "management", "forms", "urls", "apps")
MAY_IMPORT = {
    "chinese": set(),
    "body": set(),
    "restoration": GROUND,
    "models": GROUND,
    "intake": GROUND | {"restoration"},
    **{answer: GROUND | {"models"} for answer in ANSWERS},
    "actions": GROUND | {"restoration", "intake", "models"} | ANSWERS,
    **{door: BELOW_DOORS | {"forms"} for door in DOORS},
    "urls": {"views"},
}
WITHOUT_DJANGO = {"chinese", "body", "restoration", "intake"}
ONE_DOOR = {"models", "search", "reuse"}
NOT_ROOMS = {"tests", "migrations", "__init__"}


def rooms(root: Path) -> Iterator[tuple[str, Path]]:
    """Yield every Python file with the room it stands in."""
    for path in sorted(root.rglob("*.py")):
        room = path.relative_to(root).parts[0].removesuffix(".py")
        if room not in NOT_ROOMS:
            yield room, path


def imported_modules(path: Path) -> Iterator[str]:
    """Yield the full name of every module the file imports, `from x import y` also as `x.y` where x is the package."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            if node.module == "articles":
                yield from (f"articles.{alias.name}" for alias in node.names)
            else:
                yield "." * node.level + (node.module or "")


def breaches(root: Path) -> Iterator[str]:
    """Yield a sentence for each import or file that breaks the rule."""
    for room, path in rooms(root):
        if room not in MAY_IMPORT:
            yield f"{path.name} is no room of the table"
            continue
        yield from (f"{room}/{path.name} {fault}" for name in imported_modules(path) if (fault := breach(room, name)))


def breach(room: str, name: str) -> str:
    """Say what is wrong when a file of `room` imports the module `name`; empty when nothing is."""
    top, _, rest = name.partition(".")
    if top == "":
        return f"imports by a relative name: {name}"
    if top == "site_project":
        return "imports the site, which knows every room and is known by none"
    if top == "django" and room in WITHOUT_DJANGO:
        return "imports Django"
    other = rest.partition(".")[0]
    if top != "articles" or not other or other == room:
        return ""
    if other not in MAY_IMPORT[room]:
        return f"imports {other}"
    return f"goes past the door of {other}" if other in ONE_DOOR and name != f"articles.{other}" else ""


class LayerTests(SimpleTestCase):
    def test_no_room_reaches_up_or_past_a_door(self):
        self.assertEqual(list(breaches(ROOT)), [])

    def test_it_sees_planted_breaches(self):
        planted = {
            "chinese/scripts.py": "from articles.models import Article",
            "models/article.py": "from articles.views import reading",
            "models/edition.py": "from articles import views",
            "intake/pipeline.py": "import django",
            "intake/draft.py": "from django.db import models",
            "views/reading.py": "from articles.search.backends import sqlite",
            "views/browsing.py": "from articles.admin import site",
            "admin/articles.py": "from articles.models.article import Article",
            "search/query.py": "from articles.reuse import shared",
            "actions/placing.py": "from site_project import settings",
            "body/blocks.py": "from .schema import TAGS",
            "helpers.py": "",
        }
        for name, line in planted.items():
            with self.subTest(planted=name), tempfile.TemporaryDirectory() as folder:
                path = Path(folder, name)
                path.parent.mkdir(exist_ok=True)
                path.write_text(line)
                self.assertEqual(len(list(breaches(Path(folder)))), 1)

    def test_it_lets_a_door_call_what_is_below(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "views")
            path.mkdir()
            (path / "reading.py").write_text("from articles import search\nfrom articles.models import Article\n")
            self.assertEqual(list(breaches(Path(folder))), [])
