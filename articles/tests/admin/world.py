"""One library with a row of every kind, and what each screen of the desk would send: for tests that try them all."""

from dataclasses import dataclass, field
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from articles.actions import deeds, editing, keeping, lending, picturing, publishing, storing
from articles.models import Article, HouseRules, SavedView, Site, SitePage, Tag
from articles.tests import make
from articles.tests.admin.people import person, sent_by
from articles.tests.admin.test_conflicts import sent_by_form
from articles.tests.intake.test_pictures import picture

BODY = (
    "清溪乡的三次会议，都没有开成。第一次定在三月初九上午，那天下了一夜的雨。\n第二次改在晚上七点半，到了十四名代表。"
)
COPY = BODY.replace("十四名", "十五名").replace("一夜的雨", "整夜的雨")


@dataclass
class World:
    """The rows; `article` is a draft with one of everything, `other` belongs to somebody else in every respect."""

    chief: Any
    stranger: Any
    rows: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def made(cls):
        world = cls(person("chief", is_superuser=True), person("stranger", "editor"))
        world.rows["article"] = world.filled("三次会议")
        world.rows["other"] = world.filled("别人的稿", number=1)
        world.rows["published"] = make.article("已经发布", published=True)
        world.rows["revised"] = world.begun_anew()
        world.rows["scheduled"] = world.waiting()
        for which in ("source", "author", "theme", "tag"):
            world.rows[which], world.rows[f"other_{which}"] = world.named(which), world.named(which, "乙")
        world.rows["deed"] = deeds.begin("add_tags", Article.objects.all(), {"tags": ["预算"]}, by=world.chief)
        said = {"passage": "议事会", "suggestion": "议事大会", "remark": "年份不对。", "contact": "reader@example.cn"}
        world.rows["letter"] = make.letter(world["published"], **said)
        world.rows["rules"] = HouseRules.current()
        world.rows["site"] = Site.current()
        world.rows["sitepage"] = SitePage.objects.get_or_create(slug="about", defaults={"title": "关于本站"})[0]
        world.rows["view"] = SavedView.objects.create(owner=world.stranger, name="别人的", query="status__exact=draft")
        keeping.keep("s" * 22, by=world.stranger, article=world["other"], version=1, fields={"title": ["别人打的字"]})
        keeping.keep("c" * 22, by=world.chief, article=world["article"], version=1, fields={"title": ["自己打的字"]})
        return world

    def __getitem__(self, name):
        row = self.rows[name]
        return type(row).objects.get(pk=row.pk)

    def filled(self, title, number=0):
        """Return a draft with a byline, a theme, a tag, an excerpt, a finding, two copies, a picture and a link."""
        shown = picturing.choose(picture(640 + number, 480), by=self.chief)
        html = f'{make.html_of(BODY)}<figure><img src="{shown.src}" alt="会场"></figure>'
        theme = make.theme(f"{title}的主题")
        article = make.article(title, html, authors=(f"{title}的作者",), theme=theme, tags=(f"{title}的标签",))
        make.excerpt(article, theme, "都没有开成")
        make.finding(article, found="清", suggestion="青")
        for outlet, text in (("日报", BODY), ("晚报", COPY)):
            capture = storing.store(f"{title}\n{text}".encode(), media_type="text/plain")
            make.witness(article, make.source(f"{title}的{outlet}"), capture=capture)
        make.witness(article, address=f"https://qinghe.example/{article.pk}")
        link, _token = lending.lend(article, by=self.chief, note="作者", days=7)
        self.rows |= {f"{title}-picture": shown, f"{title}-link": link, f"{title}-theme": theme}
        return Article.objects.get(pk=article.pk)

    def begun_anew(self):
        article = make.article("又改了一次", published=True)
        return editing.revise(article, version=article.version, by=self.chief, subtitle="新的副题")

    def waiting(self):
        article = make.article("等着发布")
        publishing.publish(article, version=article.version, by=None, at=publishing.moment().replace(year=2099))
        return Article.objects.get(pk=article.pk)

    @staticmethod
    def named(which, suffix=""):
        if which == "tag":
            return Tag.objects.create(name=f"账目公开{suffix}")
        return getattr(make, which)(f"青禾{which}{suffix}")


@dataclass(frozen=True)
class Write:
    """One way to write: its name, address and fields; `keys` are those of its fields that must be known to be right.

    `done` is what it answers when it was done.
    """

    name: str
    address: str
    fields: dict[str, Any]
    keys: tuple[str, ...] = ("version",)
    done: int = 302


def page(name, *keys, query=""):
    return reverse(f"admin:articles_{name}", args=keys) + query


def writes(world: World, client: Client) -> list[Write]:
    """Return every POST of the desk, as the browser of the chief would send it."""
    return [*of_publication(world), *of_desks(world), *of_bulk(world), *of_names(world), *of_forms(world, client)]


def of_publication(world):
    rows = (
        ("publish", "article", {"at": "2031-01-01T09:00", "reason": "改正一处。"}),
        ("schedule", "scheduled", {"at": "2031-01-01T09:00"}),
        ("unschedule", "scheduled", {}),
        ("withdraw", "published", {"reason": "error", "note": "有误。", "into": world["revised"].pk}),
        ("submit", "article", {}),
        ("take_back", "article", {}),
        ("return", "article", {"remark": "再核一遍。"}),
        ("discard_edition", "revised", {}),
    )
    steps = [_step(name, page(f"article_{name}", world[which].pk), world[which], said) for name, which, said in rows]
    revised = world["revised"]
    again = page("article_restore_edition", revised.pk, revised.live_id)
    article = world["article"]
    many = {"action": "publish_selected", "_selected_action": article.pk, "confirmed": "yes", "reason": "一起发。"}
    return [
        *steps,
        _step("restore edition", again, revised, {}),
        _step("many", page("article_changelist"), article, many),
    ]


def _step(name, address, article, said):
    version = f"version-{article.pk}"
    return Write(name, address, {version: article.version, **said}, (version,))


def of_desks(world):
    article = world["article"]
    said = {"alt": "会场的照片", "caption": "会场", "credit": "示例作者甲"}
    return [
        *of_arranging(world),
        *of_restoring(article),
        *of_pictures(article, said),
        *of_tracing(world),
        *of_side_doors(world, said),
        *of_letters(world),
    ]


def of_letters(world):
    letter = world["letter"]
    address = page("letter_change", letter.pk)
    known = {"version": letter.version, "article_version": letter.article.version}
    said = {"words": "议事大会", "answer": "谢谢。", "reason": "原文如此。"}
    deeds = {"put_in": ("do", *known), "accept": ("do", "version"), "decline": ("do", "version")}
    gone = Write("delete letter", page("letter_delete", letter.pk), {"post": "yes", "version": letter.version})
    return [gone, *(Write(f"letter {do}", address, {"do": do, **known, **said}, keys) for do, keys in deeds.items())]


def of_tracing(world):
    article = world["article"]
    first, second, third = article.witnesses.order_by("pk")
    copy = f"copy-{third.pk}-"
    about = {f"{copy}address": third.address, f"{copy}title_there": "", f"{copy}date_there": "2013-10-21"}
    about |= {f"{copy}kind": "reprint", f"{copy}copied_from": first.pk, f"{copy}evidence": "抄来的。"}
    about |= {f"{copy}confidence": "0.5", f"{copy}source": world["source"].pk, "note": "查过报纸。", "takes_over": "on"}
    new = {"copy-new-address": "https://qinghe.example/9", "copy-new-kind": "reprint", "copy-new-confidence": "1"}
    pair = f"?left={first.pk}&right={second.pk}"
    return [
        _of(article, "trace", about, (f"{copy}kind", f"{copy}copied_from", f"{copy}source")),
        _of(article, "trace", {"original": first.pk, "takes_over": "on"}, ("original",)),
        _of(article, "trace", {"unknown": "yes", "note": "查过报纸。"}),
        _of(article, "trace", new | {"copy-new-evidence": "抄来的。"}, ("copy-new-kind",)),
        _of(article, "collate", {"take": "0000000000000000-left"}, ("take",), query=pair),
    ]


def of_arranging(world):
    article = world["article"]
    placement, item = article.placements.get(), article.tag_items.get()
    excerpt = article.working.excerpts.get()
    theme = {"theme": world["theme"].pk, "aspect": "开会", "note": "一句。"}
    arrange = (
        ("place", {"place-theme": world["theme"].pk, "place-reason": "讲开会。"}, ("place-theme",)),
        ("unplace", {"key": placement.pk}, ("key",)),
        ("reason", {"key": placement.pk, "reason": "另一个理由"}, ("key",)),
        ("tag", {"tag-names": "会议，代表"}, ()),
        ("untag", {"key": item.pk}, ("key",)),
        ("accept_tag", {"key": world["tag"].pk}, ("key",)),
        ("accept_theme", {"key": world["theme"].pk}, ("key",)),
        ("take", {**theme, "block": 1, "start": 0, "passage": "三次会议"}, ("theme",)),
        ("take_anew", {"key": excerpt.pk, "block": 1, "start": 0, "passage": "三次会议"}, ("key",)),
        ("describe", {"key": excerpt.pk, "aspect": "天气", "note": "下雨。"}, ("key",)),
        ("leave", {"key": excerpt.pk}, ("key",)),
    )
    return [_desk(article, "arrange", "do", *row) for row in arrange]


def of_restoring(article):
    finding = article.working.findings.get()
    decide = (
        ("accept", {"finding": finding.pk}, ("finding",)),
        ("accept_class", {"class": finding.code}, ("class",)),
        ("dismiss_class", {"class": finding.code, "reason": "alarm"}, ("class",)),
        ("accept_confident", {}, ()),
        ("dismiss", {"finding": finding.pk, "reason": "printed", "remark": "原文如此。"}, ("finding",)),
        ("reopen", {"finding": finding.pk}, ("finding",)),
        ("take_back", {"finding": finding.pk}, ("finding",)),
        ("look_again", {}, ()),
    )
    return [_desk(article, "restore", "do", *row) for row in decide]


def of_pictures(article, said):
    first = article.witnesses.order_by("pk")[0]
    pictures = (
        ("upload", {**said, "place": "0", "file": SimpleUploadedFile("村口.jpg", picture(800, 600))}, ()),
        ("take", {"capture": first.capture_id, "name": "1"}, ("capture", "name")),
        ("describe", {**said, "number": 0, "picture_version": 1}, ("number",)),
        ("remove", {"number": 0}, ("number",)),
    )
    return [_desk(article, "pictures", "deed", *row) for row in pictures]


def _of(article, name, fields, keys=(), query=""):
    address = page(f"article_{name}", article.pk, query=query)
    return Write(name, address, {"version": article.version, **fields}, ("version", *keys))


def _desk(article, name, verb, deed, fields, keys):
    return _of(article, name, {verb: deed, **fields}, (verb, *keys))


def of_side_doors(world, said):
    """Return what the scripts send, and what has no version: tokens, links, saved views, pages that come in."""
    article, link = world["article"], world.rows["三次会议-link"]
    shown = world.rows["三次会议-picture"]
    typed = {"copy": "n" * 22, "version": article.version, "title": "打了一半", "bylines-0-printed": "某某"}
    file = SimpleUploadedFile("来稿.txt", f"新来的一页\n\n{BODY * 3}".encode())
    bring_in, pages = page("article_bring_in"), {"files": file, "title": "一页", "source": "", "theme": ""}
    view = {"name": "等着我的", "query": "status__exact=draft", "is_shared": "on"}
    return [
        Write("keep", page("article_keep", article.pk), typed, ("copy",)),
        Write("keep new", page("article_keep_new"), typed, ("copy",)),
        Write("presence", page("article_presence", article.pk), {"x": "1"}, ()),
        Write("discard copy", page("article_discard_copy", "c" * 22), {"x": "1"}, ()),
        Write("others' copy", page("article_discard_copy", "s" * 22), {"x": "1"}, ("x",)),
        Write("lend", page("article_lend", article.pk), {"note": "编辑部的朋友", "days": 7}, ("days",)),
        Write("revoke", page("article_revoke", article.pk, link.pk), {"x": "1"}, ()),
        Write("others' link", page("article_revoke", world["other"].pk, link.pk), {"x": "1"}, ("x",)),
        Write("keep view", page("article_keep_view"), view, ()),
        Write("others' view", page("article_delete_view", world["view"].pk), {"x": "1"}, ("x",)),
        Write("picture add", page("article_picture_add", article.pk), {"file": "no file"}, ("file",)),
        Write("credit", page("article_picture_credit"), {"src": shown.src, "version": 1, **said}, ("src", "version")),
        Write("bring in", bring_in, pages, (), done=200),
        Write("fetch", bring_in, {"_fetch": "1", "web-address": "http://127.0.0.1/"}, (), done=200),
    ]


def of_bulk(world):
    numbers = f"number={world['article'].pk}&number={world['other'].pk}"
    theme = world["article"].placements.get().theme_id
    kinds = (
        ("add_theme", {"theme": theme, "reason": "讲开会。"}, ("theme",)),
        ("remove_theme", {"theme": theme}, ("theme",)),
        ("add_tags", {"tags": "会议，代表"}, ()),
        ("remove_tags", {"tags": "账目公开"}, ("tags",)),
        ("assign_editor", {"editor": world.stranger.pk}, ()),
        ("publish", {"reason": "一起发。"}, ()),
        ("schedule", {"at": "2031-01-01T09:00", "reason": "一起发。"}, ("at",)),
        ("withdraw", {"reason": "error", "note": "有误。", "into": ""}, ("reason",)),
        ("accept_class", {"code": "punctuation_width"}, ("code",)),
        ("join", {"survivor": world["article"].pk}, ("survivor",)),
    )
    begun = [Write(f"bulk {name}", page("article_bulk", query=f"?{numbers}&do={name}"), *said) for name, *said in kinds]
    deed = page("article_deed", world["deed"].pk)
    return [*begun, *(Write(act, deed, {"act": act}, ("act",)) for act in ("carry_on", "stop", "undo"))]


def of_names(world):
    renames, merges = [], []
    for which in ("source", "author", "theme", "tag"):
        gone, stays = world[which], world[f"other_{which}"]
        named = {"name": f"{gone.name}二", "keep_old_name": "on", "version": gone.version}
        renames.append(Write(f"rename {which}", page(f"{which}_rename", gone.pk), named, ("version",)))
        said = {"into": stays.pk, "version": gone.version, "into_version": stays.version}
        merges.append(Write(f"merge {which}", page(f"{which}_merge", gone.pk), said, tuple(said)))
    theme = world.rows["三次会议-theme"]
    order = {"order": world["article"].pk, "children": "", "reasons": "{}", "base": "{}", "save": "1"}
    order |= {"version": type(theme).objects.get(pk=theme.pk).version, f"reason-{world['article'].pk}": "另一个理由"}
    moved = {name: value for name, value in order.items() if name != "save"}
    arrange = page("theme_arrange", theme.pk)
    return [
        *renames,
        *merges,
        Write("order", arrange, order, ("version", "order", "reasons", "base")),
        Write("move", arrange, moved | {"do": "add", "add": world["other"].pk, "shown_page": 1}, tuple(moved)),
        Write("jump", arrange, moved | {"do": "jump", "from_place": 1, "to_place": 1}, tuple(moved)),
    ]


def of_forms(world, client):
    """Return the forms of all tables, as they stand, and the deletions."""
    article = world["article"]
    add = page("article_add")
    rows = {which: world[which] for which in ("source", "author", "theme", "tag")}
    rows |= {"excerpt": article.working.excerpts.get(), "houserules": world["rules"]}
    rows |= {"site": world["site"], "sitepage": world["sitepage"]}
    rows["picture"] = type(world.rows["三次会议-picture"]).objects.first()
    forms = [(name, page(f"{name}_change", row.pk)) for name, row in rows.items()]
    forms += [
        (f"{name} anew", page(f"{name}_add")) for name in ("source", "author", "theme", "tag", "excerpt", "sitepage")
    ]
    stay = ("houserules", "picture", "site")
    deletions = {name: row for name, row in rows.items() if name not in stay} | {"article": article}
    return [
        Write("article form", page("article_change", article.pk), sent_by(client, article)),
        Write("article anew", add, sent_by(client, None, title="新稿", body_html="<p>一句话。</p>"), ()),
        *(Write(f"{name} form", address, sent_by_form(client.get(address))) for name, address in forms),
        *(
            Write(f"delete {name}", page(f"{name}_delete", row.pk), {"post": "yes", "version": row.version})
            for name, row in deletions.items()
        ),
    ]
