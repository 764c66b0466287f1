"""The editors' manual says what is true: its words are those of the interface, its addresses and pictures exist."""

import gettext
import re
from importlib.util import find_spec
from pathlib import Path

from django.core.management import get_commands
from django.test import SimpleTestCase
from django.urls import resolve

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "docs/images/editing"
LANGUAGES = {"en": "editing.md", "zh_Hans": "editing.zh-CN.md"}
BOLD, ADDRESS, PICTURE = (
    re.compile(r"\*\*(.+?)\*\*"),
    re.compile(r"`(/admin/[^`]*)`"),
    re.compile(r"!\[(.*?)\]\((.+?)\)"),
)
QUOTED = re.compile(r"“(.+?)”")
COMMAND = re.compile(r"`([a-z]+(?:_[a-z]+)+)`")
# These stand in the templates themselves: a language is called by its own name.
OWN_NAMES = {"简体", "繁體", "English"}
DJANGOS = ("django.contrib.admin", "django.contrib.auth")
CATALOGUES = (ROOT / "articles/locale", *(Path(find_spec(name).origin).parent / "locale" for name in DJANGOS))


def text_of(language):
    return (ROOT / "docs" / LANGUAGES[language]).read_text("utf-8")


def plain(words):
    """What is compared of a label: neither the dots behind it nor its capitals."""
    return words.rstrip("….:： ").casefold()


def words_of_the_interface(language):
    """Every sentence of the interface: in English as the programs have it, in Chinese as it is translated."""
    found = set(OWN_NAMES)
    for folder in CATALOGUES:
        for key, translated in gettext.translation("django", folder, ["zh_Hans"])._catalog.items():
            english = (key[0] if isinstance(key, tuple) else key).rpartition("\x04")[2]
            found.add(english if language == "en" else translated)
    return {plain(words) for words in found}


class ManualTests(SimpleTestCase):
    def test_both_languages_tell_the_same(self):
        for pattern in (r"^#+ ", r"^\d\. ", r"^- ", r"^\|"):
            counts = {language: len(re.findall(pattern, text_of(language), re.M)) for language in LANGUAGES}
            with self.subTest(lines=pattern):
                self.assertEqual(counts["en"], counts["zh_Hans"])
        for pattern in (ADDRESS, COMMAND):
            with self.subTest(pattern=pattern.pattern):
                self.assertEqual(*(pattern.findall(text_of(language)) for language in LANGUAGES))

    def test_it_stays_short(self):
        for language in LANGUAGES:
            with self.subTest(language=language):
                self.assertLessEqual(len(text_of(language).splitlines()), 280)

    def test_words_in_bold_are_those_of_the_interface(self):
        for language in LANGUAGES:
            known = words_of_the_interface(language)
            for words in BOLD.findall(text_of(language)):
                with self.subTest(language=language, words=words):
                    self.assertTrue(plain(words) in known)

    def test_what_it_quotes_is_said_by_the_interface(self):
        for language in LANGUAGES:
            known = " ".join(words_of_the_interface(language))
            for words in QUOTED.findall(text_of(language)):
                with self.subTest(language=language, words=words):
                    self.assertTrue(plain(words) in known)

    def test_every_address_and_command_exists(self):
        for address in ADDRESS.findall(text_of("en")):
            with self.subTest(address=address):
                # what leads nowhere under /admin/ has an answer of its own, which has no name
                self.assertTrue(resolve(address.replace("/N/", "/1/")).url_name)
        for command in COMMAND.findall(text_of("en")):
            with self.subTest(command=command):
                self.assertIn(command, get_commands())

    def test_every_picture_is_there_small_and_described(self):
        shown = {language: PICTURE.findall(text_of(language)) for language in LANGUAGES}
        names = [[Path(path).name for _words, path in pictures] for pictures in shown.values()]
        self.assertEqual(*names)
        self.assertEqual(set(names[0]), {path.name for path in PICTURES.glob("*.png")})
        for words, path in (pair for pictures in shown.values() for pair in pictures):
            with self.subTest(path=path):
                self.assertGreater(len(words), 12)
                self.assertLessEqual((ROOT / "docs" / path).stat().st_size, 150_000)
