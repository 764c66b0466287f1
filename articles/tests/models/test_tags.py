from django.core.exceptions import ValidationError
from django.test import SimpleTestCase, TestCase

from articles.models import Tag, string_from_tags, tags_from_string
from articles.tests import make


class TagStringTests(SimpleTestCase):
    def test_commas_of_either_width_part_names_and_spaces_do_not(self):
        self.assertEqual(
            tags_from_string("村务公开，预算、open budget;监督"), ["村务公开", "预算", "open budget", "监督"]
        )

    def test_scripts_and_widths_make_no_second_tag(self):
        self.assertEqual(tags_from_string("群眾,群众,ＮＧＯ,NGO"), ["群众", "NGO"])

    def test_what_is_written_reads_back(self):
        names = ["村务公开", "open budget"]
        self.assertEqual(tags_from_string(string_from_tags([Tag(name=name) for name in names])), names)


class TagTests(TestCase):
    def test_chinese_tags_have_addresses_that_work(self):
        make.article(tags=("村务公开",), published=True)
        tag = Tag.objects.get()
        self.assertEqual(tag.slug, "村务公开")
        self.assertEqual(self.client.get(tag.get_absolute_url()).status_code, 200)

    def test_tags_that_would_share_an_address_get_two(self):
        self.assertEqual(
            [Tag.objects.create(name=name).slug for name in ("预算 公开", "预算-公开")], ["预算-公开", "预算-公开-2"]
        )

    def test_a_tag_of_marks_alone_is_refused(self):
        with self.assertRaises(ValidationError):
            Tag.objects.create(name="《》")
