"""Make a table rectangular, and take apart those that only set a page out."""

from articles.body.parts import Cell, Figure, Part, Table

# More than any table a reader reads; a table of a million empty cells costs its maker forty bytes.
MAX_AREA = 20_000


class TooLarge(Exception):
    """The table has more places for cells than a reader can use."""


def table_parts(rows: list[list[Cell]]) -> list[Part]:
    """Return what a table becomes: itself and the pictures that stood in it, or the content of its cells.

    A table of one cell and a table with a table inside set out a page; their cells are read one after another.
    """
    rows = [row for row in rows if row]
    cells = [cell for row in rows for cell in row]
    contents = [part for cell in cells for part in cell.parts]
    figures: list[Part] = [part for part in contents if isinstance(part, Figure)]
    if len(cells) < 2 or any(isinstance(part, Table) for part in contents):
        return contents
    if len(figures) == len(contents):
        return figures
    try:
        return [Table(rectangular(rows)), *figures]
    except TooLarge:
        return contents


def rectangular(rows: list[list[Cell]]) -> list[list[Cell]]:
    """Give every row the same width: spans cut where they run into another cell or out of the table, gaps filled.

    The editor does the same as soon as a table is touched, so a table that is stored uneven would not stay as it is.
    """
    free_from: list[int] = []
    covered = []
    for index, row in enumerate(rows):
        column = 0
        for cell in row:
            column = place(cell, column, index, free_from, height=len(rows))
        covered.append(sum(free > index for free in free_from))
    width = len(free_from)
    return [row + [Cell("td") for _ in range(width - count)] for row, count in zip(rows, covered, strict=True)]


def place(cell: Cell, column: int, index: int, free_from: list[int], *, height: int) -> int:
    """Put one cell at the next free place of its row; return the column after it.

    `free_from` says for each column which is the first row where it is free.
    """
    while column < len(free_from) and free_from[column] > index:
        column += 1
    cell.rowspan = min(cell.rowspan, height - index)
    for offset in range(cell.colspan):
        if column + offset >= len(free_from):
            if (column + offset + 1) * height > MAX_AREA:
                raise TooLarge
            free_from.append(0)
        if free_from[column + offset] > index:
            cell.colspan = offset
            break
        free_from[column + offset] = index + cell.rowspan
    return column + cell.colspan
