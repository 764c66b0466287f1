"""Pictures that stand nowhere go after a while; one that anything still names stays."""

import os
import time
from datetime import timedelta
from pathlib import Path

from django.core.files.storage import default_storage
from django.test import TestCase
from django.utils import timezone

from articles.actions import clockwork, picturing, tidying
from articles.models import Deed, DeedRow, Edition, Picture, Run, Theme, Witness, WorkingCopy
from articles.tests import make
from articles.tests.intake.test_pictures import picture

DATA = picture(300, 200)


def never():
    return False


def tidy():
    return tidying.tidy_pictures(never)


def make_old(path: Path, **age) -> None:
    moment = time.time() - timedelta(**age).total_seconds()
    os.utime(path, (moment, moment))


class UnusedTests(TestCase):
    def setUp(self):
        self.editor = make.editor()
        self.picture = picturing.choose(DATA, by=self.editor)
        self.receive(days=31)
        self.html = f'<figure><img src="{self.picture.src}" alt="公示栏"></figure>'

    def receive(self, **ago):
        Picture.objects.update(received_at=timezone.now() - timedelta(**ago))

    def files(self):
        return [path for path in Path(default_storage.path("pictures")).rglob("*") if path.is_file()]

    def deed_row(self, **remembered):
        deed = Deed.objects.create(kind="join", state=Deed.State.DONE)
        DeedRow.objects.create(deed=deed, position=0, table="article", key=1, name="一篇", **remembered)

    def assertKept(self):
        self.assertEqual(tidy(), {"pictures": 0, "picture_files": 0})
        self.assertTrue(Picture.objects.exists())
        self.assertTrue(self.files())

    def test_what_stands_nowhere_goes_with_its_files(self):
        self.assertEqual(tidy(), {"pictures": 1, "picture_files": 0})
        self.assertEqual((Picture.objects.count(), self.files()), (0, []))
        self.assertEqual(tidy(), {"pictures": 0, "picture_files": 0})

    def test_it_stays_for_thirty_days(self):
        self.receive(days=29)
        self.assertKept()

    def test_it_stays_when_a_draft_shows_it(self):
        make.article(body=self.html)
        self.assertKept()

    def test_it_stays_when_only_an_old_edition_shows_it(self):
        article = make.article(body=self.html, published=True)
        make.revised(article, "<p>没有图了。</p>", reason="撤图")
        self.assertNotIn("img", make.edition(type(article).objects.get(pk=article.pk)).body_html)
        self.assertKept()

    def test_it_stays_when_somebody_is_typing_a_text_with_it(self):
        WorkingCopy.objects.create(typed_by=self.editor, fields={"title": ["一篇"], "body_html": [self.html]})
        self.assertKept()

    def test_it_stays_while_a_deed_remembers_it(self):
        for name in ("before", "after"):
            with self.subTest(name=name):
                self.deed_row(**{name: {"body_html": self.html}})
                self.assertKept()
                DeedRow.objects.all().delete()

    def test_it_stays_when_any_other_column_names_it(self):
        article = make.article()
        theme = make.theme()
        for model, key, name, value in (
            (Theme, theme.pk, "introduction", f"见 {self.picture.src}"),
            (Edition, article.working_id, "notes", f"[1] {self.picture.src}"),
            (Deed, Deed.objects.create(kind="join").pk, "said", {"pictures": [self.picture.src]}),
            (Witness, make.witness(article).pk, "evidence", f"图 {self.picture.src}"),
        ):
            with self.subTest(model=model.__name__, name=name):
                before = model.objects.filter(pk=key).values_list(name, flat=True).get()
                model.objects.filter(pk=key).update(**{name: value})
                self.assertKept()
                model.objects.filter(pk=key).update(**{name: before})

    def test_every_column_that_may_hold_a_text_is_looked_at(self):
        looked_at = {
            f"{model.__name__}.{field.name}" for model, columns in tidying.naming_columns() for field in columns
        }
        texts = {"Edition.body_html", "WorkingCopy.fields", "DeedRow.before", "DeedRow.after", "Witness.readings"}
        self.assertLess(
            texts | {"Edition.notes", "Theme.introduction", "Finding.suggestion", "Excerpt.note"}, looked_at
        )

    def test_what_is_brought_in_once_more_is_new_again(self):
        picturing.choose(DATA, by=self.editor)
        self.assertKept()

    def test_what_somebody_put_into_a_text_meanwhile_stays(self):
        def put():
            make.article(body=self.html)
            return False

        self.assertEqual(tidying.tidy_pictures(put)["pictures"], 0)
        self.assertTrue(Picture.objects.exists())

    def test_it_ends_between_two_pictures(self):
        picturing.choose(picture(320, 200), by=self.editor)
        self.receive(days=31)
        answers = iter([False, True, True])
        self.assertEqual(tidying.tidy_pictures(lambda: next(answers))["pictures"], 1)
        self.assertEqual(Picture.objects.count(), 1)

    def test_one_that_a_deed_remembers_is_not_deleted_by_hand(self):
        self.deed_row(before={"body_html": self.html})
        with self.assertRaises(picturing.StillUsed):
            picturing.discard(self.picture, version=self.picture.version)


class StrayFileTests(TestCase):
    def setUp(self):
        self.picture = picturing.choose(picture(1_000, 600), by=make.editor())
        self.paths = [Path(default_storage.path(name)) for name in (self.picture.path, self.picture.path_of_copy(480))]

    def test_files_that_a_killed_process_left_go_after_a_day(self):
        Picture.objects.all().delete()
        self.assertEqual(tidy()["picture_files"], 0)
        half = self.paths[0].with_name(".abc.part")
        half.write_bytes(b"half")
        for path in (*self.paths, half):
            make_old(path, hours=25)
        self.assertEqual(tidy()["picture_files"], 3)
        self.assertFalse(any(path.exists() for path in (*self.paths, half)))

    def test_files_with_a_row_and_those_of_others_stay(self):
        others = self.paths[0].with_name("notes.txt")
        others.write_text("由管理员放在这里")
        for path in (*self.paths, others):
            make_old(path, days=400)
        self.assertEqual(tidy()["picture_files"], 0)
        self.assertTrue(all(path.exists() for path in (*self.paths, others)))

    def test_a_file_that_is_brought_in_again_is_young(self):
        Picture.objects.all().delete()
        for path in self.paths:
            make_old(path, days=400)
        self.picture = picturing.choose(picture(1_000, 600), by=self.picture.received_by)
        Picture.objects.all().delete()
        self.assertEqual(tidy()["picture_files"], 0)


class JobTests(TestCase):
    def test_it_is_done_once_a_day(self):
        self.assertIn("tidy_pictures", clockwork.jobs())
        clockwork.run("tidy_pictures", clockwork.jobs()["tidy_pictures"])
        self.assertNotIn("tidy_pictures", clockwork.jobs())
        Run.objects.update(ran_at=timezone.now() - timedelta(hours=25))
        self.assertIn("tidy_pictures", clockwork.jobs())
