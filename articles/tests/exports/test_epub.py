import io
import uuid
from functools import partial

from django.test import TestCase

from articles.exports import epub, naming
from articles.tests import make
from articles.tests.exports import epubs, specimen

OPS, XHTML = epubs.OPS, epubs.XHTML


file_of = partial(specimen.file_of, epub)


class EpubTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.picture = specimen.picture(credit="示例摄影")
        cls.gone = specimen.picture("三", is_there=False)
        cls.edition = specimen.edition("账本上墙：一年之后", cls.picture, cls.gone, cls.picture)
        cls.bytes = file_of(cls.edition)
        cls.book = epubs.Opened(cls.bytes)
        cls.page = cls.book.parse("EPUB/article-1.xhtml")

    def test_it_is_sound_in_every_language(self):
        for language in ("zh-hans", "zh-hant", "en"):
            with self.subTest(language=language):
                self.assertEqual(epubs.faults(file_of(self.edition, language)), [])

    def test_the_check_sees_what_is_broken(self):
        sound = self.bytes
        self.assertEqual(epubs.faults(sound), [])
        broken = epubs.Opened(sound)
        file = io.BytesIO()
        with epub.Archive(file) as archive:
            for name, data in broken.files.items():
                archive.add(
                    name, data.replace(b'href="#ref1"', b'href="#nowhere"').replace(b'id="note2"', b'id="note1"')
                )
        said = " ".join(epubs.faults(file.getvalue()))
        for words in ("mimetype is not first and unpacked", "no such id", "stands twice"):
            self.assertIn(words, said)

    def test_it_says_what_it_is(self):
        package = self.book.package
        said = {each.tag.rpartition("}")[2]: each.text for each in package.iter() if each.tag.startswith(epubs.DC)}
        name = f"{specimen.ADDRESS}#zh-Hans"
        self.assertEqual(said["identifier"], f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, name)}")
        self.assertEqual((said["language"], said["creator"]), ("zh-Hans", "示例作者甲"))
        self.assertIn("三个村的做法", package.xpath("//*[local-name()='title']/text()"))

    def test_notes_lead_there_and_back(self):
        references = [each for each in self.page.iter(f"{XHTML}a") if each.get(f"{OPS}type") == "noteref"]
        self.assertEqual([each.get("href") for each in references], ["#note1", "#note1", "#note2"])
        self.assertEqual([each.get("id") for each in references], ["ref1", None, "ref2"])
        self.assertEqual({each.get("role") for each in references}, {"doc-noteref"})
        backs = [each.get("href") for each in self.page.iter(f"{XHTML}a") if each.get("role") == "doc-backlink"]
        self.assertEqual(backs, ["#ref1", "#ref2"])

    def test_a_number_inside_a_link_refers_to_nothing(self):
        link = next(each for each in self.page.iter(f"{XHTML}a") if each.get("href", "").startswith("https://example"))
        self.assertEqual((link.text, len(link)), ("附表[2]", 0))

    def test_paragraphs_have_the_addresses_of_the_site(self):
        html = self.client.get(f"/articles/{self.edition.article_id}/").content.decode()
        for number, block in ((1, "h2"), (2, "p"), (9, "li"), (12, "th")):
            with self.subTest(number=number):
                there = self.page.xpath(f"//*[@id='p{number}']")[0]
                self.assertEqual(there.tag, f"{XHTML}{block}")
                self.assertIn(f'id="p{number}">{there.text[:2]}', html)

    def test_headings_go_down_a_level_at_a_time(self):
        headings = [
            each.tag[-2:] for each in self.page.iter() if each.tag[-2:] in ("h2", "h3", "h4") and each.get("id")
        ]
        self.assertEqual(headings, ["h2", "h3"])
        contents = self.book.parse("EPUB/nav.xhtml")
        self.assertIn("article-1.xhtml#p4", [each.get("href") for each in contents.iter(f"{XHTML}a")])

    def test_a_picture_stands_in_it_once_and_of_one_that_is_gone_the_caption(self):
        pictures = [name for name in self.book.files if name.startswith("EPUB/pictures/")]
        self.assertEqual(pictures, [f"EPUB/pictures/{self.picture.sha256}.png"])
        captions = ["".join(each.itertext()) for each in self.page.iter(f"{XHTML}figcaption")]
        self.assertEqual(captions, ["图1 村口示例摄影", "图2 村口", "图3 村口示例摄影"])
        self.assertEqual(len(list(self.page.iter(f"{XHTML}img"))), 2)

    def test_it_holds_where_the_text_is_from_and_that_it_is_a_demonstration(self):
        text = "".join(self.page.itertext())
        for words in (
            "示范内容",
            "青禾日报",
            "插入的拼音 1",
            "https://daily.example/a",
            specimen.CITATION,
            "示例编辑",
            "原文摘要",
        ):
            with self.subTest(words=words):
                self.assertIn(words, text)

    def test_the_same_edition_gives_the_same_bytes(self):
        self.assertEqual(self.bytes, file_of(self.edition))

    def test_hostile_words_stay_words(self):
        title = f"{specimen.HOSTILE}\x0b]]>&amp;"
        edition = make.edition(
            make.article(
                title, "就这一句。", published=True, authors=("<b>甲</b>",), notes="<img src=x>", abstract="&<>"
            )
        )
        data = file_of(edition)
        self.assertEqual(epubs.faults(data), [])
        page = epubs.Opened(data).parse("EPUB/article-1.xhtml")
        self.assertEqual(page.findtext(f".//{XHTML}h1"), " ".join(title.replace("\x0b", "").split()))

    def test_a_long_title_fits_on_the_cover(self):
        for title in ("账" * 300, "A" * 300, "村务公开 and the ledger " * 12, "，" * 40):
            data = file_of(make.edition(make.article(title, "就这一句。", published=True)))
            cover = epubs.Opened(data).parse("EPUB/cover.svg")
            self.assertLess(max(float(each.get("y")) for each in cover if each.get("font-size")), 1600)


class NameTests(TestCase):
    def test_a_file_name_is_no_path_and_hides_nothing(self):
        for title, name in (
            ("../../etc/passwd", "etc-passwd-5-1.txt"),
            ("账本\r\nSet-Cookie: a=b", "账本-Set-Cookie-a=b-5-1.txt"),
            ("a\u202etxt.exe\x00", "atxt.exe-5-1.txt"),
            ("  ", "wenmai-5-1.txt"),
            ("账" * 200, "账" * 60 + "-5-1.txt"),
            ("𠀀" * 200, "𠀀" * 45 + "-5-1.txt"),
            ("CON", "CON-5-1.txt"),
        ):
            with self.subTest(title=title):
                made = naming.file_name(title, "5-1", "txt")
                self.assertEqual(made, name)
                self.assertLess(len(made.encode()), 255)
