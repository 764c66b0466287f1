from io import BytesIO

from django.test import SimpleTestCase
from PIL import Image

from articles import body
from articles.intake import pictures, read
from articles.intake.fetching import Fetched
from articles.intake.pictures import Drawn, Wanted

URL = "http://news.example.cn/2021/t1.html"
TITLE = "账本搬到村口"
PARAGRAPHS = (
    "村里的账本过去锁在会计的抽屉里，一年只拿出来一次，看得懂的人不多，敢开口问的人更少。",
    "去年春天，青石镇请每个村把预算写成一张大表，贴在村口，每一笔支出后面写明用处和经手人。",
    "起初只有几位老人来看，后来下地的人路过也停下来，问一问修渠的钱为什么比前年多出三成。",
    "到了秋天，议事会根据大家的意见删掉两项开支，又把省下的钱添进了小学的冬季取暖费里。",
)
ONE, TWO, THREE, FOUR = (f"<p>　　{paragraph}</p>" for paragraph in PARAGRAPHS)
CAPTION = "图为村民在村口看账。林山 摄"


def page(*inside: str, above: str = "", below: str = "") -> Fetched:
    html = (
        f"<html><head><title>{TITLE}_云岭示例网</title></head><body><div class=top><img src=/img/top.jpg></div>{above}"
        f"<h1>{TITLE}</h1><div>2021-03-05 09:30 来源：青禾日报</div><div class=article>{''.join(inside)}</div>{below}"
        "<div class=list><a href=/2.html>别处的新闻一则</a><img src=/img/list.jpg></div></body></html>"
    )
    return Fetched(URL, html.encode(), "text/html")


def find(*inside: str, **around: str) -> list[Wanted]:
    fetched = page(*inside, **around)
    return pictures.find(fetched, read(fetched.data, url=URL))


def addresses(*inside: str, **around: str) -> list[str]:
    return [wanted.address.removeprefix("http://news.example.cn") for wanted in find(*inside, **around)]


class FindTests(SimpleTestCase):
    def test_a_picture_stands_behind_the_paragraph_before_it(self):
        found = find(ONE, TWO, "<p><img src='img/a.jpg' alt='村口的表'></p>", THREE, FOUR)
        self.assertEqual(found, [Wanted("http://news.example.cn/2021/img/a.jpg", 1, "村口的表")])

    def test_pictures_in_a_paragraph_above_and_below_the_text_belong_to_it(self):
        middle = THREE.replace("，后来", "<img src=/m.jpg>，后来")
        found = find("<p><img src=/a.jpg></p>", ONE, TWO, middle, FOUR, "<p><img src=/z.jpg></p>")
        self.assertEqual(
            [(wanted.address[-6:], wanted.after) for wanted in found], [("/a.jpg", -1), ("/m.jpg", 2), ("/z.jpg", 3)]
        )

    def test_what_stands_around_the_article_does_not(self):
        self.assertEqual(addresses(ONE, TWO, THREE, FOUR), [])

    def test_the_address_is_that_of_the_picture_and_not_of_what_stands_in_for_it(self):
        images = {
            "data-src='//mmbiz.example.cn/mmbiz_jpg/x/640?wx_fmt=jpeg' src='data:image/gif;base64,R0'": "http://mmbiz.example.cn/mmbiz_jpg/x/640?wx_fmt=jpeg",
            "data-original=/o.jpg src=/img/grey.gif": "http://news.example.cn/o.jpg",
            "_src=/u.jpg src=/s.gif": "http://news.example.cn/u.jpg",
            "zoomfile=data/attachment/z.jpg file=f.jpg src=static/none.gif": "http://news.example.cn/2021/data/attachment/z.jpg",
            "src='W020130305.jpg' oldsrc='x.jpg'": "http://news.example.cn/2021/W020130305.jpg",
            "src='/村务/墙.jpg'": "http://news.example.cn/%E6%9D%91%E5%8A%A1/%E5%A2%99.jpg",
        }
        for image, address in images.items():
            with self.subTest(image=image):
                self.assertEqual(
                    [wanted.address for wanted in find(ONE, TWO, f"<p><img {image}></p>", THREE, FOUR)], [address]
                )

    def test_icons_buttons_codes_and_counters_are_none(self):
        images = (
            "src=/img/share_weixin.png",
            "src=/a.jpg width=16 height=16",
            "src=/a.jpg style='width:24px'",
            "src=/a.jpg width=1 height=1",
            "data-src=/a.jpg data-w=64",
            "src=/img/qrcode.jpg",
            "src=/a.jpg alt=扫一扫关注公众号",
            "src=/avatar/7.jpg class=avatar",
            "src=/a.jpg class='user-avatar'",
            "src=/img/spacer.gif",
            "src=/a.svg",
            "src='data:image/png;base64,iVBO'",
            "src=/stat/counter.gif",
            "src='javascript:1'",
            "src='file:///etc/passwd'",
            "src='http://[1/'",
            "alt=无",
        )
        for image in images:
            with self.subTest(image=image):
                self.assertEqual(addresses(ONE, TWO, f"<p><img {image}></p>", THREE, FOUR), [])

    def test_faces_to_click_on_below_the_text_are_none(self):
        self.assertEqual(addresses(ONE, TWO, THREE, FOUR, "<p><img src=/m1.gif><img src=/m2.gif></p>"), [])

    def test_the_title_of_the_page_says_nothing_of_its_pictures(self):
        [wanted] = find(ONE, TWO, f"<p><img src=/a.jpg alt='{TITLE}'></p>", THREE, FOUR)
        self.assertEqual(wanted.alt, "")

    def test_an_advertisement_is_none_and_a_link_to_the_large_picture_is_no_advertisement(self):
        self.assertEqual(addresses(ONE, TWO, "<a href=http://shop.example/><img src=/a.jpg></a>", THREE, FOUR), [])
        for href in ("/large.jpg", "http://img.example/large.jpg", "t1_2.html", "#"):
            with self.subTest(href=href):
                self.assertEqual(addresses(ONE, TWO, f"<a href={href}><img src=/a.jpg></a>", THREE, FOUR), ["/a.jpg"])

    def test_each_is_taken_once(self):
        self.assertEqual(addresses(ONE, "<img src=/a.jpg>", TWO, "<img src=/a.jpg>", THREE, FOUR), ["/a.jpg"])

    def test_words_below_a_picture_are_its_caption(self):
        for printed in (
            f"<p>{CAPTION}</p>",
            f"<p class=pic-caption>{CAPTION}</p>",
            f"<p class=imgnote>{CAPTION[2:-2]}</p>",
        ):
            with self.subTest(printed=printed):
                [wanted] = find(ONE, TWO, "<p><img src=/a.jpg></p>", printed, THREE, FOUR)
                self.assertTrue(wanted.has_block)
                self.assertIn(wanted.caption, printed)

    def test_of_several_above_one_caption_the_last_has_it(self):
        found = find(ONE, TWO, "<p><img src=/a.jpg><img src=/b.jpg></p>", f"<p>{CAPTION}</p>", THREE, FOUR)
        self.assertEqual([(wanted.after, wanted.caption) for wanted in found], [(1, ""), (1, CAPTION)])

    def test_a_paragraph_below_a_picture_is_none(self):
        [wanted] = find(ONE, TWO, "<p><img src=/a.jpg></p>", "<p>起初只有几位老人来看。</p>", THREE, FOUR)
        self.assertEqual((wanted.caption, wanted.has_block), ("", False))

    def test_a_page_that_is_no_html_has_none(self):
        text = "\n".join((TITLE, *PARAGRAPHS)).encode()
        self.assertEqual(pictures.find(Fetched(URL, text), read(text)), [])

    def test_an_article_of_many_paragraphs_is_searched_in_no_time(self):
        many = [
            f"<p>第{n}次议事会上，大家把第{n}笔开支从头到尾核对了一遍。</p><img src=/{n}.jpg>" for n in range(1_500)
        ]
        self.assertEqual(len(find(*many)), 1_500)


class InsertTests(SimpleTestCase):
    def drawn(self, after: int, **wanted) -> Drawn:
        return Drawn(Wanted("http://a.cn/a.jpg", after, **wanted), f"/media/pictures/aa/{after + 1}.jpg", 800, 600)

    def insert(self, *drawn: Drawn, inside=(ONE, TWO, THREE, FOUR)):
        fetched = page(*inside)
        return pictures.insert(read(fetched.data, url=URL), drawn)

    def test_a_picture_is_a_figure_of_the_body(self):
        draft = self.insert(self.drawn(1, alt="村口的“表”"))
        figure = '<figure>\n<img src="/media/pictures/aa/2.jpg" alt="村口的“表”" width="800" height="600">\n</figure>'
        self.assertIn(f"{PARAGRAPHS[1]}</p>\n{figure}\n<p>{PARAGRAPHS[2]}", draft.body_html)
        self.assertEqual(body.normalise(draft.body_html), draft.body_html)
        self.assertEqual(draft.body_text.splitlines(), list(PARAGRAPHS))

    def test_a_page_that_says_nothing_of_a_picture_does_not_make_it_decorative(self):
        [wanted] = find(ONE, TWO, "<p><img src='img/a.jpg' alt=''></p>", THREE, FOUR)
        html = self.insert(Drawn(wanted, "/media/pictures/aa/2.jpg", 800, 600)).body_html
        self.assertIn('<img src="/media/pictures/aa/2.jpg" width="800" height="600">', html)

    def test_several_stand_in_their_order(self):
        html = self.insert(self.drawn(-1), self.drawn(1), self.drawn(3)).body_html
        places = [html.index(f"aa/{number}.jpg") for number in (0, 2, 4)]
        self.assertEqual(places, sorted(places))
        self.assertTrue(html.startswith("<figure>") and html.endswith("</figure>"))

    def test_a_caption_that_was_a_paragraph_is_moved_and_nothing_else_moves(self):
        inside = (ONE, TWO, f"<p>{CAPTION}</p>", THREE, FOUR)
        draft = self.insert(self.drawn(1, caption=CAPTION, has_block=True), inside=inside)
        self.assertIn(f"<figcaption>{CAPTION}</figcaption>", draft.body_html)
        self.assertNotIn(f"<p>{CAPTION}</p>", draft.body_html)
        self.assertEqual(draft.body_text.splitlines(), [*PARAGRAPHS[:2], CAPTION, *PARAGRAPHS[2:]])

    def test_a_caption_that_comes_in_moves_the_findings_behind_it(self):
        comma = "<p>账目公开了,大家心里就有了底,遇事也愿意商量着办,这是最要紧的变化。</p>"
        draft = self.insert(
            self.drawn(0, caption=CAPTION), self.drawn(3, caption=CAPTION), inside=(ONE, TWO, comma, FOUR)
        )
        blocks = body.blocks(draft.body_html)
        commas = [found for found in draft.findings if found.code == "punctuation_width"]
        self.assertTrue(commas)
        for found in commas:
            self.assertEqual(blocks[found.block].text[found.start : found.end], found.found)

    def test_it_stands_behind_the_list_the_table_or_the_quotation_and_not_in_it(self):
        around = {
            "ul": f"<ul><li>{PARAGRAPHS[1]}</li><li>{PARAGRAPHS[2]}</li></ul>",
            "blockquote": f"<blockquote>{TWO}{THREE}</blockquote>",
            "table": f"<table><tr><td>{PARAGRAPHS[1]}</td><td>{PARAGRAPHS[2]}</td></tr></table>",
        }
        for element, html in around.items():
            draft = read(page(ONE, FOUR).data, url=URL)
            draft.body_html = body.normalise(ONE + html + FOUR)
            with self.subTest(element=element):
                shown = pictures.insert(draft, [self.drawn(1)]).body_html
                self.assertIn(f"</{element}>\n<figure>", shown)
                self.assertEqual(body.normalise(shown), shown)

    def test_nothing_that_a_page_writes_gets_out_of_its_place(self):
        draft = self.insert(
            self.drawn(1, alt='"><script>alert(1)</script>', caption="</figcaption><img src=x onerror=1>")
        )
        self.assertNotIn("<script", draft.body_html)
        self.assertNotIn("<img src=x", draft.body_html)


def picture(width: int = 640, height: int = 480, kind: str = "JPEG", mode: str = "RGB", **how) -> bytes:
    """Return a picture with something on it."""
    image = Image.linear_gradient("L").resize((width, height)).convert(mode)
    out = BytesIO()
    image.save(out, kind, **how)
    return out.getvalue()
