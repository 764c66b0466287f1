"""The address of every kind of page for readers, and a library in which each is found."""

from articles.actions import picturing
from articles.models import Site, parse_precise
from articles.tests import make
from articles.tests.intake.test_pictures import picture

ADDRESSES = (
    "/ /articles/ /hot/ /letters/ /letters/{ticket}/ /archive/ /archive/2021/ /archive/2021/3/ /tags/ /tags/村务/"
    " /authors/ /authors/林山/ /sources/ /sources/青禾日报/ /themes/ /themes/主题/ /themes/主题/2021/ /articles/{pk}/"
    " /articles/{pk}/?marks=1 /articles/{pk}/editions/1/ /articles/{pk}/compare/ /articles/{pk}/cite/"
    " /articles/{pk}/editions/1/cite/ /articles/{pk}/report/ /articles/{gone}/ /articles/999999/"
    " /search/ /search/?q=账目 /search/?q=没有这样的话"
).split()


def library(size: int) -> dict[str, object]:
    """Make an article with `size` of all that an article may have many of; return what addresses name."""
    moment, precision = parse_precise("2021-03-05")
    shared = {
        "authors": ("林山", *(f"合写者{number}" for number in range(size))),
        "tags": ("村务", *(f"标签{number}" for number in range(size))),
        "original_source": make.source(),
        "original_date": moment,
        "original_precision": precision,
    }
    pictures = [picturing.choose(picture(640 + number, 480), by=make.editor(f"e{number}")) for number in range(size)]
    figures = "".join(f'<figure><img src="{one.src}" alt="墙"></figure>' for one in pictures)
    main, *beside = (
        make.article(
            f"第{number}篇", f"<p>账目<sup>[1]</sup>上墙。</p>{figures}", notes="见公示栏。", published=True, **shared
        )
        for number in range(size + 1)
    )
    theme = here = make.theme("主题", introduction="账目。")
    for depth in range(size):
        here = make.theme(f"主题{depth}", parent=here) if depth else here
        for article in (*beside, main):
            make.placing.place(article, here, reason="写得早")
        make.excerpt(main, here, "账目", aspect="公开")
        make.finding(main, f"class_{depth}")
        make.witness(main, make.source(f"来源{depth}"))
        make.letter(main, "comment", remark=f"第{depth}条", outcome="accepted")
    Site.objects.update_or_create(pk=Site.ONLY, defaults={"featured": theme, "logo": pictures[0]})
    gone = make.withdrawn(make.article("撤回", published=True), "merged", into=main)
    letter = make.letter(main, passage="账目", suggestion="账本")
    for number in range(size):
        main = make.revised(main, reason=f"改{number}")
    return {"pk": main.pk, "gone": gone.pk, "ticket": letter.ticket}
