from pathlib import Path

from django.conf import settings
from django.test import SimpleTestCase, TestCase, override_settings

from articles import intake
from articles.actions import bringing, capturing
from articles.models import Article, Capture, Edition, Finding, Picture, Witness
from articles.tests import make
from articles.tests.intake.loopback import LoopbackSite
from articles.tests.intake.test_pictures import picture
from articles.tests.site import processes

PARAGRAPHS = (
    "村里的账本过去锁在会计的抽屉里，一年只拿出来一次，看得懂的人不多，敢开口问的人更少。",
    "去年春天，青石镇请每个村把预算写成一张大表，贴在村口，每一笔支出后面写明用处和经手人，来看的人",
    "一天比一天多，连邻镇的会计也骑着车赶来，站在表下面抄了整整一个上午，抄完还问了几个问题。",
    "起初只有几位老人来看，后来下地的人路过也停下来，问一问修渠的钱为什么比前年多出三成。",
    "问得多了，会计索性搬来一张桌子，每逢集日坐在表下面，把单据一张张摊开给人看，谁问都答。",
    "到了秋天，议事会根据大家的意见删掉两项开支，又把省下的钱添进了小学的冬季取暖费里。",
)
TITLE = "青石镇的账本"
LINE = "2021-03-05 09:30　来源：青禾日报　作者：林山"
IMAGE = {"Content-Type": "image/jpeg"}


def lines(*paragraphs: str) -> str:
    return "".join(f"<p>　　{paragraph}</p>" for paragraph in paragraphs)


def government(text: str, pager: str = "", title: str = TITLE) -> str:
    """A page as the content systems of local governments make it."""
    return (
        f'<html><head><meta charset="utf-8"><meta name="ArticleTitle" content="{title}"><title>{title}</title></head>'
        f'<body><div class="BreadcrumbNav">您现在的位置：首页 &gt; 政务公开</div><h1>{title}</h1>'
        f'<div class="xxxq">{LINE}</div><div class="TRS_Editor">{text}</div>{pager}'
        '<div class="foot">版权所有：青石镇人民政府　主办</div></body></html>'
    )


def account(text: str) -> str:
    """A page of a public account: its text is hidden until a script has run, its pictures load late."""
    return (
        f'<html><head><meta charset="utf-8"><meta property="og:title" content="{TITLE}"><title></title></head><body>'
        f'<div class="rich_media"><h1 class="rich_media_title" id="activity-name">{TITLE}</h1>'
        '<div id="meta_content"><a id="js_name">青禾日报</a><em id="publish_time"></em></div>'
        f'<div class="rich_media_content" id="js_content" style="visibility: hidden; opacity: 0;">{text}</div></div>'
        '<script>var ct = "1614907800"; var msg_title = "青石镇的账本";</script></body></html>'
    )


@override_settings(FETCH_LOOPBACK_FOR_TESTS=True)
class BringingCase(LoopbackSite, TestCase):
    def bring(self, path="/t1.html", **said) -> capturing.Taken:
        return bringing.by_address(f"{self.site}{path}", **said)

    def body(self) -> list[str]:
        return Edition.objects.get().body_text.splitlines()

    def show(self, *paths: str):
        self.pages |= {path: (200, IMAGE, picture(640 + 10 * place)) for place, path in enumerate(paths)}


class PageTests(BringingCase):
    def test_a_page_comes_in_with_its_bytes_and_its_address(self):
        self.pages["/t1.html"] = government(lines(*PARAGRAPHS))
        source, theme = make.source(), make.theme()
        taken = self.bring(source=source, theme=theme, publish=True)
        self.assertEqual(taken, capturing.Taken(capturing.Result.NEW, Article.objects.published().get()))
        witness = Witness.objects.get()
        self.assertEqual((witness.source, witness.address), (source, f"{self.site}/t1.html"))
        self.assertEqual(witness.capture.read(), self.pages["/t1.html"].encode())
        self.assertEqual(theme.placements.get().article, taken.article)

    def test_the_address_it_led_to_is_the_one_that_is_kept(self):
        self.pages["/a"] = (302, {"Location": "/t1.html"}, b"")
        self.pages["/t1.html"] = government(lines(*PARAGRAPHS))
        self.bring("/a")
        self.assertEqual(Capture.objects.get().address, f"{self.site}/t1.html")

    def test_the_same_page_again_is_here_and_nothing_more_is_asked_for(self):
        self.pages["/t1.html"] = government(lines(*PARAGRAPHS) + "<p><img src=/a.jpg></p>" + lines(*PARAGRAPHS[:1]))
        self.show("/a.jpg")
        self.bring()
        self.asked.clear()
        self.assertEqual(self.bring().result, capturing.Result.HERE)
        self.assertEqual(self.asked, ["/robots.txt", "/t1.html"])

    def test_a_page_that_says_the_wrong_encoding_is_read(self):
        for encoding, said in (("gb18030", "utf-8"), ("utf-8", "gb2312"), ("gb18030", "iso-8859-1")):
            html = government(lines(*PARAGRAPHS)).replace('charset="utf-8"', f'charset="{said}"')
            self.pages["/t1.html"] = (200, {"Content-Type": f"text/html; charset={said}"}, html.encode(encoding))
            with self.subTest(encoding=encoding, said=said):
                self.bring()
                self.assertEqual(self.body()[0], PARAGRAPHS[0])

    def test_a_refused_page_leaves_nothing_behind(self):
        self.pages |= {
            "/robots.txt": "User-agent: *\nDisallow: /closed",
            "/image": (200, IMAGE, picture()),
            "/refresh": '<html><meta http-equiv="refresh" content="0;url=/t1.html"></html>',
            "/inside": (302, {"Location": "http://10.0.0.1/"}, b""),
        }
        for path in ("/closed", "/none", "/image", "/refresh", "/inside"):
            with self.subTest(path=path), self.assertRaises(intake.Unreadable):
                self.bring(path)
        self.assertFalse(Article.objects.exists() or Capture.objects.exists() or Path(settings.MEDIA_ROOT).exists())

    def test_a_text_comes_in_as_well(self):
        text = "\n\n".join((TITLE, LINE, *PARAGRAPHS))
        self.pages["/a.txt"] = (200, {"Content-Type": "text/plain"}, text)
        self.bring("/a.txt")
        self.assertEqual(Edition.objects.get().title, TITLE)

    def test_loopback_is_closed_where_no_test_opens_it(self):
        self.pages["/t1.html"] = government(lines(*PARAGRAPHS))
        with self.settings(FETCH_LOOPBACK_FOR_TESTS=False), self.assertRaises(intake.Unreadable):
            self.bring()
        self.assertEqual(self.asked, [])

    def test_the_site_is_told_whom_to_write_to(self):
        self.pages["/t1.html"] = government(lines(*PARAGRAPHS))
        with self.settings(FETCH_CONTACT="library@news.example.cn"):
            self.bring()
        self.assertTrue(all("library@news.example.cn" in headers["User-Agent"] for headers in self.headers))


class PartsTests(BringingCase):
    def spread(self, *addresses: str, pager: str, count: int = 3):
        for number, address in enumerate(addresses):
            self.pages[address] = government(lines(*PARAGRAPHS[2 * number : 2 * number + 2]), pager)

    def assertWhole(self, taken: capturing.Taken, parts: int = 3):
        self.assertEqual(taken.parts, parts)
        joined = [PARAGRAPHS[0], PARAGRAPHS[1] + PARAGRAPHS[2], *PARAGRAPHS[3:]]
        self.assertEqual(self.body(), joined)

    def test_a_pager_of_links(self):
        pager = "".join(f'<a href="t1_{n}.html">{n}</a>' for n in (2, 3)) + '<a href="t1_2.html">下一页</a>'
        self.spread("/t1.html", "/t1_2.html", "/t1_3.html", pager=pager)
        self.assertWhole(self.bring())

    def test_a_pager_that_a_script_writes(self):
        pager = '<script>createPageHTML(3, 0, "t2021_1", "html");</script>'
        self.spread("/t2021_1.html", "/t2021_1_1.html", "/t2021_1_2.html", pager=pager)
        self.assertWhole(self.bring("/t2021_1.html"))

    def test_a_pager_that_counts_from_one(self):
        pager = "<div id='page_div'></div><script>createPageHTML('page_div',3,1,'art_12_3','html',60);</script>"
        paths = ("/art_12_3.html", "/art_12_3_2.html", "/art_12_3_3.html")
        self.spread(*paths, pager=pager)
        for path in paths:
            self.pages[path] = self.pages[path].replace('class="TRS_Editor"', 'id="zoom"')
        self.assertWhole(self.bring(paths[0]))

    def test_a_pager_of_a_university(self):
        links = (("2", "2"), ("3", "3"), ("2", "下页"))
        pager = "".join(f'<a href="/info/1002/2064/{number}.htm">{label}</a>' for number, label in links)
        paths = ("/info/1002/2064.htm", "/info/1002/2064/2.htm", "/info/1002/2064/3.htm")
        self.spread(*paths, pager=pager)
        for path in paths:
            self.pages[path] = self.pages[path].replace('class="TRS_Editor"', 'id="vsb_content"')
        self.assertWhole(self.bring(paths[0]))

    def test_a_pager_of_a_newspaper(self):
        pager = '<div class="zdfy"><a href="/n1/c1-2.html">【2】</a><a href="/n1/c1-3.html">【3】</a></div>'
        self.spread("/n1/c1.html", "/n1/c1-2.html", "/n1/c1-3.html", pager=pager)
        self.assertWhole(self.bring("/n1/c1.html"))

    def test_a_pager_in_the_query(self):
        pager = '<a href="?id=7&amp;page=2">[2]</a><a href="?id=7&amp;page=3">[3]</a>'
        self.spread("/show.asp?id=7", "/show.asp?id=7&page=2", "/show.asp?id=7&page=3", pager=pager)
        self.assertWhole(self.bring("/show.asp?id=7"))

    def test_each_page_is_a_capture_that_continues_the_first(self):
        self.test_a_pager_of_links()
        first, *further = Capture.objects.order_by("part")
        self.assertEqual([(part.part, part.continues) for part in further], [(2, first), (3, first)])
        self.assertEqual([part.read().decode() for part in further], [self.pages[f"/t1_{n}.html"] for n in (2, 3)])
        self.assertEqual(Witness.objects.get().capture, first)
        self.assertEqual(further[0].address, f"{self.site}/t1_2.html")

    def test_a_further_page_by_itself_is_here(self):
        self.test_a_pager_of_links()
        self.assertEqual(self.bring("/t1_2.html").result, capturing.Result.HERE)

    def test_the_address_of_a_further_page_brings_the_whole_article_in(self):
        pager = "".join(f'<a href="t1{suffix}.html">{n}</a>' for n, suffix in enumerate(("", "_2", "_3"), start=1))
        self.spread("/t1.html", "/t1_2.html", "/t1_3.html", pager=pager)
        self.assertWhole(self.bring("/t1_3.html"))
        self.assertEqual(Witness.objects.get().address, f"{self.site}/t1.html")

    def test_a_further_page_whose_first_is_gone_comes_in_by_itself(self):
        self.pages["/t1_2.html"] = government(lines(*PARAGRAPHS[3:]), '<a href="t1.html">1</a>')
        self.assertEqual(self.bring("/t1_2.html").parts, 1)

    def test_the_article_comes_in_without_a_page_that_is_missing(self):
        pager = '<a href="t1_2.html">2</a><a href="t1_3.html">3</a>'
        self.spread("/t1.html", "/t1_2.html", pager=pager)
        taken = self.bring()
        self.assertEqual((taken.parts, taken.missing_part), (2, f"{self.site}/t1_3.html"))
        self.assertEqual(Finding.objects.get(code="truncated").found, taken.missing_part)

    def test_the_next_article_stays_where_it_is(self):
        self.spread("/t1.html", "/t1_2.html", pager='<a href="t1_2.html">下一篇：修渠的钱</a>')
        self.assertEqual(self.bring().parts, 1)
        self.assertNotIn("/t1_2.html", self.asked)


class PictureTests(BringingCase):
    def test_pictures_stand_where_they_stood(self):
        image = '<p style="text-align:center"><img src="/a.jpg" alt="村口的表"></p>'
        self.pages["/t1.html"] = government(lines(*PARAGRAPHS[:2]) + image + lines(*PARAGRAPHS[2:]))
        self.show("/a.jpg")
        self.assertEqual(self.bring().pictures, 1)
        row = Picture.objects.get()
        html = Edition.objects.get().body_html
        self.assertIn(f'<img src="/media/{row.path}" alt="村口的表" width="640" height="480">', html)
        self.assertLess(html.index(PARAGRAPHS[1]), html.index("<figure>"))
        self.assertLess(html.index("<figure>"), html.index(PARAGRAPHS[2]))
        self.assertEqual(row.address, f"{self.site}/a.jpg")

    def test_a_public_account_shows_its_text_and_pictures(self):
        image = '<p><img class="rich_pages" data-src="/mmbiz/640?wx_fmt=jpeg" data-w="1080" src="data:image/gif,x"></p>'
        self.pages["/s/x"] = account(lines(*PARAGRAPHS[:2]) + image + lines(*PARAGRAPHS[2:]))
        self.show("/mmbiz/640?wx_fmt=jpeg")
        self.assertEqual((self.bring("/s/x").pictures, len(self.body())), (1, len(PARAGRAPHS)))

    def test_a_picture_that_cannot_be_had_spoils_nothing(self):
        images = "".join(f"<p><img src={path}></p>" for path in ("/a.jpg", "/gone.jpg", "/bad.jpg", "/closed/c.jpg"))
        self.pages["/t1.html"] = government(lines(*PARAGRAPHS[:3]) + images + lines(*PARAGRAPHS[3:]))
        self.pages["/bad.jpg"] = (200, IMAGE, b"\xff\xd8\xff no picture")
        self.pages["/robots.txt"] = "User-agent: *\nDisallow: /closed/"
        self.show("/a.jpg")
        taken = self.bring()
        self.assertEqual((taken.pictures, taken.missed_pictures), (1, 3))
        self.assertEqual(self.body(), list(PARAGRAPHS))

    def test_no_picture_leads_inside(self):
        inside = ("http://10.0.0.1/a.jpg", "http://[::1]/a.jpg", "http://169.254.169.254/a.jpg", "/moved.jpg")
        images = "".join(f"<p><img src='{address}'></p>" for address in inside)
        self.pages["/t1.html"] = government(lines(*PARAGRAPHS[:3]) + images + lines(*PARAGRAPHS[3:]))
        self.pages["/moved.jpg"] = (302, {"Location": "http://192.168.1.1/a.jpg"}, b"")
        self.assertEqual(self.bring().missed_pictures, 4)

    def test_an_icon_is_passed_over_without_a_word(self):
        self.pages["/t1.html"] = government(lines(*PARAGRAPHS[:3]) + "<img src=/i.jpg>" + lines(*PARAGRAPHS[3:]))
        self.pages["/i.jpg"] = (200, IMAGE, picture(32, 32))
        taken = self.bring()
        self.assertEqual((taken.pictures, taken.missed_pictures), (0, 0))

    def test_what_stands_on_every_page_of_an_article_is_asked_for_once(self):
        pager = '<a href="t1_2.html">2</a>'
        for number, path in enumerate(("/t1.html", "/t1_2.html")):
            text = PARAGRAPHS[3 * number : 3 * number + 3]
            self.pages[path] = government(lines(*text[:2]) + "<img src=/a.jpg>" + lines(text[2]), pager)
        self.show("/a.jpg")
        self.assertEqual(self.bring().pictures, 1)
        self.assertEqual(self.asked.count("/a.jpg"), 1)

    def test_a_further_witness_brings_no_pictures(self):
        self.pages["/t1.html"] = government(lines(*PARAGRAPHS))
        self.bring()
        self.pages["/t2.html"] = government(lines(*PARAGRAPHS[:3]) + "<img src=/a.jpg>" + lines(*PARAGRAPHS[3:]))
        self.show("/a.jpg")
        taken = self.bring("/t2.html")
        self.assertEqual((taken.result, taken.pictures), (capturing.Result.WITNESS, 0))
        self.assertFalse(Picture.objects.exists() or "/a.jpg" in self.asked)

    def test_forty_pictures_are_taken(self):
        paths = [f"/{number}.jpg" for number in range(42)]
        self.pages["/t1.html"] = government(
            "".join(f"{lines(PARAGRAPHS[n % 6])}<img src={p}>" for n, p in enumerate(paths))
        )
        self.pages |= dict.fromkeys(paths, (200, IMAGE, picture()))
        taken = self.bring()
        self.assertEqual((taken.pictures, taken.missed_pictures), (bringing.MOST_PICTURES, 2))


class SettingTests(SimpleTestCase):
    def test_no_server_opens_loopback(self):
        for local, debug in (("true", "false"), ("false", "true"), ("false", "false")):
            with self.subTest(local=local, debug=debug):
                done = processes.run("manage.py", "check", FETCH_LOOPBACK_FOR_TESTS="true", LOCAL=local, DEBUG=debug)
                self.assertIn("it is for no server", done.stderr)
