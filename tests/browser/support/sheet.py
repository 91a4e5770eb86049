"""Sheets as a clerk handles them, by somebody else's library.

sheet.py fill TEMPLATE RESULT < rows.json   rows by column title, below the template's row of titles
sheet.py read FILE                          all rows of the first sheet, as JSON
"""

import json
import sys

from openpyxl import load_workbook


def fill(template, result):
    rows = json.load(sys.stdin)
    book = load_workbook(template)
    sheet = book.worksheets[0]
    wanted = set(rows[0])
    head, columns = find_titles(sheet, wanted)
    for offset, row in enumerate(rows, start=1):
        for title, value in row.items():
            sheet.cell(row=head + offset, column=columns[title], value=value)
    book.save(result)


def find_titles(sheet, wanted):
    """The row that names all wanted columns; a required column may carry a star."""
    for cells in sheet.iter_rows(max_row=10):
        columns = {str(cell.value).strip(" *＊"): cell.column for cell in cells if cell.value is not None}
        if wanted <= columns.keys():
            return cells[0].row, columns
    raise SystemExit(f"no row of titles with {sorted(wanted)}; the first is {[c.value for c in sheet[1]]}")


def read(path):
    sheet = load_workbook(path, read_only=True).worksheets[0]
    rows = [[None if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
    json.dump(rows, sys.stdout, ensure_ascii=False)


if sys.argv[1] == "fill":
    fill(sys.argv[2], sys.argv[3])
else:
    read(sys.argv[2])
