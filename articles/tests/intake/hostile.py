"""Documents made to harm who reads them."""

import io
import struct
import warnings
import zipfile
import zlib

WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
SENTENCE = "村里把每一笔账都贴在村口，谁都可以看，也可以问，问了就要有人答复。"
PARAGRAPH = f"<w:p><w:r><w:t>{SENTENCE * 3}</w:t></w:r></w:p>"


def docx(body="", *, prolog="", parts=(), document=None):
    """A .docx of this body, or of this document part."""
    written = document if document is not None else f"{prolog}<w:document {WORD}><w:body>{body}</w:body></w:document>"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package, warnings.catch_warnings():
        # one of the documents has a part twice
        warnings.simplefilter("ignore")
        package.writestr("[Content_Types].xml", TYPES)
        package.writestr("word/document.xml", written)
        for name, part in parts:
            package.writestr(name, part)
    return packed.getvalue()


def docx_of_spaces(megabytes):
    """A .docx whose text unpacks to so much of nothing."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", TYPES)
        with package.open("word/document.xml", "w") as part:
            for _ in range(megabytes):
                part.write(b" " * 1024 * 1024)
    return packed.getvalue()


def packed(names):
    """A zip archive of files with these names and nothing in them."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name in names:
            package.writestr(name, "")
    return out.getvalue()


def entities(count):
    """Entities that grow tenfold with each step: the billion laughs."""
    steps = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, count))
    return f'<!DOCTYPE w [<!ENTITY l0 "账">{steps}]>'


def lying_size(data):
    """The package with every size in its directory written as 1."""
    lie = bytearray(data)
    for mark, place in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        start = lie.find(mark)
        while start >= 0:
            lie[start + place : start + place + 4] = struct.pack("<I", 1)
            start = lie.find(mark, start + 4)
    return bytes(lie)


def pdf(objects, *, root="1 0 R", trailer=""):
    """A PDF of these objects, numbered from 1."""
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + (body if isinstance(body, bytes) else body.encode()) + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += f"trailer\n<< /Size {len(objects) + 1} /Root {root} {trailer}>>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)


def stream(data, extra=""):
    return f"<< /Length {len(data)} {extra}>>\nstream\n".encode() + data + b"\nendstream"


def page(content, *, font=None, resources="", more=()):
    """A PDF of one page that shows this content."""
    font = font or "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    return pdf(
        [
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R "
            f"/Resources << /Font << /F 5 0 R >> {resources} >> >>",
            content,
            font,
            *more,
        ]
    )


def shown(text):
    return stream(b"BT /F 12 Tf 50 700 Td (" + text + b") Tj ET")


def to_unicode(lines):
    """A page whose font says that its letters are these characters, given in hexadecimal."""
    table = "".join(f"<{65 + place:02x}> <{code}>\n" for place, code in enumerate(lines))
    cmap = f"1 begincodespacerange <00> <ff> endcodespacerange {len(lines)} beginbfchar\n{table}endbfchar"
    font = "<< /Type /Font /Subtype /TrueType /BaseFont /Odd /ToUnicode 6 0 R >>"
    return page(shown(b"ABCDEFG" * 10), font=font, more=[stream(cmap.encode())])


def flate_bomb(megabytes, layers=1):
    """A page whose contents unpack to so much of nothing, by as many steps."""
    squeezer = zlib.compressobj(9)
    data = b"".join(squeezer.compress(b" " * 1024 * 1024) for _ in range(megabytes)) + squeezer.flush()
    for _ in range(layers - 1):
        data = zlib.compress(data, 9)
    return page(stream(data, f"/Filter [{'/FlateDecode ' * layers}]"))


# what each is, and what an editor is told of it ("" where it is read)
DOCX = {
    "spaces": (lambda: docx_of_spaces(256), "unpacks to more than"),
    "many parts": (
        lambda: docx(PARAGRAPH, parts=[(f"word/p{n}.txt", "") for n in range(20_000)]),
        "more than 5000 parts",
    ),
    "billion laughs": (lambda: docx("<w:p><w:r><w:t>&l9;</w:t></w:r></w:p>", prolog=entities(10)), "declarations"),
    "external entity": (
        lambda: docx("<w:p>&x;</w:p>", prolog='<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
        "declarations",
    ),
    "external declarations": (
        lambda: docx(PARAGRAPH, prolog='<!DOCTYPE w SYSTEM "http://127.0.0.1:1/w.dtd">'),
        "declarations",
    ),
    "entities in another encoding": (
        lambda: docx(
            document='<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE w [<!ENTITY x "y">]><w/>'.encode("utf-16")
        ),
        "declarations",
    ),
    "entities in the styles": (
        lambda: docx(PARAGRAPH, parts=[("word/styles.xml", f"{entities(9)}<w>&l8;</w>")]),
        "declarations",
    ),
    "deep tables": (
        lambda: docx("<w:tbl><w:tr><w:tc>" * 20_000 + PARAGRAPH + "</w:tc></w:tr></w:tbl>" * 20_000),
        "too complicated",
    ),
    "lying sizes": (lambda: lying_size(docx(PARAGRAPH * 100)), "damaged"),
    "two documents": (
        lambda: docx(PARAGRAPH, parts=[("word/styles.xml", "<a/>"), ("word/styles.xml", "<b/>")]),
        "damaged",
    ),
    "unclosed": (lambda: docx(document=f"<w:document {WORD}><w:body>"), "damaged"),
    "truncated": (lambda: docx(PARAGRAPH * 50)[:-40], "damaged"),
    "paths that lead out": (
        lambda: docx(PARAGRAPH, parts=[("../../evil.xml", "x"), ("/etc/passwd", "x"), ("word\\document.xml", "x")]),
        "",
    ),
    "a picture elsewhere": (
        lambda: docx(
            PARAGRAPH + '<w:p><w:r><w:drawing><a:blip xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
            'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:link="rId9"/></w:drawing>'
            "</w:r></w:p>",
            parts=[
                (
                    "word/_rels/document.xml.rels",
                    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship '
                    'Id="rId9" TargetMode="External" Target="file:///etc/passwd" Type="http://schemas.openxmlformats.org/'
                    'officeDocument/2006/relationships/image"/></Relationships>',
                )
            ],
        ),
        "",
    ),
    "macros": (lambda: docx(PARAGRAPH, parts=[("word/vbaProject.bin", b"\xd0\xcf\x11\xe0" * 100)]), ""),
    "script": (lambda: docx(PARAGRAPH + "<w:p><w:r><w:t>&lt;script&gt;alert(1)&lt;/script&gt;</w:t></w:r></w:p>"), ""),
}

CATALOG = "<< /Type /Catalog /Pages 2 0 R >>"
DAMAGED_OR = "damaged|too complicated|too long|no text|unpacks to more|No article|more than"
PDF = {
    "flate bomb": (lambda: flate_bomb(200), "unpacks to more"),
    "flate bomb in a flate bomb": (lambda: flate_bomb(200, layers=3), "unpacks to more"),
    "run length bomb": (
        lambda: page(stream(b"\x81 " * 2_000_000, "/Filter /RunLengthDecode")),
        DAMAGED_OR,
    ),
    "chain of filters": (lambda: page(stream(b"x", f"/Filter [{'/ASCIIHexDecode ' * 500}]")), DAMAGED_OR),
    "object that is itself": (lambda: pdf([CATALOG, "2 0 R"]), DAMAGED_OR),
    "contents that are the page": (
        lambda: pdf([CATALOG, "<< /Type /Pages /Kids [3 0 R] /Count 1 >>", "<< /Type /Page /Contents 3 0 R >>"]),
        DAMAGED_OR,
    ),
    "kids in a circle": (lambda: pdf([CATALOG, "<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>"]), DAMAGED_OR),
    "pages without end": (
        lambda: pdf([CATALOG, f"<< /Type /Pages /Kids [{'3 0 R ' * 90_000}] /Count 90000 >>", "<< /Type /Page >>"]),
        DAMAGED_OR,
    ),
    "a count of pages that lies": (
        lambda: pdf([CATALOG, "<< /Type /Pages /Kids [] /Count 1000000000 >>"]),
        DAMAGED_OR,
    ),
    "tables in a circle": (lambda: page(shown(b"x")).replace(b"/Size", b"/Prev 9 /Size"), DAMAGED_OR),
    "a start beyond the end": (lambda: b"%PDF-1.7\nstartxref\n99999999999999\n%%EOF", DAMAGED_OR),
    "a form that shows itself": (
        lambda: page(
            stream(b"/X Do"),
            resources="/XObject << /X 6 0 R >>",
            more=[stream(b"/X Do /X Do", "/Type /XObject /Subtype /Form /Resources << /XObject << /X 6 0 R >> >>")],
        ),
        DAMAGED_OR,
    ),
    "forms that double": (
        lambda: page(
            stream(b"/X6 Do"),
            resources="/XObject << /X6 6 0 R >>",
            more=[
                stream(
                    f"/X{n + 1} Do ".encode() * 10,
                    f"/Subtype /Form /Resources << /XObject << /X{n + 1} {n + 1} 0 R >> >>",
                )
                for n in range(6, 20)
            ],
        ),
        DAMAGED_OR,
    ),
    "an encoding that is a path": (
        lambda: page(
            shown(b"x" * 100),
            font="<< /Type /Font /Subtype /Type0 /BaseFont /F /Encoding /../../etc/passwd /DescendantFonts [6 0 R] >>",
            more=["<< /Type /Font /Subtype /CIDFontType0 /BaseFont /F >>"],
        ),
        DAMAGED_OR + "|do not say",
    ),
    "characters that are none": (
        lambda: to_unicode(["0000", "E000", "D800", "FFFE", "0001", "F8FF", "DFFF"]),
        "no text",
    ),
    "nothing but the mark": (lambda: b"%PDF-1.7", DAMAGED_OR),
    "noise": (lambda: b"%PDF-1.7\n" + bytes(range(256)) * 2_000, DAMAGED_OR),
    "deep arrays": (lambda: pdf([CATALOG, "[" * 100_000]), DAMAGED_OR),
    "q without end": (lambda: page(stream(b"q " * 100_000)), DAMAGED_OR),
    "text without end": (lambda: page(stream(b"BT /F 12 Tf " + b"(abcdefgh) Tj " * 40_000)), ""),
    "script and launch": (
        lambda: page(shown(b"x" * 60)).replace(
            b"/Pages 2 0 R >>", b"/Pages 2 0 R /OpenAction << /S /Launch /F (sh) >> >>", 1
        ),
        "",
    ),
}
