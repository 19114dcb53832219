"""Clean copies of foreign images and PDFs: pixels alone, made in fenced processes.

`copying.clean_copy` is the one function for others. It starts two processes: `pictures` or `pages`
reads the foreign bytes and gives rows of pixels, `encoding` sees these rows alone and writes the
copy.
Only they load Pillow and PDFium; the process that asks never does. docs/clean-copies.md.
"""
