import re
from pathlib import Path

from django.test import SimpleTestCase

ROOT = Path(__file__).resolve().parents[2]
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
