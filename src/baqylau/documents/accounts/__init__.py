"""The account that a programme gives of a period, written as PDF, DOCX and XLSX.

`shapes.Account` holds all that the three show, `words.Words` the headings; no text of a document is
kept here. The writers: `paper.write_pdf`, `word.write_docx`, `book.write_xlsx`. docs/accounts.md.
"""
