"""Ask the detectors about paragraphs, and look at what one class of damage gives."""

from django.test import SimpleTestCase

from articles import body, restoration


class DetectorCase(SimpleTestCase):
    code = ""

    def found(self, *paragraphs, **known):
        findings = restoration.detect(body.from_paragraphs(paragraphs), **known)
        return [(each.found, each.suggestion) for each in findings if each.code == self.code]

    def assertClean(self, *paragraphs, **known):
        with self.subTest(paragraphs=paragraphs):
            self.assertEqual(self.found(*paragraphs, **known), [])
