"""Texts that a machine put into the other script."""

from articles.tests.restoration.detector_case import DetectorCase


class MachineConvertedTests(DetectorCase):
    code = "machine_converted"

    def test_it_sees_characters_left_in_simplified(self):
        ((found, suggestion),) = self.found(
            "干部和群眾的關系要放在賬目上看，規范寫得再好，不念就流于形式，后來也就沒有人信了。", script="hant"
        )
        self.assertEqual(suggestion, None)
        for word in ("干部", "關系", "規范"):
            self.assertIn(word, found)

    def test_it_sees_the_wrong_one_taken_everywhere(self):
        self.assertEqual(
            self.found("議事會的製度是大家定的，各方麵的人都發錶過意見。", script="hant"), [("方麵、製度、發錶", None)]
        )

    def test_genuine_traditional_is_no_damage(self):
        self.assertClean(
            "幹部和群眾的關係要放在賬目上看，規範寫得再好，不唸就流於形式，後來也就沒有人信了。", script="hant"
        )
        self.assertClean("皇后在里弄裡走過，于先生說這裡的公里數不準，一隻有主人的貓跟在後面。", script="hant")
        self.assertClean("由于先生執筆，并州的賬目公開了。", script="hant")

    def test_one_slip_is_no_machine(self):
        self.assertClean("由于幹部公開賬目，村民於是放心；對於預算，關於決算，都有說明。", script="hant")

    def test_it_sees_simplified_made_from_traditional(self):
        self.assertEqual(self.found("他是着名的学者，成绩显着，其馀的事不必细说。"), [("着名的、显着、其馀", None)])
        self.assertClean("他看着名单，忙着作准备，显然是着急了。", "他是著名的学者，写着名字，成绩显着。")
