"""The labels of metadata lines."""

from django.test import SimpleTestCase

from articles.intake.metadata.labels import read_labels


class ReadLabelsTests(SimpleTestCase):
    def assertReads(self, line, *expected):
        with self.subTest(line=line):
            self.assertEqual([(label.kind, label.value) for label in read_labels(line)], list(expected))

    def test_it_reads_several_labels_of_a_line(self):
        self.assertReads(
            "发布时间:2013年10月21日 17:06 来源:江城日报 编辑:何清 打印",
            ("published", "2013年10月21日 17:06"),
            ("original_source", "江城日报"),
            ("editor", "何清"),
        )

    def test_a_label_before_another_label_or_the_end_is_empty(self):
        self.assertReads(
            "时间:2013-12-31\u00a0\u00a0来源:\u00a0\u00a0作者:\u00a0\u00a0点击:",
            ("published", "2013-12-31"),
            ("original_source", ""),
            ("author", ""),
            ("clicks", ""),
        )

    def test_a_source_before_a_date_is_empty(self):
        self.assertReads("来源: 2018-12-11", ("original_source", ""))

    def test_it_reads_labels_that_touch(self):
        self.assertReads("来源：江城晚报作者：甄小雨", ("original_source", "江城晚报"), ("author", "甄小雨"))

    def test_it_reads_brackets_of_every_kind(self):
        self.assertReads("（作者单位：江城大学法学院）", ("affiliation", "江城大学法学院"))
        self.assertReads("[责任编辑：何清]", ("editor", "何清"))
        for label in ("【摘要】", "〔摘 要〕", "［内容提要］", "(摘要)："):
            self.assertReads(f"{label}账目公开是信任的起点。", ("abstract", "账目公开是信任的起点。"))

    def test_it_reads_traditional_labels_and_keeps_the_value_as_printed(self):
        self.assertReads("責任編輯：歐陽靜　來源：《江城日報》", ("editor", "歐陽靜"), ("original_source", "江城日報"))

    def test_it_reads_a_name_behind_a_slash(self):
        self.assertReads("文/甄小雨", ("author", "甄小雨"))

    def test_one_character_inside_a_sentence_is_no_label(self):
        self.assertReads("他在公文：第三段里写道")

    def test_a_line_without_labels_has_none(self):
        self.assertReads("账目贴出来，人心就齐了。")
        self.assertReads("")

    def test_it_says_where_label_and_value_stand(self):
        line = "账目公开。（作者单位：江城大学）"
        (label,) = read_labels(line)
        self.assertEqual(line[label.start : label.end], "（作者单位：江城大学）")

    def test_it_reads_no_further_than_the_cap(self):
        self.assertEqual(read_labels("，" * 5_000 + "作者：何清"), [])
