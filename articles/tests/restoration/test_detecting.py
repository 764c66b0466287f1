"""All detectors together: the title is looked at too, and nothing is said twice."""

from django.test import SimpleTestCase

from articles import body, restoration

SENTENCE = "议事会把预算贴在村口，每一笔都写明用处。"


class TitleTests(SimpleTestCase):
    def test_it_looks_at_the_title_and_says_so(self):
        (finding,) = restoration.detect(body.from_paragraphs([SENTENCE]), title="村民推動账目公开")
        self.assertEqual((finding.block, finding.start, finding.found), (body.TITLE, 3, "動"))

    def test_what_stands_in_the_title_comes_first(self):
        findings = restoration.detect(body.from_paragraphs(["账目公开,村民放心。"]), title="账目公开,村民放心")
        self.assertEqual([each.block for each in findings], [body.TITLE, 0])

    def test_a_title_is_not_the_end_of_the_text(self):
        title = "关于把预算贴在村口并由经手人当场答复村民提问的若干做法和体会以及今后打算"
        self.assertEqual(restoration.detect(body.from_paragraphs([SENTENCE]), title=title), [])

    def test_a_title_without_a_body_is_looked_at(self):
        (finding,) = restoration.detect("", title="村民推動账目公开")
        self.assertEqual(finding.block, body.TITLE)


class InsertTests(SimpleTestCase):
    def test_it_says_nothing_about_the_marks_inside_words_to_be_taken_out(self):
        findings = restoration.detect(body.from_paragraphs(["要让老百姓(603883,股吧)看得懂账目。"]))
        self.assertEqual([each.code for each in findings], ["injected_text"])


class NumberTests(SimpleTestCase):
    def test_a_text_has_no_more_findings_of_one_code_than_anyone_goes_through(self):
        paragraphs = ["账目,工程,桥,路,树。"] * 700
        findings = restoration.detect(body.from_paragraphs(paragraphs))
        widths = [each for each in findings if each.code == "punctuation_width"]
        self.assertEqual(len(widths), 2_000)
