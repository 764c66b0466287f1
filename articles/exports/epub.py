"""EPUB 3.3 (https://www.w3.org/TR/epub-33/): one article, or a theme with all that is placed in it."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import IO

from articles.body.parts import Figure
from articles.exports import epub_cover, epub_package, epub_pages
from articles.exports.album import Album
from articles.exports.archive import Archive
from articles.exports.epub_package import Item
from articles.exports.manuscript import Manuscript

MEDIA_TYPE = "application/epub+zip"


@dataclass(frozen=True, slots=True)
class Book:
    """What one EPUB holds: manuscripts in their order, each with the reason why it stands there.

    `name` is what no other book is called; `language` the tag of its text, `interface` that of the words around it.
    """

    name: str
    title: str
    language: str
    interface: str
    address: str
    modified: datetime
    creators: Sequence[tuple[str, str]]
    manuscripts: Iterable[tuple[Manuscript, str]]
    subtitle: str = ""
    description: str = ""
    outlet: str = ""
    introduction: Sequence[str] = ()
    notices: Sequence[str] = ()
    is_collection: bool = False

    @property
    def identifier(self) -> str:
        """The same for the same edition, or the same theme, for ever."""
        return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, self.name)}"


def write(manuscript: Manuscript, file: IO[bytes]) -> None:
    """Write the EPUB of one article."""
    write_book(book_of(manuscript), file)


def book_of(manuscript: Manuscript) -> Book:
    """Return the book that holds one article."""
    return Book(
        name=manuscript.name,
        title=manuscript.title,
        subtitle=manuscript.subtitle,
        language=manuscript.language,
        interface=manuscript.interface,
        address=manuscript.address,
        modified=manuscript.published_at,
        creators=[(one.name, one.role) for one in manuscript.signatures],
        description="\n".join(manuscript.abstract),
        outlet=manuscript.outlet,
        notices=manuscript.notices,
        manuscripts=[(manuscript, "")],
    )


def write_book(book: Book, file: IO[bytes]) -> None:
    """Write the EPUB; the same bytes for the same book. Manuscripts are taken one by one, and none is kept."""
    with Archive(file) as archive:
        archive.add("mimetype", MEDIA_TYPE.encode(), is_stored=True)  # first and unpacked, so that its kind can be seen
        archive.add("META-INF/container.xml", epub_package.CONTAINER)
        writer = Writer(book, archive)
        writer.add(Item("style", "style.css", "text/css"), epub_pages.STYLE)
        writer.add(Item("cover-image", "cover.svg", "image/svg+xml", "cover-image"), epub_cover.drawing(book))
        writer.add(Item("cover", "cover.xhtml", is_read=True), epub_cover.page(book))
        if book.is_collection:
            writer.add(Item("theme", "theme.xhtml", is_read=True), epub_pages.introduction(book))
        for number, (manuscript, reason) in enumerate(book.manuscripts, 1):
            writer.article(manuscript, reason, number)
        writer.add(Item("nav", "nav.xhtml", properties="nav"), epub_pages.contents(book, writer.contents))
        archive.add("EPUB/package.opf", epub_package.package(book, writer.items, writer.sight))


class Writer:
    """Writes the files of one book, and remembers what the package has to list."""

    def __init__(self, book: Book, archive: Archive) -> None:
        self.book = book
        self.archive = archive
        self.album = Album()
        self.items: list[Item] = []
        self.contents: list[epub_pages.Entry] = []
        self.pictures: dict[str, str] = {}
        self.sight = epub_package.Sight()

    def add(self, item: Item, data: bytes) -> None:
        self.items.append(item)
        self.archive.add(f"EPUB/{item.href}", data)

    def article(self, manuscript: Manuscript, reason: str, number: int) -> None:
        """Add the page of one article, and before it those of its pictures that no article before it had."""
        for part in manuscript.parts:
            if isinstance(part, Figure):
                self.picture(manuscript, part)
        page = epub_pages.Page(manuscript, self.pictures, f"article-{number}.xhtml")
        self.add(Item(f"article-{number}", page.href, is_read=True), page.written(self.book, reason))
        self.contents.append(epub_pages.Entry(manuscript.title, page.href, page.headings))

    def picture(self, manuscript: Manuscript, figure: Figure) -> None:
        """Add a picture once, however often it stands in the book."""
        if figure.src not in self.pictures:
            data = self.album.take(manuscript.pictures, figure.src)
            if data is None:
                return
            row = manuscript.pictures[figure.src]
            href = f"pictures/{row.sha256}.{row.SUFFIXES[row.media_type]}"
            self.add(Item(f"picture-{len(self.pictures) + 1}", href, row.media_type), data)
            self.pictures[figure.src] = href
        self.sight = self.sight.with_picture(is_described=figure.alt is not None)
