"""Markup that would do something, in every column of the library: a browser runs none of it, without our policy too."""

from itertools import cycle
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.db.models import CharField, F, Value
from django.db.models.functions import Cast, Concat
from django.test import override_settings
from django.urls import reverse

from articles import body
from articles.models import Deed, Edition, Finding, Letter, SitePage, WorkingCopy
from articles.tests import make
from articles.tests.admin import test_hostile
from articles.tests.admin.world import World, page
from articles.tests.browser.chromium import BrowserTestCase

CANARY = "//canary.example/p"
# Short ones, since most columns are: a name has room for forty characters, and whatever does not fit is cut off.
FAMILIES = (
    "<img src=x onerror=alert(1)>",
    "<script>alert(1)</script>",
    "<svg onload=alert(1)>",
    "</title><script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "</textarea><svg onload=alert(1)>",
    "--><svg onload=alert(1)>",
    "]]><svg onload=alert(1)>",
    '" autofocus onfocus=alert(1) x="',
    "' autofocus onfocus='alert(1)",
    '"><svg onload=alert(1)>',
    "'><svg onload=alert(1)>",
    "&lt;svg onload=alert(1)&gt;",
    "\\u003csvg onload=alert(1)\\u003e",
    f"<img src={CANARY}>",
    f"<base href={CANARY}>",
    f"<link rel=stylesheet href={CANARY}>",
    f"<style>@import '{CANARY}'</style>",
    f"<meta http-equiv=refresh content=0;{CANARY}>",
    f"<object data={CANARY}>",
    "<iframe srcdoc='<script>parent.alert(1)</script>'>",
    "<form action=javascript:alert(1)><input autofocus onfocus=alert(1)>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<svg></p><style><a id='</style><img src=1 onerror=alert(1)>'>",
    "<template><svg onload=alert(1)></template>",
    "<details open ontoggle=alert(1)>",
    "<video><source onerror=alert(1)>",
    "<mark><svg onload=alert(1)></mark>",
    "{{ 7|add:70000 }}{% load i18n %}",
    "%(settings)s {0.__class__} ${7*7} #{7*7}",
)
ADDRESSES = (
    "javascript:alert(1)//",
    "JaVaScRiPt:alert(1)//",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:alert(1)//",
    'https://x.example/"><svg onload=alert(1)>',
    " javascript:alert(1)//",
)
LINKS = "".join(f'<p><a href="{address.strip()}">一</a></p>' for address in ADDRESSES)
BODY = f"<p>每一笔都写明用处。</p>{''.join(f'<p>二{family}三</p>' for family in FAMILIES)}{LINKS}"
# What leads out of a page by a program in its address, and what is left of a template that was taken for one.
LEADS = """() => [...document.querySelectorAll("[href], [src], [action], [formaction], [data]")]
    .flatMap((element) => ["href", "src", "action", "formAction", "data"].map((name) => String(element[name] ?? "")))
    .filter((address) => /^\\s*(javascript|vbscript|data:text)/i.test(address))"""


def without_policy(get_response):
    """Take the content policy away from every answer: what stands in a page has to be harmless by itself."""

    def answer(request):
        response = get_response(request)
        response.headers.pop("Content-Security-Policy", None)
        return response

    return answer


def fill():
    """Write the families into every column of the library that holds words, in turn, and into what holds several."""
    families, addresses = cycle(FAMILIES), cycle(ADDRESSES)
    for model in apps.get_app_config("articles").get_models():
        for column in filter(test_hostile.HostileTests.holds_words, model._meta.concrete_fields):
            is_address = "address" in column.name or column.name == "homepage"
            words = next(addresses) if is_address else next(families)
            words = words if is_address or column.max_length else "\n".join(FAMILIES)
            key = Concat(Value(words[: (column.max_length or 5_000) - 8]), Cast(F("pk"), CharField()))
            model._base_manager.update(**{column.name: key})
    text = body.normalise(BODY)
    Edition._base_manager.update(body_html=text)
    SitePage.objects.update(body_html=text, body_hant=text, body_en=text)
    Finding.objects.update(block=0, start=0, end=4, exact="每一笔都", found="每一笔都")
    Deed.objects.update(said={"tags": list(FAMILIES), "name": FAMILIES[0], "names": FAMILIES[1]})
    WorkingCopy.objects.update(fields={"title": [FAMILIES[0]], "body_html": [BODY], "tags": [FAMILIES[1]]})


@override_settings(MIDDLEWARE=["articles.tests.browser.test_hostile.without_policy", *settings.MIDDLEWARE])
class HostileBrowserTests(BrowserTestCase):
    def setUp(self):
        super().setUp()
        self.world = World.made()
        article = make.publish(self.world["article"])
        make.letter(article, "comment", outcome="accepted", remark="一句话。", name="示例读者甲")
        declined = make.letter(article, passage="都没有开成", suggestion="都开成了", outcome="declined")
        make.revised(article, subtitle="新的副题")
        make.withdrawn(self.world["revised"], "other", note="有误。")
        self.letters = [*Letter.objects.filter(pk=declined.pk), self.world["letter"]]
        fill()
        self.ran = []
        self.page.on("dialog", self.hear_dialog)
        self.page.on("request", self.hear_request)
        self.context.route("**/canary.example/**", lambda route: route.abort())

    def hear_dialog(self, dialog):
        self.ran.append(dialog.message)
        dialog.dismiss()

    def hear_request(self, request):
        if urlsplit(request.url).hostname not in (urlsplit(self.live_server_url).hostname, None):
            self.ran.append(request.url)

    def for_readers(self):
        article = self.world["article"]
        path = article.get_absolute_url()
        theme, tag, author = self.world["三次会议-theme"], article.tags.get(), article.live.bylines.get().author
        source = article.witnesses.exclude(source=None).first().source
        yield from (
            "/",
            "/articles/",
            "/themes/",
            "/tags/",
            "/authors/",
            "/sources/",
            "/archive/",
            "/letters/",
            "/hot/",
        )
        yield from (path, f"{path}?marks=1", f"{path}editions/1/", f"{path}compare/?left=e1", f"{path}cite/?p=1")
        yield from (f"{path}report/?block=1&passage=%3Csvg%20onload=alert(1)%3E", "/pages/about/")
        yield from (
            row.get_absolute_url() for row in (theme, tag, author, source, self.world["revised"], *self.letters)
        )
        yield f"{path}compare/?copy={article.witnesses.exclude(capture=None).first().pk}&all=1"

    def for_editors(self):
        article = self.world["article"]
        desks = (
            "change",
            "restore",
            "trace",
            "arrange",
            "editions",
            "publish",
            "previews",
            "compare",
            "history",
            "preview",
        )
        yield from (page(f"article_{name}", article.pk) for name in desks)
        yield from (page(f"{name}_changelist") for name in test_hostile.LISTS)
        yield from (page("letter_change", letter.pk) for letter in self.letters)
        yield from (page("theme_change", self.world["theme"].pk), page("site_changelist"), page("article_deeds"))
        yield page("article_collate", article.pk)
        yield reverse("admin:index")

    def look_at(self, address):
        answer = self.go(address)
        self.assertIsNone(answer.header_value("content-security-policy"))
        with self.subTest(address=address):
            self.assertLess(answer.status, 500)
            self.assertEqual(self.page.evaluate(LEADS), [])
            self.assertEqual(self.ran, [])
            self.assertNotIn("70007", self.page.content())

    def test_nothing_in_a_page_does_anything(self):
        for address in self.for_readers():
            self.look_at(address)
        for prefix in ("/zh-hant", "/en"):
            self.look_at(prefix + self.world["article"].get_absolute_url())
        self.sign_in(self.world.chief)
        for address in self.for_editors():
            self.look_at(address)
        self.assert_that_it_would_be_heard()

    def assert_that_it_would_be_heard(self):
        with self.page.expect_event("dialog"), self.page.expect_request("**/canary.example/**"):
            for family in (FAMILIES[0], f"<img src={CANARY}>"):
                self.page.evaluate("markup => document.body.insertAdjacentHTML('beforeend', markup)", family)
        self.assertEqual(set(self.ran), {"1", f"http:{CANARY}"})
