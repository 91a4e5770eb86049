"""openpyxl's write-only mode on rows like the roster's: prints the seconds it took."""

import sys
import time

from openpyxl import Workbook

rows, columns, path = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
book = Workbook(write_only=True)
sheet = book.create_sheet("花名册")
start = time.monotonic()
sheet.append([f"第{c}列" for c in range(columns)])
for row in range(rows):
    sheet.append([row if c == 0 else f"值{row % 997}-{c}" for c in range(columns)])
book.save(path)
print(time.monotonic() - start)
