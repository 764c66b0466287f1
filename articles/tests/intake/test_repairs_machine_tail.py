"""English that a machine has made of a Chinese text and put behind it."""

from django.test import SimpleTestCase

from articles import body
from articles.intake import repairs

CHINESE = ["议事会把预算贴在村口，每一笔都写明用处，村民看得懂，问得着，也改得动。" * 4] * 2
TAIL = (
    "The village council as a systematic project has to be opened to the people of the village, and the accounts of "
    "the village are to be put on the wall for all of them to see and to ask about in a meeting of the council."
)


class MachineTailTests(SimpleTestCase):
    def cleaned(self, *paragraphs):
        html, self.findings = repairs.clean(body.from_paragraphs(paragraphs))
        return [block.text for block in body.blocks(html)]

    def assertKept(self, *paragraphs):
        with self.subTest(paragraphs=paragraphs):
            self.assertEqual(self.cleaned(*paragraphs), list(paragraphs))
            self.assertEqual(self.findings, [])

    def test_it_cuts_the_tail_and_keeps_it_in_the_finding(self):
        self.assertEqual(self.cleaned(*CHINESE, TAIL, "It is also an important part of the work."), CHINESE)
        (finding,) = self.findings
        self.assertEqual((finding.code, finding.block, finding.applied), ("machine_tail", 1, True))
        self.assertTrue(finding.found.startswith(TAIL))

    def test_a_long_tail_is_noted_by_its_beginning(self):
        self.cleaned(*CHINESE, *[TAIL] * 20)
        self.assertEqual([len(each.found) for each in self.findings], [2_000])

    def test_what_an_author_puts_there_stays(self):
        self.assertKept(*CHINESE, "Abstract", TAIL)
        self.assertKept(*CHINESE, f"Abstract: {TAIL}", "Key words: village; council")
        self.assertKept(*CHINESE, "参考文献", TAIL)
        self.assertKept(*CHINESE, f"[1] Li, W. (2009). {TAIL}")
        self.assertKept(*CHINESE, "信的原文如下：", TAIL)
        self.assertKept(*CHINESE, f"“{TAIL}”")
        self.assertKept(
            *CHINESE, "for (int i = 0; i < the_size; i++) { print(the_list[i]); } // to the end of the list" * 3
        )

    def test_a_text_in_two_languages_stays(self):
        self.assertKept(CHINESE[0], TAIL, CHINESE[1], TAIL)
        self.assertKept(TAIL, TAIL)
        self.assertKept("账目公开。", TAIL)
