"""Make the documents of this folder anew; README.md says what each is for and what it takes to make it."""

import io
import re
import shutil
import subprocess
import sys
import tempfile
from html import escape
from pathlib import Path

import docx
from account import ABSTRACT, AUTHORS, DATE, HEAD, KEYWORDS, SOURCE, SUBTITLE, TEXT, TITLE, UNITS
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt
from PIL import Image, ImageDraw, ImageFont

HERE = Path(__file__).parent
FOLDER = HERE.parent
NOTE = re.compile("⟨(.+?)⟩")
SERIF = "Noto Serif CJK SC"
NOTES_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"


def main() -> None:
    """Make every document, or those named on the command line."""
    makers = {"word": word, "wps": wps, "office": office, "latex": latex, "columns": columns, "browser": browser,
              "vertical": vertical, "scanned": scanned}  # fmt: skip
    for name in sys.argv[1:] or makers:
        makers[name]()


def word() -> None:
    """A document as Word writes it: styles, a footnote part, tracked changes, a comment, heads and page numbers."""
    document = docx.Document()
    document.styles["Normal"].font.name = SERIF
    document.styles["Normal"].element.rPr.rFonts.set(qn("w:eastAsia"), SERIF)
    document.core_properties.title = "Microsoft Word - 文档1"
    document.core_properties.author = "Administrator"
    section = document.sections[0]
    section.header.paragraphs[0].text = HEAD
    _page_number(section.footer.paragraphs[0])
    document.add_paragraph(TITLE, style="Title")
    document.add_paragraph(SUBTITLE, style="Subtitle")
    names = document.add_paragraph()
    for number, name in enumerate(AUTHORS, 1):
        names.add_run(name)
        names.add_run(str(number)).font.superscript = True
        names.add_run("　" if number < len(AUTHORS) else "")
    for line in (
        f"（1.{UNITS[0]}；2.{UNITS[1]}）",
        f"摘要：{ABSTRACT}",
        f"关键词：{'；'.join(KEYWORDS)}",
    ):
        document.add_paragraph(line)
    notes: list[str] = []
    for kind, text in TEXT:
        if kind == "table":
            _word_table(document, text)
        else:
            style = {"h": "Heading 1", "h2": "Heading 2"}.get(kind, "Normal")
            _word_paragraph(document.add_paragraph(style=style), text, notes)
    _tracked(document.add_paragraph())
    document.add_paragraph("先把账写清楚", style="List Number")
    document.add_paragraph("再把人请到墙下", style="List Number")
    _word_notes(document, notes)
    document.save(str(FOLDER / "word.docx"))


def _page_number(paragraph) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.add_run("— ")
    for kind in ("begin", "separate", "end"):
        run = paragraph.add_run()
        run._r.append(parse_xml(f'<w:fldChar {nsdecls("w")} w:fldCharType="{kind}"/>'))
        if kind == "begin":
            run._r.append(parse_xml(f'<w:instrText {nsdecls("w")} xml:space="preserve"> PAGE </w:instrText>'))
    paragraph.add_run(" —")


def _word_table(document, rows) -> None:
    table = document.add_table(rows=0, cols=len(rows[0]), style="Table Grid")
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text


def _word_paragraph(paragraph, text: str, notes: list[str]) -> None:
    if paragraph.style.name == "Normal":
        paragraph.paragraph_format.first_line_indent = Pt(22)
    for place, piece in enumerate(NOTE.split(text)):
        if place % 2 == 0:
            run = paragraph.add_run(piece)
            run.bold = True if piece.startswith("公开不是把账给人看") else None
            continue
        notes.append(piece)
        run = paragraph.add_run()
        run.font.superscript = True
        run._r.append(parse_xml(f'<w:footnoteReference {nsdecls("w")} w:id="{len(notes)}"/>'))


def _word_notes(document, notes: list[str]) -> None:
    written = "".join(
        f'<w:footnote w:id="{number}"><w:p><w:r><w:footnoteRef/></w:r>'
        f'<w:r><w:t xml:space="preserve"> {note}</w:t></w:r></w:p></w:footnote>'
        for number, note in enumerate(notes, 1)
    )
    xml = f'<?xml version="1.0" encoding="UTF-8"?><w:footnotes {nsdecls("w")}>{written}</w:footnotes>'
    part = Part(PackURI("/word/footnotes.xml"), NOTES_TYPE, xml.encode(), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def _tracked(paragraph) -> None:
    """Write a paragraph with an insertion, a deletion and a comment's mark."""
    who = 'w:id="90" w:author="编辑" w:date="2021-03-01T10:00:00Z"'
    paragraph._p.append(
        parse_xml(
            f"<w:ins {nsdecls('w')} {who}><w:r><w:t>这一段是校对时加上的。</w:t></w:r></w:ins>",
        )
    )
    paragraph._p.append(
        parse_xml(f"<w:del {nsdecls('w')} {who}><w:r><w:delText>这一句被删去了。</w:delText></w:r></w:del>")
    )
    paragraph.add_run("其余的照旧，只是把初五改成了每月的第一个集日，好让赶集的人也能顺路来问。")


def wps() -> None:
    """A document of somebody who uses no styles: centred title, spaces for indents, bold lines for headings."""
    document = docx.Document()
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = title.add_run(TITLE)
    run.bold, run.font.size = True, Pt(18)
    author = document.add_paragraph(f"{UNITS[0]}　{AUTHORS[0]}")
    author.alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.add_paragraph(f"　　来源：{SOURCE}　　发布时间：{DATE}")
    for kind, text in TEXT:
        plain = NOTE.sub("", text) if kind != "table" else ""
        if kind in ("h", "h2"):
            document.add_paragraph().add_run(f"　　{plain}").bold = True
        elif plain:
            document.add_paragraph(f"　　{plain}")
    document.add_paragraph("（作者单位：江城大学乡村治理研究中心）")
    document.core_properties.title = ""
    document.core_properties.author = "user"
    document.save(str(FOLDER / "wps.docx"))


def office() -> None:
    """The same from LibreOffice, with foot- and endnotes: as .docx, and as .pdf with heads and page numbers."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "office.fodt")
        source.write_text(_flat_document(), encoding="utf-8")
        _office("docx", source)
        _office("pdf", source)
    _pack(FOLDER / "office.pdf")


def _flat_document() -> str:
    parts, count = [], 0
    for kind, text in TEXT:
        if kind == "table":
            rows = "".join(
                "<table:table-row>"
                + "".join(
                    f'<table:table-cell><text:p text:style-name="Cell">{c}</text:p></table:table-cell>' for c in row
                )
                + "</table:table-row>"
                for row in text
            )
            parts.append(f'<table:table><table:table-column table:number-columns-repeated="4"/>{rows}</table:table>')
            continue
        pieces = []
        for place, piece in enumerate(NOTE.split(text)):
            if place % 2:
                count += 1
                kind_of = "endnote" if count == 3 else "footnote"
                style = "Endnote" if count == 3 else "Footnote"
                pieces.append(
                    f'<text:note text:note-class="{kind_of}"><text:note-citation>{count}</text:note-citation>'
                    f'<text:note-body><text:p text:style-name="{style}">{piece}</text:p></text:note-body></text:note>'
                )
            else:
                pieces.append(escape(piece))
        inner = "".join(pieces)
        level = {"h": 1, "h2": 2}.get(kind)
        parts.append(
            f'<text:h text:outline-level="{level}" text:style-name="Heading_20_{level}">{inner}</text:h>'
            if level
            else f'<text:p text:style-name="Text">{inner}</text:p>'
        )
    head = "".join(
        f'<text:p text:style-name="{style}">{line}</text:p>'
        for style, line in (
            ("Title", TITLE),
            ("Subtitle", SUBTITLE),
            ("Centred", "　".join(AUTHORS)),
            ("Centred", f"（{UNITS[0]}，江城 430000）"),
            ("Text", f"【摘要】{ABSTRACT}"),
            ("Text", f"【关键词】{'；'.join(KEYWORDS)}"),
        )
    )
    template = (HERE / "office.fodt.txt").read_text(encoding="utf-8")
    return template.replace("@HEAD@", HEAD).replace("@TEXT@", head + "".join(parts))


def _office(kind: str, source: Path) -> None:
    subprocess.run(
        ["soffice", "--headless", "--convert-to", kind, "--outdir", str(FOLDER), str(source)], check=True, timeout=180
    )


def latex() -> None:
    """An article as LaTeX sets it, with running heads and footnotes that begin anew on each page."""
    _latex("latex", columns=False)


def columns() -> None:
    """The same in two columns, with the title across both."""
    _latex("columns", columns=True)


def _latex(name: str, *, columns: bool) -> None:
    parts = []
    for kind, text in TEXT:
        if kind == "table":
            rows = r" \\ \hline ".join(" & ".join(row) for row in text)
            parts.append(
                rf"\begin{{center}}\begin{{tabular}}{{|c|c|c|c|}}\hline {rows} \\ \hline\end{{tabular}}\end{{center}}"
            )
            continue
        written = NOTE.sub(r"\\footnote{\1}", text)
        parts.append({"h": rf"\section*{{{written}}}", "h2": rf"\subsection*{{{written}}}"}.get(kind, written))
    template = (HERE / ("columns.tex" if columns else "latex.tex")).read_text(encoding="utf-8")
    for mark, value in {
        "@TITLE@": TITLE,
        "@AUTHORS@": r"\quad ".join(AUTHORS),
        "@UNIT@": UNITS[0],
        "@HEAD@": HEAD,
        "@ABSTRACT@": ABSTRACT,
        "@KEYWORDS@": "；".join(KEYWORDS),
        "@TEXT@": "\n\n".join(parts),
    }.items():
        template = template.replace(mark, value)
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, f"{name}.tex").write_text(template, encoding="utf-8")
        subprocess.run(["xelatex", "-interaction=nonstopmode", f"{name}.tex"], cwd=folder, check=True, timeout=180,
                       stdout=subprocess.DEVNULL)  # fmt: skip
        shutil.copy(Path(folder, f"{name}.pdf"), FOLDER)


def browser() -> None:
    """A page printed from the browser: its own head and foot with date, title, address and page of pages."""
    _print("browser", "body { font-size: 26px }", paragraphs=5)


def vertical() -> None:
    """A page set from top to bottom, columns from right to left."""
    _print("vertical", "html { writing-mode: vertical-rl }", "--no-pdf-header-footer", paragraphs=4)


def _print(name: str, style: str, *options: str, paragraphs: int = 99) -> None:
    tags = {"p": "p", "h": "h2", "h2": "h3"}
    text = "".join(f"<{tags[k]}>{NOTE.sub('', t)}</{tags[k]}>" for k, t in TEXT[:paragraphs] if k != "table")
    page = (
        f"<!doctype html><html lang=zh-CN><meta charset=utf-8><title>{TITLE} - {HEAD}</title><style>body {{"
        f"font-family: '{SERIF}'; font-size: 16px; line-height: 2.4 }} {style}</style><h1>{TITLE}</h1>"
        f"<p>{DATE} 来源：{SOURCE}　作者：{AUTHORS[0]}</p>{text}"
    )
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, f"{name}.html")
        source.write_text(page, encoding="utf-8")
        subprocess.run(["chromium", "--headless", "--no-sandbox", "--disable-gpu", *options,
                        f"--print-to-pdf={FOLDER / name}.pdf", source.as_uri()], check=True, timeout=120)  # fmt: skip
    _pack(FOLDER / f"{name}.pdf")


def _pack(path: Path) -> None:
    subprocess.run(["qpdf", "--replace-input", "--object-streams=generate", "--recompress-flate",
                    "--compression-level=9", str(path)], check=True, timeout=60)  # fmt: skip


def scanned() -> None:
    """A picture of a page, without text."""
    page = Image.new("1", (620, 400), 1)
    font = ImageFont.truetype("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc", 24)
    pen = ImageDraw.Draw(page)
    for place in range(0, 120, 20):
        pen.text((60, 40 + 3 * place), TEXT[0][1][place : place + 20], font=font, fill=0)
    out = io.BytesIO()
    page.save(out, "PDF", resolution=100)
    (FOLDER / "scanned.pdf").write_bytes(out.getvalue())


if __name__ == "__main__":
    main()
