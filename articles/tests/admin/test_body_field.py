"""The form field in which editors write the text of an article."""

import json

from django.core.exceptions import ValidationError
from django.test import SimpleTestCase
from django.utils import translation

from articles import body
from articles.admin.body_field import BodyField


class BodyFieldTests(SimpleTestCase):
    def test_it_makes_canonical_what_the_editor_sends(self):
        sent = '<ul><li><p>修路</p></li></ul><p style="x">議事會<br></p>'
        self.assertEqual(BodyField().clean(sent), "<ul>\n<li>修路</li>\n</ul>\n<p>議事會</p>")

    def test_it_takes_an_empty_editor_for_no_text(self):
        with self.assertRaises(ValidationError):
            BodyField().clean("<p></p>")
        self.assertEqual(BodyField(required=False).clean("<p></p>"), "")

    def test_it_sees_no_change_where_only_the_markup_differs(self):
        stored = "<p>議事會</p>\n<p>預算</p>"
        self.assertFalse(BodyField().has_changed(stored, "<p>議事會</p>\r\n<p>預算</p>"))
        self.assertFalse(BodyField().has_changed(stored, '<p>議事會</p><p class="x">預算<br></p>'))
        self.assertTrue(BodyField().has_changed(stored, "<p>議事會</p><p>決算</p>"))

    def test_it_says_why_it_refuses_a_text(self):
        for sent, reason in (
            ("<div>" * (body.MAX_DEPTH + 1), "nested too deep"),
            ("預算" * 1_000_000, "too large"),
            ("\ud800", "half of a character"),
        ):
            english = translation.override("en")
            with self.subTest(reason=reason), english, self.assertRaisesMessage(ValidationError, reason):
                BodyField().clean(sent)

    def test_it_offers_the_schema_and_our_module(self):
        context = BodyField().widget.get_context("body_html", "", {})
        config = json.loads(context["widget"]["attrs"]["data-django-prose-editor-configurable"])
        self.assertEqual(config["extensions"]["Heading"], {"levels": [2, 3, 4]})
        self.assertIn("bold", config["extensions"]["FitToPage"]["words"])
        self.assertIn("prose-editor-wenmai", config["js_modules"][0])
        for name in ("Underline", "Strike", "CodeBlock", "HorizontalRule"):
            self.assertNotIn(name, config["extensions"])
