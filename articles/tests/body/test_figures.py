"""Pictures in a body: listed, described, put in and taken out, and the rest left as it is."""

from django.test import SimpleTestCase
from hypothesis import given, settings

from articles import body
from articles.body import figures
from articles.tests.body.specimens import EVERYTHING, tag_soup


class FigureTests(SimpleTestCase):
    def test_it_lists_what_is_said_of_each(self):
        said = [(one.alt, one.caption) for one in figures.pictures(EVERYTHING)]
        self.assertEqual(said, [("村口的「井」", "井已修好。"), ("", ""), (None, "橋還沒有人說過。")])

    def test_it_describes_one_and_leaves_the_rest(self):
        result = figures.describe(EVERYTHING, 2, alt='橋 "新"', caption="橋還沒有人說過。")
        self.assertEqual(result, EVERYTHING.replace('bridge.png"', 'bridge.png" alt="橋 &quot;新&quot;"'))
        self.assertEqual(figures.pictures(result)[2].alt, '橋 "新"')

    def test_it_keeps_the_emphasis_of_a_caption_in_the_same_words(self):
        result = figures.describe(EVERYTHING, 0, alt=None, caption="井已修好。")
        self.assertIn("<figcaption>井<em>已</em>修好。</figcaption>", result)
        self.assertIn("<figcaption>修好了</figcaption>", figures.describe(EVERYTHING, 0, alt=None, caption="修好了"))

    def test_it_adds_and_takes_away_captions(self):
        added = figures.describe(EVERYTHING, 1, alt="", caption="<路>")
        self.assertIn("<figcaption>&lt;路&gt;</figcaption>", added)
        self.assertEqual(figures.describe(added, 1, alt="", caption=""), EVERYTHING)

    def test_it_takes_one_out(self):
        result = figures.remove(EVERYTHING, 1)
        self.assertEqual(
            [one.src for one in figures.pictures(result)], ["/media/pictures/well.png", "/media/pictures/bridge.png"]
        )
        self.assertEqual(body.normalise(result), result)

    def test_it_knows_no_picture_beyond_the_last(self):
        for change in (figures.remove, lambda text, number: figures.describe(text, number, alt="", caption="")):
            with self.assertRaises(figures.NoSuchPicture):
                change(EVERYTHING, 3)

    def test_it_puts_one_behind_what_holds_the_block(self):
        figure = figures.figure("/media/a.png", alt="甲", width=5, height=5)
        for after, line in ((-1, 0), (None, -3)):
            lines = figures.insert(EVERYTHING, figure, after=after).split("\n")
            self.assertEqual(lines[line], "<figure>")
        for after, _ in figures.places(EVERYTHING):
            result = figures.insert(EVERYTHING, figure, after=after)
            with self.subTest(after=after):
                self.assertEqual(body.plain_text(result), body.plain_text(EVERYTHING))
                self.assertEqual(len(result.split("\n")), len(EVERYTHING.split("\n")) + 3)

    def test_an_empty_text_takes_one(self):
        figure = figures.figure("/media/a.png", alt=None, width=5, height=5)
        self.assertEqual(len(figures.pictures(figures.insert("", figure, after=None))), 1)

    @settings(max_examples=200, deadline=None)
    @given(tag_soup)
    def test_it_finds_every_picture_of_any_body(self, soup):
        text = body.normalise(soup)
        self.assertEqual(len(figures.pictures(text)), text.count("<img "))
        for one in figures.pictures(text):
            self.assertEqual(figures.describe(text, one.number, alt=one.alt, caption=one.caption), text)
