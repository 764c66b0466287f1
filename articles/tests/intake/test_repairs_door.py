"""All repairs together, on whatever comes."""

from pathlib import Path

from django.test import SimpleTestCase
from hypothesis import given, settings
from hypothesis import strategies as st

from articles import body
from articles.intake import repairs

OURS = Path(__file__).resolve().parents[2] / "fixtures" / "demo" / "articles"
PIECES = (
    *(
        "账目公开",
        "每一笔都写明用处",
        "。",
        "，",
        "“",
        "”",
        "?",
        "\ufffd",
        "；鶎狱h組織",
        "Ｈ饲槭呛脰|",
        "發(fā)展",
        "(yi)(yi)",
        "1、",
    ),
    *(
        "2、",
        "3、",
        "一、推进活动室建设活动室是",
        "第1页",
        "第2页",
        "±¾ÎÄÖ÷Òª",
        "浣滀负",
        "&amp;nbsp;",
        "\u200b",
        "\ue62a",
        "\u3000\u3000",
    ),
    *(
        " ",
        "<br>",
        "<strong>",
        "</strong>",
        "&lt;p&gt;",
        "&lt;/p&gt;",
        "/p&gt;",
        "[/url]",
        "{$content}",
        "the village of the people ",
    ),
    *(
        "</p><p>",
        "<h2>",
        "</h2>",
        "<ul><li>",
        "</li></ul>",
        "<table><tr><td>",
        "</td><td>",
        "</td></tr></table>",
        "<blockquote>",
    ),
)
BODIES = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=4)), max_size=60).map("".join)


def storable(html):
    try:
        return body.normalise(html)
    except body.BodyRefused:
        return ""


class DoorTests(SimpleTestCase):
    def assertPlaces(self, html, findings):
        texts = [block.text for block in body.blocks(html)]
        for finding in findings:
            if texts:
                stands = texts[finding.block][finding.start : finding.end]
                self.assertEqual(stands, finding.suggestion if finding.applied else finding.found, finding)

    @settings(max_examples=300, deadline=None)
    @given(BODIES)
    def test_the_places_of_findings_are_true_and_the_body_canonical(self, pieces):
        cleaned, findings = repairs.clean(storable(f"<p>{pieces}"))
        self.assertEqual(body.normalise(cleaned), cleaned)
        self.assertPlaces(cleaned, findings)

    @settings(max_examples=100, deadline=None)
    @given(BODIES)
    def test_what_was_found_earlier_comes_back_in_true_places(self, pieces):
        once, findings = repairs.clean(storable(f"<p>{pieces}"))
        twice, again = repairs.clean(once, findings)
        self.assertPlaces(twice, again)

    def test_our_own_articles_stay_as_they_are(self):
        for path in sorted(OURS.glob("*.html")):
            with self.subTest(path=path.name):
                html = body.normalise(path.read_text("utf-8"))
                self.assertEqual(repairs.clean(html), (html, []))

    def test_a_body_that_may_grow_no_more_stays_whole(self):
        html = f"<p>{('账' * 1_662 + '&lt;br&gt;') * 1_000}</p>"
        self.assertLess(len(html.encode()), body.MAX_BYTES)
        cleaned, findings = repairs.clean(html)
        self.assertEqual(body.normalise(cleaned), cleaned)
        self.assertPlaces(cleaned, findings)

    def test_nothing_is_nothing(self):
        self.assertEqual(repairs.clean(""), ("", []))
