"""What a deed over many articles did is given back to the byte."""

import hashlib
from datetime import timedelta

from django.test import TestCase
from django.utils import timezone

from articles.actions import deeds, storing
from articles.models import (
    Article,
    Author,
    AuthorAlias,
    DeedRow,
    Edition,
    Finding,
    Placement,
    Source,
    SourceAlias,
    SourceDomain,
    Tag,
    TagAlias,
    TaggedArticle,
    Theme,
    ThemeAlias,
    Witness,
)
from articles.tests import make
from articles.tests.actions.test_deeds import BODY, done, library


def everything():
    """Digests of the articles' record and of each table they are arranged by, but for what counts writes."""
    lines = {"articles": library()}
    for model in (Theme, ThemeAlias, Tag, TagAlias, Source, SourceAlias, SourceDomain, Author, AuthorAlias):
        names = [field.attname for field in model._meta.concrete_fields if field.name not in ("version", "changed_at")]
        rows = model.objects.order_by("pk").values_list(*names)
        lines[model.__name__] = repr(list(rows)).encode()
    return {name: hashlib.sha256(data).hexdigest() for name, data in lines.items()}


class GivenBackCase(TestCase):
    """After a deed over `count` articles and its undo the library is the same to the byte.

    Publishing at once is not here: it gives numbers for ever, and its undo withdraws.
    """

    count = 30

    @classmethod
    def setUpTestData(cls):
        cls.editor, cls.other = make.editor(), make.editor("lin")
        cls.theme, cls.from_theme = make.theme("村务公开"), make.theme("旧主题")
        tags = [Tag.objects.create(name=name) for name in ("预算", "决算")]
        articles = cls.begin()
        for article in articles[::5]:
            make.publish(article)
        arranged = articles[1::2]
        Article.objects.filter(pk__in=[article.pk for article in articles[::3]]).update(editor=cls.other)
        Placement.objects.bulk_create(
            Placement(article=article, theme=cls.from_theme, position=number, reason=f"第{number}条理由")
            for number, article in enumerate(arranged)
        )
        TaggedArticle.objects.bulk_create(
            TaggedArticle(content_object=article, tag=tags[number % 2]) for number, article in enumerate(arranged)
        )

    @classmethod
    def begin(cls):
        """Return drafts with two findings each, made in a few queries."""
        html = make.html_of("议事会把预算贴在村口,每一笔都写明用处.")
        articles = Article.objects.bulk_create(Article(title=f"第{number}期") for number in range(cls.count))
        editions = Edition.objects.bulk_create(
            Edition(article=article, title=article.title, body_html=html) for article in articles
        )
        for article, edition in zip(articles, editions, strict=True):
            article.working = edition
        Article.objects.bulk_update(articles, ["working"])
        shared = {"code": "punctuation_width", "severity": "warning", "confidence": 0.9, "block": 0}
        Finding.objects.bulk_create(
            Finding(edition=edition, start=at, end=at + 1, exact=was, found=was, suggestion=new, **shared)
            for edition in editions
            for at, was, new in ((10, ",", "，"), (19, ".", "。"))
        )
        return articles

    def assert_given_back(self, kind, **said):
        before = everything()
        deed = done(kind, None, self.editor, **said)
        changed = deed.rows.filter(outcome=DeedRow.Outcome.DONE).count()
        self.assertGreaterEqual(changed, self.count // 5)
        self.assertNotEqual(everything(), before)
        deed = deeds.undo(deed, by=self.other)
        self.assertEqual(deed.rows.filter(outcome=DeedRow.Outcome.UNDONE).count(), changed)
        after = everything()
        self.assertEqual([name for name in before if before[name] != after[name]], [])


class FiveHundredTests(GivenBackCase):
    """The figure; the number tells nothing new about a second database, nor about every kind."""

    is_same_on_all_databases = True
    count = 500

    def test_the_same_bytes_after_tags(self):
        self.assert_given_back("add_tags", tags=["预算", "新标签"])
        self.assert_given_back("remove_tags", tags=["预算", "决算"])


class KindTests(GivenBackCase):
    def test_the_same_bytes_after_themes(self):
        self.assert_given_back("add_theme", theme=self.theme.pk, name="村务公开", reason="同一件事")
        self.assert_given_back("remove_theme", theme=self.from_theme.pk, name="旧主题")

    def test_the_same_bytes_after_an_editor(self):
        self.assert_given_back("assign_editor", editor=self.editor.pk, name="editor")
        self.assert_given_back("assign_editor", editor=None)

    def test_the_same_bytes_after_statuses(self):
        self.assert_given_back("submit")
        self.assert_given_back("withdraw", reason="other", note="整理。", into=None)
        self.assert_given_back("schedule", at=(timezone.now() + timedelta(days=9)).isoformat(), reason="赶在会前。")

    def test_the_same_bytes_after_a_class_of_repairs(self):
        for article in Article.objects.all()[:60]:
            make.excerpt(article, self.theme, "村口,每一笔")
        self.assert_given_back("accept_class", code="punctuation_width")
        self.assertFalse(Finding.objects.filter(state=Finding.State.ACCEPTED).exists())

    def test_the_same_bytes_after_merging(self):
        for number, article in enumerate(Article.objects.all()):
            Witness.objects.create(article=article, address=f"https://news.example.cn/{number}")
        survivor = Article.objects.published().first()
        passage = "每一笔都写明用处"
        for article in Article.objects.all()[:150]:
            make.excerpt(article, self.theme, passage)
        self.assert_given_back("join", survivor=survivor.pk, name=survivor.title)

    def test_the_same_bytes_after_reading_again(self):
        for number, article in enumerate(Article.objects.all()):
            data = f"第{number}期\n\n{BODY}\n\n第{number}号抄件,抄自村口的墙。\n".encode()
            capture = storing.store(data, media_type="text/plain", file_name="a.txt")
            digest = article.current.exact_digest() if number % 2 else ""
            Witness.objects.create(article=article, capture=capture, made_digest=digest)
            make.excerpt(article, self.theme, "村口,每一笔")
        self.assert_given_back("reread")
