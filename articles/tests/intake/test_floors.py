"""The quality of intake on our own pages, pinned: no figure falls, or rises far, in silence."""

import json

from django.test import SimpleTestCase

from articles.tests.pages import scoring

FLOORS = json.loads((scoring.PAGES / "floors.json").read_text("utf-8"))
ROUNDING = 0.0001
# about two pages of a full set; one page of a figure that few pages name
FAR = 0.03


class FloorTests(SimpleTestCase):
    def test_every_figure_stands_on_its_floor(self):
        for kind in scoring.KINDS:
            readings = [scoring.read(page) for page in scoring.pages(kind)]
            figures, floors = scoring.figures(readings), FLOORS[kind]
            self.assertEqual(figures.keys(), floors.keys())
            for name, figure in figures.items():
                with self.subTest(kind=kind, figure=name):
                    self.assertGreaterEqual(
                        figure + ROUNDING, floors[name], "Fell: python -m articles.tests.pages.scoring says where."
                    )
                    self.assertLessEqual(
                        figure, floors[name] + FAR, f"Better than before: {figure}. scoring --raise writes it."
                    )


class PageTests(SimpleTestCase):
    def test_every_page_has_its_truth_and_every_truth_its_page(self):
        for kind in scoring.KINDS:
            with self.subTest(kind=kind):
                named = {page.path for page in scoring.pages(kind)}
                self.assertEqual(
                    named,
                    {
                        path
                        for path in (scoring.PAGES / kind).iterdir()
                        if path.suffix in (".html", ".txt") and not path.name.endswith(".truth.txt")
                    },
                )

    def test_a_body_that_is_read_whole_scores_one_and_half_of_it_less(self):
        text = "村里把每一笔账都贴在村口，谁都可以看。"
        self.assertEqual(scoring.f1(text, text.replace("，", ",")), 1)
        self.assertLess(scoring.f1(text[:9], text), 0.8)
        self.assertEqual(scoring.f1("", text), 0)
