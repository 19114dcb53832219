"""The looks of the report's template as DOCX: paper and ink, one turquoise."""

from typing import Final

WORD: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
LINKED: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SPACES: Final = f'xmlns:w="{WORD}" xmlns:r="{LINKED}"'
WIDTH: Final = 9_412
"""Twentieths of a point between the margins: 166 mm."""
_TURQUOISE, _SOFT, _OCHRE, _LINE = "00595C", "5C554B", "8A5D00", "D9D1C2"


def _style(code: str, name: str, look: str = "", run: str = "", more: str = "") -> str:
    based = "" if code == "Normal" else '<w:basedOn w:val="Normal"/>'
    default = ' w:default="1"' if code == "Normal" else ""
    return (
        f'<w:style w:type="paragraph"{default} w:styleId="{code}"><w:name w:val="{name}"/>{based}'
        f"{more}<w:pPr>{look}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
    )


def _size(half_points: int, colour: str = "") -> str:
    shade = f'<w:color w:val="{colour}"/>' if colour else ""
    return f'{shade}<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


def _gaps(before: int, after: int) -> str:
    return f'<w:spacing w:before="{before}" w:after="{after}"/>'


def styles() -> str:
    """The styles part of the template."""
    font = " ".join(f'w:{kind}="Times New Roman"' for kind in ("ascii", "hAnsi", "cs"))
    mono = " ".join(f'w:{kind}="Courier New"' for kind in ("ascii", "hAnsi", "cs"))
    follow = '<w:next w:val="Normal"/>'
    line = (
        f'<w:pBdr><w:bottom w:val="single" w:sz="8" w:space="6" w:color="{_TURQUOISE}"/></w:pBdr>'
    )

    def heading(level: int, run: str) -> str:
        look = f'<w:keepNext/>{_gaps(360, 140)}<w:outlineLvl w:val="{level - 1}"/>'
        return _style(f"Heading{level}", f"heading {level}", look, run, follow)

    def border(side: str) -> str:
        return f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{_LINE}"/>'

    return (
        f"<w:styles {SPACES}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts {font}/>{_size(22)}"
        '<w:lang w:val="kk-KZ"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>'
        '<w:spacing w:after="120" w:line="264" w:lineRule="auto"/></w:pPr></w:pPrDefault>'
        "</w:docDefaults>"
        + _style("Normal", "Normal")
        + _style("Organisation", "Organisation", line + _gaps(0, 1200), _size(24))
        + _style("Title", "Title", _gaps(0, 160), _size(54, _TURQUOISE), follow)
        + _style("Subtitle", "Subtitle", _gaps(0, 360), _size(30), follow)
        + heading(1, _size(34, _TURQUOISE))
        + heading(2, "<w:b/>" + _size(24))
        + _style("Figure", "Figure", "<w:keepNext/>" + _gaps(360, 0), _size(56, _TURQUOISE))
        + _style("Small", "Small", _gaps(0, 40), _size(17, _SOFT))
        + _style("Mark", "Mark", _gaps(0, 20), "<w:b/>" + _size(17, _OCHRE))
        + _style("Head", "Head of a table", "<w:keepNext/>" + _gaps(30, 30), "<w:b/>" + _size(17))
        + _style("Cell", "Cell", _gaps(30, 30), _size(19))
        + _style("Number", "Number", _gaps(30, 30) + '<w:jc w:val="right"/>', _size(19))
        + _style("Picture", "Picture", "<w:keepNext/>" + _gaps(240, 60))
        + _style("Code", "Code", "", f"<w:rFonts {mono}/>{_size(16)}")
        + _style(
            "Edge",
            "Edge of a page",
            f'<w:tabs><w:tab w:val="right" w:pos="{WIDTH}"/></w:tabs>',
            _size(16, _SOFT),
        )
        + '<w:style w:type="table" w:styleId="Listing"><w:name w:val="Listing"/><w:tblPr>'
        f"<w:tblBorders>{border('bottom')}{border('insideH')}</w:tblBorders>"
        '<w:tblCellMar><w:left w:w="60" w:type="dxa"/><w:right w:w="60" w:type="dxa"/>'
        "</w:tblCellMar></w:tblPr></w:style></w:styles>"
    )
