"""Citations, line by line."""

import json
import re
from datetime import date
from types import SimpleNamespace

from django.core.cache import cache
from django.test import TestCase

from articles import citations
from articles.models import Byline, Site, parse_precise
from articles.tests import make

READ_ON = date(2026, 11, 30)
ADDRESS = "https://wenmai.example/articles/7/editions/1/"


def written(title="账本上墙", *, authors=(), others=(), source=None, day="", **given):
    """Return a published edition; `others` are pairs of role and name."""
    moment, precision = parse_precise(day)
    article = make.article(
        title, authors=authors, original_source=source, original_date=moment, original_precision=precision, **given
    )
    edition = make.edition(article)
    for role, name in others:
        Byline.objects.create(edition=edition, author=make.author(name), role=role, position=9)
    return make.edition(make.publish(article))


def cited(edition, style, language="zh-hans", **given):
    return citations.cite(edition, style, language=language, address=ADDRESS, **given)


class LineTests(TestCase):
    maxDiff = None

    @classmethod
    def setUpTestData(cls):
        cls.daily = make.source("青禾日报", kind="newspaper")
        cls.journal = make.source("江城评论", kind="journal")
        cls.portal = make.source("云岭在线", kind="portal")
        body = make.author("示例县议事会", kind="body")
        persons = ("示例甲", "示例乙", "示例丙", "示例丁")
        cls.editions = {
            "one": written(authors=persons[:1], source=cls.daily, day="2021-03-05"),
            "three": written(authors=persons[:3], source=cls.journal, day="2021-03"),
            "four": written(authors=persons, source=cls.portal, day="2021-03-05T08:30"),
            "body": written(authors=(body,), source=cls.portal, day="2021"),
            "translator": written(
                authors=persons[:1], others=[("translator", "示例译者")], source=cls.journal, day="2021"
            ),
            "nobody": written(source=cls.daily, day="2021-03-05"),
            "nothing": written(),
            "date": written(day="2021-03-05"),
            "printed": written(original_source_printed="村口快讯"),
            "subtitle": written(subtitle="三个村的做法", source=cls.daily),
            "hant": written("帳本上牆", authors=("示範者甲", *persons), source=cls.daily, day="2021"),
            "english": written(
                "Ledgers on the wall", authors=("Ann Example", "Bo Example", "Cy Example", "Di Example"), language="en"
            ),
        }
        day = cls.editions["one"].published_at.astimezone().date().isoformat()
        cls.ours = f"{ADDRESS}. 文脉，第1版，{day}."

    def lines(self, style, language="zh-hans"):
        return {name: cited(edition, style, language, accessed=READ_ON) for name, edition in self.editions.items()}

    def test_it_writes_gbt_7714_as_the_standard_does(self):
        lines = {name: line.removesuffix(self.ours) for name, line in self.lines("gbt7714").items()}
        self.assertEqual(
            lines,
            {
                "one": "示例甲. 账本上墙[N/OL]. 青禾日报, 2021-03-05[2026-11-30]. ",
                "three": "示例甲, 示例乙, 示例丙. 账本上墙[J/OL]. 江城评论, 2021-03[2026-11-30]. ",
                "four": "示例甲, 示例乙, 示例丙, 等. 账本上墙[EB/OL]. 云岭在线, 2021(2021-03-05)[2026-11-30]. ",
                "body": "示例县议事会. 账本上墙[EB/OL]. 云岭在线, 2021[2026-11-30]. ",
                "translator": "示例甲. 账本上墙[J/OL]. 示例译者, 译. 江城评论, 2021[2026-11-30]. ",
                "nobody": "账本上墙[N/OL]. 青禾日报, 2021-03-05[2026-11-30]. ",
                "nothing": "账本上墙[EB/OL]. [2026-11-30]. ",
                "date": "账本上墙[EB/OL]. (2021-03-05)[2026-11-30]. ",
                "printed": "账本上墙[EB/OL]. 村口快讯[2026-11-30]. ",
                "subtitle": "账本上墙: 三个村的做法[N/OL]. 青禾日报[2026-11-30]. ",
                "hant": "示范者甲, 示例甲, 示例乙, 等. 帐本上墙[N/OL]. 青禾日报, 2021[2026-11-30]. ",
                "english": "Ann Example, Bo Example, Cy Example, et al. Ledgers on the wall[EB/OL]. [2026-11-30]. ",
            },
        )

    def test_the_script_follows_the_reader_and_never_the_words_for_and_others(self):
        line = cited(self.editions["hant"], "gbt7714", "en", accessed=READ_ON)
        self.assertTrue(line.startswith("示範者甲, 示例甲, 示例乙, 等. 帳本上牆[N/OL]. 青禾日报, 2021[2026-11-30]. "))
        self.assertIn(". Wenmai, edition 1, ", line)
        line = cited(self.editions["translator"], "gbt7714", "zh-hant")
        self.assertTrue(line.startswith("示例甲. 賬本上牆[J/OL]. 示例譯者, 譯. 江城評論, 2021. "), line)

    def test_without_a_day_of_reading_the_line_is_the_same_for_ever(self):
        line = cited(self.editions["one"], "gbt7714")
        self.assertTrue(line.startswith("示例甲. 账本上墙[N/OL]. 青禾日报, 2021-03-05. https://"))

    def test_it_points_at_a_paragraph(self):
        line = cited(self.editions["one"], "gbt7714", "en", passage=2)
        self.assertIn(f"{ADDRESS}#p2. Wenmai, edition 1, ", line)
        self.assertTrue(line.endswith(", paragraph 2."))
        self.assertIn("paragraph 2", cited(self.editions["one"], "plain", "en", passage=2))

    def test_it_writes_a_sentence(self):
        sentences = {
            name: line.partition(". Wenmai, edition 1, ")[0] for name, line in self.lines("plain", "en").items()
        }
        for name, sentence in (
            ("one", "示例甲, 《账本上墙》, 《青禾日报》, March 5, 2021"),
            ("four", "示例甲, 示例乙, 示例丙 and others, 《账本上墙》, 云岭在线, March 5, 2021"),
            ("translator", "示例甲, 《账本上墙》, translated by 示例译者, 《江城评论》, 2021"),
            ("nothing", "《账本上墙》"),
            ("english", "Ann Example, Bo Example, Cy Example and others, “Ledgers on the wall”"),
        ):
            with self.subTest(name=name):
                self.assertEqual(sentences[name], sentence)
        self.assertIn("《读〈账本〉》", cited(written("读《账本》"), "plain"))

    def test_an_outlet_that_is_called_by_a_title_bears_no_marks_but_those_of_the_form(self):
        edition = written(source=make.source("《云岭评论》", kind="journal"), day="2021")
        self.assertIn("[J/OL]. 云岭评论, 2021", cited(edition, "gbt7714"))
        self.assertIn("《云岭评论》", cited(edition, "plain"))
        self.assertIn("journal = {云岭评论}", cited(edition, "bibtex"))
        two = written(original_source_printed="《云岭评论》《江城评论》")
        self.assertIn("《云岭评论》《江城评论》", cited(two, "gbt7714"))

    def test_it_names_the_library_as_its_keepers_do(self):
        Site.objects.update_or_create(pk=Site.ONLY, defaults={"name": "青禾文库", "name_en": "Qinghe Library"})
        cache.clear()
        self.addCleanup(cache.clear)
        for style in citations.FORMATS:
            with self.subTest(style=style):
                self.assertIn("Qinghe Library", cited(self.editions["one"], style, "en"))
        self.assertIn("青禾文庫", cited(self.editions["one"], "plain", "zh-hant"))

    def test_it_asks_nothing_for_what_is_at_hand(self):
        edition = self.editions["four"]
        list(edition.bylines.select_related("author"))
        cited(edition, "gbt7714")
        with self.assertNumQueries(1 + 4):  # bylines, and the author of each: the views fetch both at once
            cited(edition, "ris")


def bibtex_of(entry):
    """Read one entry as BibTeX does: by counting braces."""
    kind, key, rest = re.fullmatch(r"@(\w+)\{([^,{}\s]+),\n(.*)\n\}\n", entry, re.DOTALL).groups()
    fields, at = {}, 0
    while match := re.compile(r"\s*(\w+) = \{").match(rest, at):
        depth, end = 1, match.end()
        while depth:
            depth += {"{": 1, "}": -1}.get(rest[end], 0)
            end += 1
        fields[match[1]] = rest[match.end() : end - 1]
        at = end + 1
    assert at >= len(rest)
    return SimpleNamespace(kind=kind, key=key, fields=fields)


class MachineTests(TestCase):
    HOSTILE = '}{ 100% 账本\\"上墙"\n@article{x,  #$&_~^ TY  - \x07'

    @classmethod
    def setUpTestData(cls):
        body = make.author("示例县议事会, 办公室 and 其他", kind="body")
        others = [("translator", "示例译者"), ("compiler", "示例编者"), ("photographer", "示例摄影")]
        cls.daily = make.source("青禾日报", kind="newspaper")
        cls.plain = written(
            authors=("王小舟", "欧阳示例", body), others=others, source=cls.daily, day="2021-03-05", subtitle="副题"
        )
        cls.hostile = written(cls.HOSTILE, authors=("{甲, 乙} and\n丙",))

    def test_bibtex_can_be_read_back(self):
        entry = bibtex_of(cited(self.plain, "bibtex", accessed=READ_ON))
        self.assertEqual((entry.kind, entry.key), ("article", f"wenmai{self.plain.article_id}v1"))
        self.assertEqual(entry.fields["author"], "王小舟 and 欧阳示例 and {示例县议事会, 办公室 and 其他}")
        self.assertEqual(entry.fields["title"], "{账本上墙: 副题}")
        self.assertEqual(entry.fields["journal"], "青禾日报")
        self.assertEqual((entry.fields["year"], entry.fields["month"]), ("2021", "3"))
        self.assertEqual((entry.fields["editor"], entry.fields["translator"]), ("示例编者", "示例译者"))
        self.assertEqual((entry.fields["url"], entry.fields["urldate"]), (ADDRESS, "2026-11-30"))

    def test_bibtex_escapes_what_it_would_take_for_commands(self):
        entry = bibtex_of(cited(self.hostile, "bibtex", passage=1))
        self.assertEqual(entry.kind, "misc")
        self.assertTrue(entry.key.endswith("v1p1"))
        self.assertEqual(
            entry.fields["title"],
            r"{\textbraceright{}\textbraceleft{} 100\% 账本\textbackslash{}"
            r'"上墙" @article\textbraceleft{}x, \#\$\&\_\textasciitilde{}\textasciicircum{} TY -}',
        )
        self.assertEqual(entry.fields["author"], r"{\textbraceleft{}甲, 乙\textbraceright{} and 丙}")

    def test_ris_has_a_tag_a_line(self):
        record = cited(self.plain, "ris", accessed=READ_ON)
        lines = record.split("\r\n")
        self.assertNotIn("\n", "".join(lines))
        pairs = [re.fullmatch(r"([A-Z][A-Z0-9])  - (.*)", line).groups() for line in lines[:-1]]
        self.assertEqual((pairs[0], pairs[-1], lines[-1]), (("TY", "NEWS"), ("ER", ""), ""))
        self.assertEqual([value for tag, value in pairs if tag == "AU"][:2], ["王小舟", "欧阳示例"])
        said = dict(pairs)
        self.assertEqual((said["T2"], said["PY"], said["DA"]), ("青禾日报", "2021", "2021/03/05/"))
        self.assertEqual((said["UR"], said["Y2"]), (ADDRESS, "2026/11/30/"))
        self.assertEqual((said["A4"], said["A2"], said["A3"]), ("示例译者", "示例编者", "示例摄影"))

    def test_no_title_begins_a_tag_of_its_own(self):
        record = cited(self.hostile, "ris")
        self.assertEqual(len(re.findall(r"^TY  - ", record, re.MULTILINE)), 1)
        self.assertNotIn("\x07", record)

    def test_csl_json_keeps_to_the_variables_of_its_specification(self):
        (item,) = json.loads(cited(self.plain, "csl-json", accessed=READ_ON))
        self.assertEqual(item["type"], "article-newspaper")
        self.assertEqual(
            item["author"],
            [
                {"family": "王", "given": "小舟"},
                {"family": "欧阳", "given": "示例"},
                {"literal": "示例县议事会, 办公室 and 其他"},
            ],
        )
        self.assertEqual(item["issued"], {"date-parts": [[2021, 3, 5]]})
        self.assertEqual(item["accessed"], {"date-parts": [[2026, 11, 30]]})
        self.assertEqual((item["container-title"], item["URL"], item["version"]), ("青禾日报", ADDRESS, "1"))
        known = "id type title author compiler translator contributor container-title issued accessed URL version"
        self.assertLessEqual(item.keys(), {*known.split(), "language", "note"})
        (item,) = json.loads(cited(self.hostile, "csl-json"))
        self.assertEqual(item["type"], "webpage")
        self.assertNotIn("\n", item["title"])

    def test_it_knows_no_other_format(self):
        with self.assertRaises(KeyError):
            cited(self.plain, "mla")
