"""Input that is refused, and input that would run if it were let through."""

from django.test import SimpleTestCase

from articles import body

from .schema_reader import faults_of

PAYLOADS = [
    "<script>alert(1)</script>",
    "<ScRiPt src=//example.org/x.js></sCrIpT>",
    "<script>alert(1)</script",
    "<<script>alert(1)//<</script>",
    "<img src=x onerror=alert(1)>",
    "<img src=/media/a.png onerror=alert(1)>",
    '<img src="/media/a.png" alt="&quot; onerror=alert(1) x=&quot;">',
    "<img src='/media/a.png\" onerror=\"alert(1)'>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><a xlink:href=javascript:alert(1)><text>x</text></a></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>",
    "<math><a href=javascript:alert(1)>x</a></math>",
    "<a href=javascript:alert(1)>x</a>",
    "<a href='java\tscript:alert(1)'>x</a>",
    "<a href='java&#10;script:alert(1)'>x</a>",
    "<a href='&#106;avascript&colon;alert(1)'>x</a>",
    "<a href=' &#1; javascript:alert(1)'>x</a>",
    "<a href='vbscript:msgbox(1)'>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<a href='http://example.org/\"onmouseover=\"alert(1)'>x</a>",
    "<a href='//example.org/'>x</a>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data=javascript:alert(1)></object>",
    "<embed src=javascript:alert(1)>",
    "<form action=javascript:alert(1)><button>x</button></form>",
    "<button formaction=javascript:alert(1)>x</button>",
    "<input autofocus onfocus=alert(1)>",
    "<body onload=alert(1)>",
    "<base href=javascript:alert(1)//>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<link rel=stylesheet href=javascript:alert(1)>",
    "<style>@import 'javascript:alert(1)';</style>",
    "<p style='background:url(javascript:alert(1))'>x</p>",
    "<details open ontoggle=alert(1)>x</details>",
    "<video><source onerror=alert(1)></video>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<textarea><img title='</textarea><img src=x onerror=alert(1)>'></textarea>",
    "<title><a title='</title><img src=x onerror=alert(1)>'></title>",
    "<template><script>alert(1)</script></template>",
    "<!--><script>alert(1)</script>-->",
    "<!--!><img src=x onerror=alert(1)>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?xml version='1.0'?><script>alert(1)</script>",
    "<p title='<!--'><script>alert(1)</script><p title='-->'>",
    "<table><td><caption><img src=x onerror=alert(1)></caption>",
    "<select><iframe><script>alert(1)</script></iframe></select>",
    "<xmp><p title='</xmp><img src=x onerror=alert(1)>'>",
    "<plaintext><script>alert(1)</script>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<p x=`<img src=x onerror=alert(1)>`>",
    "<\x00script>alert(1)</script>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<a href=http://example.org style=x onclick=alert(1) id=x name=y>x</a>",
]


class RefusalTests(SimpleTestCase):
    def assertRefused(self, source, words):
        with self.assertRaisesMessage(body.BodyRefused, words):
            body.normalise(source)

    def test_it_refuses_a_body_of_six_megabytes(self):
        self.assertRefused("預算" * 1_000_000, "6,000,000 bytes")

    def test_it_refuses_a_body_that_grows_too_large(self):
        self.assertRefused("<b>一<p>" * 400_000, "bytes")

    def test_it_refuses_a_page_nested_twenty_thousand_deep(self):
        for tags in (
            "<div>",
            "<blockquote>",
            "<ul><li>",
            "<table><tr><td>",
            "<table><td></td>",
            "<table><div></td>",
            "<div title='</div>'>",
            "<div><!--</div>-->",
            "<div><script></div></script>",
            "<li><blockquote>",
            "<dd><li>",
            "<h2><div>",
            "<figure></figcaption>",
        ):
            with self.subTest(tags=tags):
                self.assertRefused(tags * 20_000 + "一", "levels deep")

    def test_it_takes_a_long_page_that_closes_nothing(self):
        for tags in ("<p>", "<p><b>", "<p><span>", "<font color=red>", "<p><sup>", "<br>", "<li>", "<ruby><rt>"):
            with self.subTest(tags=tags):
                self.assertIn("一", body.normalise(f"{tags}一" * 2_000))

    def test_it_takes_nesting_as_deep_as_allowed(self):
        depth = body.MAX_DEPTH
        self.assertEqual(body.normalise("<div>" * depth + "一"), "<p>一</p>")

    def test_it_refuses_half_a_surrogate_pair(self):
        self.assertRefused("預\ud800算", "surrogate")


class LiveContentTests(SimpleTestCase):
    def test_it_leaves_nothing_that_could_run(self):
        for payload in PAYLOADS:
            for source in (payload, f"<p>預算{payload}公開</p>", f"<table><tr><td>{payload}<td>x</table>"):
                with self.subTest(source=source):
                    self.assertEqual(faults_of(body.normalise(source)), [])
