"""One article that holds everything a body may hold, as the files of `exports` are to keep it."""

import hashlib
import io

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import translation
from PIL import Image

from articles.exports import manuscript
from articles.models import Edition, Picture, parse_precise
from articles.tests import make

ADDRESS = "https://wenmai.example/articles/7/editions/1/"
CITATION = "示例作者甲. 账本上墙[N/OL]. 青禾日报, 2021-03-05."
NOTES = "指村口的公示栏。\n2021年的数。\n没有人提到的一条。"
HOSTILE = '"<script>alert(1)</script> *账*_本_ ``[x](y)`` & {{ 1 }} #'


def picture(name: str = "一", *, media_type: str = "image/png", is_there: bool = True, credit: str = "") -> Picture:
    """Return a picture of the library; of one that is not there the file is gone."""
    drawn = io.BytesIO()
    colour = hashlib.sha256(name.encode()).digest()[:3]
    Image.new("RGB", (40, 30), tuple(colour)).save(drawn, media_type.partition("/")[2].upper())
    data = drawn.getvalue()
    row = Picture.objects.create(
        sha256=hashlib.sha256(data).hexdigest(),
        media_type=media_type,
        width=40,
        height=30,
        size=len(data),
        credit=credit,
    )
    if is_there:
        default_storage.save(row.path, ContentFile(data))
    return row


def body(*pictures: Picture) -> str:
    figures = "".join(
        f'<figure><img src="{one.src}" alt="公示栏"><figcaption>图{number} 村口</figcaption></figure>'
        for number, one in enumerate(pictures, 1)
    )
    return (
        "<h2>一、贴出来<sup>[1]</sup></h2><p>议事会把<strong>预算。</strong>贴在<em>村口</em>，每一笔都写明用处。<sup>[1]</sup>"
        '<a href="https://example.org/村务?a=1&amp;b=(2)">附表[2]</a></p><p>第一行<br>第二行，H<sub>2</sub>O</p>'
        "<h4>（一）看得懂</h4><blockquote><p>账要让人看懂。</p><p>也要让人问得着。</p></blockquote>"
        '<ul><li>收入</li><li>支出</li></ul><ol start="3"><li>公示</li><li><p>答复</p><p>限三天。</p></li></ol>'
        '<table><tr><th scope="col" rowspan="2">项目</th><th colspan="2">金额 | 元</th></tr>'
        "<tr><th>预算</th><th>决算</th></tr>"
        '<tr><td>修路</td><td>100</td><td></td></tr><tr><td rowspan="2">灯</td><td>5<sup>[2]</sup></td><td>6</td></tr>'
        f'<tr><td colspan="2">另计</td></tr></table>{figures}<p>1. 不是清单。</p><p># 不是标题</p><p>当场就可以问。</p>'
    )


def edition(title: str = "账本上墙：一年之后", *pictures: Picture, **given) -> Edition:
    """Return the published edition of an article with all of this."""
    moment, precision = parse_precise("2021-03-05")
    written = {
        "authors": ("示例作者甲",),
        "affiliation": "示例研究室",
        "subtitle": "三个村的做法",
        "abstract": "公开要让人看得懂。\n也要问得着。",
        "notes": NOTES,
        "original_source": make.source("青禾日报", kind="newspaper"),
        "original_date": moment,
        "original_precision": precision,
        "printed_editor": "示例编辑",
        "keywords": "村务公开、账本",
        "is_demonstration": True,
        "script": "hans",
        **given,
    }
    article = make.article(title, body(*pictures), published=True, **written)
    make.witness(article, article.original_source, address="https://daily.example/a", kind="original")
    make.finding(article, "inserted_pinyin", state="cleaned")
    return make.edition(article)


def told(edition: Edition, language: str = "zh-hans") -> manuscript.Manuscript:
    """Return the edition as a file tells it; the caller has chosen the language of the words around it."""
    (found,) = manuscript.tell(
        [edition], language=language, address_of=lambda _: ADDRESS, citation_of=lambda _: CITATION
    )
    return found


def file_of(form, edition, language="zh-hans"):
    """Return the bytes of the edition as this module of `exports` writes it."""
    file = io.BytesIO()
    with translation.override(language):
        form.write(told(edition, language), file)
    return file.getvalue()
