"""Small charts as SVG: ink lines, one accent, direct labels. Plain Python, text in, text out.

Attributes and classes only: the colours stand in the style sheets, so that dark pages, paper and a
strict content policy are served by the same drawing. 344 units are a telephone's width.
"""
