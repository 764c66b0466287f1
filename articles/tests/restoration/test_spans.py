from types import SimpleNamespace

from django.test import SimpleTestCase

from articles.restoration.spans import apart


def spans(*pairs):
    return [SimpleNamespace(start=start, end=end) for start, end in pairs]


class ApartTests(SimpleTestCase):
    def assertApart(self, given, left):
        self.assertEqual([(span.start, span.end) for span in apart(spans(*given))], left)

    def test_it_puts_them_in_order(self):
        self.assertApart([(4, 6), (0, 2)], [(0, 2), (4, 6)])

    def test_of_two_over_each_other_the_first_stays(self):
        self.assertApart([(0, 3), (2, 5), (3, 4)], [(0, 3), (3, 4)])

    def test_a_place_between_two_characters_is_apart_from_what_begins_there(self):
        self.assertApart([(2, 4), (2, 2), (4, 4)], [(2, 2), (2, 4), (4, 4)])
