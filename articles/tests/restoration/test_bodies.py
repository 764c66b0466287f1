"""Two bodies beside each other: what differs in markup is said even where no word differs."""

from django.test import SimpleTestCase
from hypothesis import given
from hypothesis import strategies as st

from articles import body
from articles.restoration.bodies import Change, compare_bodies

WORDS = "账目贴在村口，大家都来看。"
PICTURE = '<figure><img src="/media/pictures/well.png" alt="村口的井" width="40" height="30"></figure>'


def changes(left, right):
    """Return what differs beside the words, row by row."""
    rows = compare_bodies(body.normalise(left), body.normalise(right))
    return [change for row in rows for change in row.changes]


def linked(address, words="账目"):
    return f'<p>村口的<a href="{address}">{words}</a>大家都看。</p>'


inline = st.sampled_from(
    [
        "账目",
        "<em>账目</em>",
        "<strong>账目</strong>",
        "<sub>账目</sub>",
        "账<br>目",
        "账 目",
        '<a href="https://a.example/">账目</a>',
        '<a href="https://b.example/">账目</a>',
    ]
)
frames = st.sampled_from(
    [
        "<p>{}</p>",
        "<h2>{}</h2>",
        "<h3>{}</h3>",
        "<ul><li>{}</li></ul>",
        "<ol><li>{}</li></ol>",
        '<ol start="4"><li>{}</li></ol>',
        "<ul><li><p>{0}</p><p>{0}</p></li></ul>",
        "<blockquote><p>{}</p></blockquote>",
        "<table><tr><td>{}</td><td></td></tr></table>",
        "<table><tr><th scope='row'>{}</th></tr></table>",
        "<table><tr><td colspan='2'>{0}</td></tr><tr><td>{0}</td><td>{0}</td></tr></table>",
        PICTURE + "<p>{}</p>",
        PICTURE.replace("井", "树") + "<p>{}</p>",
        PICTURE.replace("well", "tree") + "<p>{}</p>",
        PICTURE.replace(' alt="村口的井"', ""),
        PICTURE.replace("40", "80"),
    ]
)
bodies = st.lists(st.builds(str.format, frames, inline), max_size=4).map("".join).map(body.normalise)


class BodiesTests(SimpleTestCase):
    def test_a_link_that_leads_elsewhere_is_named_with_both_addresses(self):
        found = changes(linked("https://a.example/"), linked("https://evil.example/"))
        self.assertEqual(found, [Change("link", "https://a.example/", "https://evil.example/", "账目")])

    def test_a_link_put_in_or_taken_out_is_named(self):
        plain = linked("https://a.example/").replace('<a href="https://a.example/">', "").replace("</a>", "")
        self.assertEqual(
            changes(plain, linked("https://a.example/")), [Change("link", "", "https://a.example/", "账目")]
        )
        self.assertEqual(
            changes(linked("https://a.example/"), plain), [Change("link", "https://a.example/", "", "账目")]
        )

    def test_the_kind_of_a_block_is_named(self):
        for left, right, old, new in (
            ("<p>{}</p>", "<h2>{}</h2>", "p", "h2"),
            ("<p>{}</p>", "<blockquote><p>{}</p></blockquote>", "p", "quote"),
            ("<ul><li>{}</li></ul>", "<ol><li>{}</li></ol>", "item", "numbered"),
            ("<table><tr><td>{0}</td><td>{0}</td></tr></table>", "<ul><li>{0}</li><li>{0}</li></ul>", "td", "item"),
        ):
            with self.subTest(new=new):
                found = changes(left.format(WORDS), right.format(WORDS))
                self.assertEqual(set(found), {Change("kind", old, new)})

    def test_emphasis_is_named_with_its_words(self):
        found = changes("<p>账目<em>贴在</em>村口。</p>", "<p>账目贴在<strong>村口</strong>。</p>")
        self.assertEqual(found, [Change("strong", "", "strong", "村口"), Change("em", "em", "", "贴在")])

    def test_a_space_that_becomes_a_line_break_is_named(self):
        self.assertEqual(changes("<p>账目 贴在</p>", "<p>账目<br>贴在</p>"), [Change("break", "", "br", " ")])

    def test_of_a_picture_the_description_is_named_and_that_there_is_none(self):
        found = changes(PICTURE, PICTURE.replace("村口的井", "水井") + f"<p>{WORDS}</p>")
        self.assertEqual(found, [Change("alt", "村口的井", "水井", "/media/pictures/well.png")])
        undescribed = PICTURE.replace(' alt="村口的井"', "")
        self.assertEqual(changes(undescribed, PICTURE)[0].old, None)

    def test_a_picture_put_in_taken_out_or_replaced_is_named(self):
        text, other = f"<p>{WORDS}</p>", PICTURE.replace("well", "tree")
        well, tree = "/media/pictures/well.png", "/media/pictures/tree.png"
        self.assertEqual(changes(text, PICTURE + text), [Change("picture", "", well)])
        self.assertEqual(changes(PICTURE + text, text), [Change("picture", well, "")])
        self.assertEqual(changes(text + PICTURE, text + other), [Change("picture", well, tree)])

    def test_a_picture_that_was_moved_is_named_and_one_beside_new_words_was_not(self):
        one, two, three = (f"<p>第{number}次会议在村口开。</p>" for number in "一二三")
        moved = changes(one + PICTURE + two + three, one + two + three + PICTURE)
        self.assertEqual(moved, [Change("place", words="/media/pictures/well.png")])
        self.assertEqual(changes(one + PICTURE + two, one + PICTURE + "<p>新添一段。</p>" + two), [])

    def test_a_list_that_was_divided_is_named(self):
        one = "<ul><li>收入</li><li>支出</li></ul>"
        self.assertEqual(changes(one, "<ul><li>收入</li></ul><ol start='2'><li>支出</li></ol>")[0].code, "kind")
        self.assertEqual(changes("<ol><li>收入</li></ol>", "<ol start='3'><li>收入</li></ol>"), [Change("frame")])

    def test_where_words_differ_the_markup_is_compared_too(self):
        found = changes(linked("https://a.example/"), linked("https://evil.example/", "账本"))
        self.assertEqual(found[0].code, "link")
        self.assertTrue(all(change.new == "https://evil.example/" for change in found))

    def test_words_put_into_a_link_or_taken_from_it_change_nothing_in_it(self):
        one, other = linked("https://a.example/"), linked("https://a.example/", "账的目")
        self.assertEqual(changes(one, other), [])
        self.assertEqual(changes(other, one), [])

    def test_a_link_in_a_new_paragraph_is_named(self):
        found = changes(f"<p>{WORDS}</p>", f"<p>{WORDS}</p>{linked('https://a.example/')}")
        self.assertEqual(found, [Change("link", "", "https://a.example/", "账目")])

    def test_equal_bodies_differ_in_nothing(self):
        both = f"<h2>{WORDS}</h2>{PICTURE}{linked('https://a.example/')}"
        self.assertEqual(changes(both, both), [])

    def test_where_only_markup_differs_the_row_says_so(self):
        (row,) = compare_bodies("<p>账目</p>", "<h2>账目</h2>")
        self.assertTrue(row.differs_in_markup_only)

    @given(bodies, bodies)
    def test_two_bodies_that_are_not_the_same_are_never_shown_as_the_same(self, left, right):
        rows = compare_bodies(left, right)
        self.assertEqual(any(not row.is_same or row.changes for row in rows), left != right)
