"""Filters and tags of the readers' templates."""

import re
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

from django.template import Context, Template
from django.test import RequestFactory, SimpleTestCase
from django.utils import translation

from articles import intake, restoration
from articles.chinese.scripts import HAN
from articles.intake.repairs import characters
from articles.models import Site
from articles.templatetags import wenmai
from articles.templatetags.showing import is_converted, language_tag, shown

CODE_OF_FINDING = re.compile(r"\bFinding\(\s*([A-Z_]+),")


def render(source, path="/", **values):
    return Template("{% load wenmai %}" + source).render(
        Context({"request": RequestFactory().get(path), "identity": Site(), **values})
    )


class ShownTests(SimpleTestCase):
    def test_it_finds_the_script_of_a_name_out_by_itself(self):
        with translation.override("zh-hant"):
            self.assertEqual(shown("村务公开"), "村務公開")
        with translation.override("zh-hans"):
            self.assertEqual(shown("村務公開"), "村务公开")

    def test_it_leaves_names_alone_on_an_english_page(self):
        with translation.override("en"):
            self.assertEqual(shown("村務公開"), "村務公開")

    def test_it_says_when_a_text_is_converted(self):
        with translation.override("zh-hant"):
            self.assertEqual([is_converted(script) for script in ("hans", "hant", "mixed")], [True, False, True])
        with translation.override("en"):
            self.assertFalse(is_converted("hans"))

    def test_it_names_the_language_of_the_text_as_shown(self):
        with translation.override("zh-hant"):
            self.assertEqual(language_tag("hans"), "zh-Hant")
        with translation.override("en"):
            self.assertEqual([language_tag(s) for s in ("hans", "hant", "mixed")], ["zh-Hans", "zh-Hant", "zh"])


class ChineseTests(SimpleTestCase):
    def test_it_marks_chinese_on_an_english_page_only(self):
        with translation.override("en"):
            self.assertEqual(wenmai.chinese("村務"), '<span lang="zh-Hant">村務</span>')
            self.assertEqual(wenmai.chinese("Village affairs"), "Village affairs")
        with translation.override("zh-hans"):
            self.assertEqual(wenmai.chinese("村务"), "村务")

    def test_it_escapes_what_is_no_markup(self):
        for language in ("en", "zh-hans", "zh-hant"):
            with self.subTest(language=language), translation.override(language):
                self.assertIn("&lt;b&gt;", wenmai.chinese("<b>群众"))


class PhraseTests(SimpleTestCase):
    def parts(self, title):
        html = wenmai.phrases(title)
        return html.removeprefix('<span class="phrase">').removesuffix("</span>").split('</span><span class="phrase">')

    def test_it_parts_a_title_where_it_pauses(self):
        self.assertEqual(self.parts("一年之后：七个村的观察"), ["一年之后：", "七个村的观察"])
        self.assertEqual(self.parts("谁来评？“群众！”——答问"), ["谁来评？", "“群众！”——", "答问"])

    def test_it_loses_no_character(self):
        for title in ("：：题", "——", "a<b：c", "“问？”答"):
            with self.subTest(title=title):
                self.assertEqual("".join(wenmai.PHRASE.findall(title)), title)

    def test_it_escapes(self):
        self.assertNotIn("<b>", wenmai.phrases("<b>：甲"))


class MinuteTests(SimpleTestCase):
    def test_it_rounds_up_and_never_says_none(self):
        self.assertEqual([wenmai.minutes(count) for count in (0, 400, 401, 3500)], [1, 1, 2, 9])


class AddressTests(SimpleTestCase):
    def test_it_names_the_same_page_in_every_language(self):
        for path in ("/themes/x/?after=3_1", "/en/themes/x/?after=3_1", "/zh-hant/themes/x/?after=3_1"):
            with self.subTest(path=path):
                found = [wenmai.address_in(code, path) for code in ("zh-hans", "zh-hant", "en")]
                self.assertEqual(
                    found,
                    ["/themes/x/?after=3_1", "/zh-hant/themes/x/?after=3_1", "/en/themes/x/?after=3_1"],
                )

    def test_it_leads_to_no_other_site(self):
        for path in ("//elsewhere.example/", "/en//elsewhere.example/", "/zh-hant///elsewhere.example/"):
            with self.subTest(path=path):
                self.assertFalse(wenmai.address_in("zh-hans", path).startswith("//"))

    def test_it_marks_the_present_language(self):
        with translation.override("en"):
            line = render("{% page_addresses as a %}{% for x in a %}{{ x.tag }}{{ x.is_current }} {% endfor %}", "/en/")
        self.assertEqual(line, "zh-HansFalse zh-HantFalse enTrue ")

    def test_it_takes_the_address_in_the_script_of_the_text_for_the_canonical_one(self):
        source = "{% canonical '/en/articles/7/' script %}"
        self.assertEqual(render(source, script="hant"), "http://testserver/zh-hant/articles/7/")
        self.assertEqual(render(source, script="hans"), "http://testserver/articles/7/")
        self.assertEqual(render(source, script="mixed"), "http://testserver/articles/7/")


class PrintedDateTests(SimpleTestCase):
    def test_it_shows_a_date_in_the_language_of_the_page(self):
        with translation.override("zh-hans"):
            self.assertEqual(wenmai.printed_date("2024-02-18"), "2024年2月18日")
            self.assertEqual(wenmai.printed_date("2024-02"), "2024年2月")

    def test_it_leaves_what_is_no_date_as_it_was_printed(self):
        self.assertEqual(
            [wenmai.printed_date(text) for text in ("去年春天", "2024-02-30", "")], ["去年春天", "2024-02-30", ""]
        )


def codes_of(*packages):
    """Return every code a finding may bear: what the modules of these packages put into the findings they make."""
    codes = set(characters.IN_TEXT.groupindex)  # takes its codes from the pattern's names
    for package in packages:
        for found in walk_packages(package.__path__, f"{package.__name__}."):
            module = import_module(found.name)
            codes |= {
                getattr(module, name) for name in CODE_OF_FINDING.findall(Path(module.__file__).read_text("utf-8"))
            }
    return codes


class FindingClassTests(SimpleTestCase):
    def test_it_has_a_chinese_name_for_every_class_we_detect_or_clean(self):
        codes = codes_of(restoration, intake)
        self.assertGreaterEqual(codes, {"truncated", "page_cut", "glued_byline", "long_title", "zero_width"})
        for language in ("zh-hans", "zh-hant"):
            for code in codes:
                with self.subTest(code=code, language=language), translation.override(language):
                    self.assertRegex(wenmai.finding_class(code), HAN)

    def test_it_names_a_class_and_shows_the_code_of_one_it_does_not_know(self):
        with translation.override("zh-hans"):
            self.assertEqual(wenmai.finding_class("inserted_pinyin"), "插入的拼音")
        self.assertEqual(wenmai.finding_class("something_new"), "something new")
