"""An independent reading of the schema: says what in a body does not belong there."""

from html.parser import HTMLParser

INLINE = {"a", "strong", "em", "sub", "sup", "br"}
TOP = {"p", "h2", "h3", "h4", "blockquote", "ul", "ol", "table", "figure"}
CHILDREN = {
    "": TOP,
    "blockquote": {"p"},
    "ul": {"li"},
    "ol": {"li"},
    "li": INLINE | {"p"},
    "table": {"tbody"},
    "tbody": {"tr"},
    "tr": {"th", "td"},
    "figure": {"img", "figcaption"},
    **dict.fromkeys(["p", "h2", "h3", "h4", "th", "td", "figcaption", "a", "strong", "em", "sub", "sup"], INLINE),
}
ATTRIBUTES = {
    "a": ["href"],
    "img": ["src", "alt", "width", "height"],
    "ol": ["start"],
    "td": ["colspan", "rowspan"],
    "th": ["colspan", "rowspan", "scope"],
}
HOLDS_NO_TEXT = {"", "blockquote", "ul", "ol", "table", "tbody", "tr", "figure"}


class SchemaReader(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open = [""]
        self.faults = []

    def handle_starttag(self, tag, attrs):
        if tag not in CHILDREN[self.open[-1]]:
            self.faults.append(f"<{tag}> in <{self.open[-1]}>")
        names = [name for name, _ in attrs]
        if names != [name for name in ATTRIBUTES.get(tag, []) if name in names]:
            self.faults.append(f"<{tag}> with {names}")
        for name, value in attrs:
            self.check_address(name, value)
        if tag not in {"br", "img"}:
            self.open.append(tag)

    def check_address(self, name, value):
        if name == "href" and not value.startswith(("http://", "https://", "mailto:")):
            self.faults.append(f"href {value}")
        if name == "src" and (not value.startswith("/media/") or "/../" in value):
            self.faults.append(f"src {value}")

    def handle_endtag(self, tag):
        if tag in {"br", "img"} or self.open.pop() != tag:
            self.faults.append(f"</{tag}>")

    def handle_data(self, data):
        if data.strip("\n") and self.open[-1] in HOLDS_NO_TEXT:
            self.faults.append(f"text in <{self.open[-1]}>: {data!r}")

    def handle_comment(self, data):
        self.faults.append(f"comment {data!r}")

    def handle_decl(self, decl):
        self.faults.append(f"declaration {decl!r}")

    def handle_pi(self, data):
        self.faults.append(f"instruction {data!r}")


def faults_of(body):
    """Return what in the body is not in the schema."""
    reader = SchemaReader()
    reader.feed(body)
    reader.close()
    return reader.faults + [f"left open: {name}" for name in reader.open[1:]]
