import tempfile
from pathlib import Path
from threading import Event

from django.test import TestCase

from articles.actions import importing
from articles.actions.importing import Order, Outcome
from articles.models import Article, Capture, Finding, Witness
from articles.tests.actions.test_capturing import PARAGRAPHS, page

TITLES = ("账本搬到村口", "水渠修好了", "集日的旧书摊", "山路通车", "老磨坊的新灯", "雨季以前")


def ordinary(number: int, meta: str = "") -> bytes:
    """A page of a work of its own: no two of the first six share more than a sentence."""
    own = f"{TITLES[number]}这件事，镇上的人从第{number}个集日说到下一个集日，说法各有不同，账目只有一份。"
    return page(TITLES[number], (own, *PARAGRAPHS[number % 5 :], own[::-1].replace("。", "，") + "。"), meta)


class BringInTests(TestCase):
    def setUp(self):
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))

    def write(self, name: str, data: bytes) -> None:
        path = self.folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)

    def bring_in(self, *places: object, count: int = 2, **order: object) -> list[Outcome]:
        given = [str(place) for place in places] or [str(self.folder)]
        return list(importing.bring_in(given, Order(**order), count=count, stop=Event()))

    def test_pages_are_kept_in_the_order_of_the_walk_however_many_read(self):
        for number in range(6):
            self.write(f"{number}.html", ordinary(number))
        outcomes = self.bring_in(count=3)
        self.assertEqual([Path(each.place).name for each in outcomes], [f"{number}.html" for number in range(6)])
        self.assertEqual([each.title for each in outcomes], list(TITLES))
        numbers = [each.article for each in outcomes]
        self.assertEqual(numbers, sorted(numbers))

    def test_many_workers_and_none_come_to_the_same(self):
        for number in range(4):
            self.write(f"{number}.html", ordinary(number % 2, meta=f"点击：{number}"))
        results = [each.result for each in self.bring_in(count=2)]
        self.assertEqual(results, ["new", "new", "further witness", "further witness"])
        Article.objects.all().delete()
        Witness.objects.all().delete()
        Capture.objects.all().delete()
        self.assertEqual([each.result for each in self.bring_in(count=0)], results)

    def test_the_same_bytes_twice_among_the_pages_are_taken_once(self):
        for name in ("1.html", "2.html", "3.html"):
            self.write(name, ordinary(0))
        self.assertEqual([each.result for each in self.bring_in()], ["new", "already here", "already here"])
        self.assertEqual((Capture.objects.count(), Witness.objects.count()), (1, 1))

    def test_what_is_here_is_not_read_again(self):
        self.write("1.html", ordinary(0))
        (first,) = self.bring_in()
        (again,) = self.bring_in(count=0)
        self.assertEqual((again.result, again.article, again.findings), ("already here", first.article, None))

    def test_it_counts_the_findings(self):
        self.write("1.html", page(paragraphs=(*PARAGRAPHS, "这笔钱怎么花,由大家说了算;花完以后,要贴出来.")))
        (outcome,) = self.bring_in()
        self.assertEqual(outcome.findings, Finding.objects.count())
        self.assertGreater(outcome.findings, 0)

    def test_a_stop_leaves_the_rest_for_the_next_time(self):
        for number in range(6):
            self.write(f"{number}.html", ordinary(number))
        stop = Event()
        for outcome in importing.bring_in([str(self.folder)], Order(), count=2, stop=stop):
            self.assertEqual(outcome.result, "new")
            stop.set()
        self.assertEqual((Article.objects.count(), Capture.objects.count()), (1, 1))
        self.assertEqual([each.result for each in self.bring_in()], ["already here"] + 5 * ["new"])

    def test_a_page_far_behind_a_large_one_waits_for_room(self):
        """Reading runs ahead by so many bytes only; two pages of this size are too many."""
        for number in range(3):
            self.write(f"{number}.html", ordinary(number) + b" " * (importing.MOST_BYTES_AHEAD // 3))
        self.assertEqual([each.result for each in self.bring_in()], ["new"] * 3)

    def test_pages_are_counted_with_those_that_will_be_refused(self):
        for name in ("1.html", "图.jpg", "2/1.txt"):
            self.write(name, b"")
        self.assertEqual(importing.count_pages([str(self.folder), "", "https://example.org/1.html"]), 4)

    def test_a_name_cannot_steer_the_terminal(self):
        self.write("\x1b[2J\u202e账本.html", b"")
        (outcome,) = self.bring_in()
        self.assertTrue(outcome.place.endswith("\ufffd[2J\ufffd账本.html"))
