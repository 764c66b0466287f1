from django.test import SimpleTestCase

from articles.chinese.conversion import shown_in


class ShownInTests(SimpleTestCase):
    def test_traditional_is_taiwans_characters_with_the_documents_own_words(self):
        self.assertEqual(
            shown_in("群众在软件里看着账目，干部头发白了。", "hant"), "群眾在軟件裡看著賬目，幹部頭髮白了。"
        )

    def test_quotation_marks_follow_the_script(self):
        self.assertEqual(shown_in("“‘公开’不是张贴。”", "hant"), "「『公開』不是張貼。」")
        self.assertEqual(shown_in("「『公開』不是張貼。」", "hans"), "“‘公开’不是张贴。”")

    def test_words_that_mix_the_scripts_are_converted_whole(self):
        self.assertEqual(shown_in("党群關系关系", "hant"), "黨群關係關係")

    def test_markup_stays_as_it_is(self):
        self.assertEqual(
            shown_in('<a href="https://example.org/?a=1&amp;b=2">账目</a>', "hant"),
            '<a href="https://example.org/?a=1&amp;b=2">賬目</a>',
        )
