from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import TestCase
from django.utils import translation

from articles.models import Theme
from articles.tests import make


class ThemeTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.root = make.theme("公众参与", position=1)
        cls.child = make.theme("预算公开", parent=cls.root)
        cls.leaf = make.theme("村级预算", parent=cls.child)
        cls.first = make.theme("监督", position=0)

    def test_the_tree_comes_in_the_editors_order_with_one_query(self):
        with self.assertNumQueries(1):
            tree = Theme.objects.tree()
        self.assertEqual(
            [(theme.name, theme.depth) for theme in tree],
            [("监督", 0), ("公众参与", 0), ("预算公开", 1), ("村级预算", 2)],
        )
        self.assertEqual(tree[-1].path, [self.root, self.child])

    def test_a_theme_cannot_stand_under_itself(self):
        self.root.parent = self.leaf
        with translation.override("en"), self.assertRaisesMessage(ValidationError, "under itself"):
            self.root.full_clean()

    def test_a_circle_made_past_the_forms_hides_no_theme(self):
        Theme.objects.filter(pk=self.root.pk).update(parent=self.leaf)
        self.assertEqual(len(Theme.objects.tree()), 4)

    def test_two_themes_of_one_name_cannot_stand_side_by_side(self):
        for parent in (None, self.root):
            with self.subTest(parent=parent), self.assertRaises(IntegrityError), transaction.atomic():
                make.theme("公众参与" if parent is None else "预算公开", parent=parent)
