import re
from pathlib import Path

from django.test import SimpleTestCase

ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = ROOT / "articles" / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
IN_FORMAT_STRING = re.compile(r"\{_\('([^']+)'\)|\(_\('([^']+)'\)")
LINK = re.compile(r"\]\(([^)#\s]+)\)")


class DocumentTests(SimpleTestCase):
    def test_every_link_to_a_file_leads_to_one(self):
        documents = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]
        self.assertGreater(len(documents), 10)
        for document in documents:
            for target in LINK.findall(document.read_text("utf-8")):
                if "://" not in target:
                    with self.subTest(document=document.name, target=target):
                        self.assertTrue((document.parent / target).exists())

    def test_the_readmes_stay_short(self):
        for name in ("README.md", "README.zh-CN.md"):
            with self.subTest(name=name):
                self.assertLessEqual(len((ROOT / name).read_text("utf-8").splitlines()), 120)


class CatalogueTests(SimpleTestCase):
    def test_words_inside_a_format_string_which_gettext_does_not_find_are_known_from_elsewhere(self):
        known = CATALOGUE.read_text("utf-8")
        files = [path for path in ROOT.glob("articles/**/*.py") if "tests" not in path.parts]
        words = {word for path in files for pair in IN_FORMAT_STRING.findall(path.read_text("utf-8")) for word in pair}
        self.assertIn("Permanent address", words)
        for word in filter(None, words):
            with self.subTest(word=word):
                self.assertIn(f'msgid "{word}"', known)
