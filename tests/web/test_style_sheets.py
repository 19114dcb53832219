"""The style sheets: their weight, their contrasts, and that every class that is named is drawn."""

import gzip
import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.once
ROOT = Path(__file__).resolve().parent.parent.parent
WEB = ROOT / "src" / "baqylau" / "web"
STATIC = WEB / "static" / "web"
PUBLIC = (STATIC / "public.css").read_text(encoding="utf-8")
DESK = (STATIC / "desk.css").read_text(encoding="utf-8")
HOOKS = {"desk", "keys-title", "desk-menu"}


def variables(css: str) -> dict[str, str]:
    """Custom properties that hold a colour."""
    return dict(re.findall(r"--([a-z-]+):(#[0-9a-f]{3,6})", css))


def themes() -> dict[str, dict[str, str]]:
    """The colours of the light and of the dark theme."""
    light = variables(PUBLIC.split("@media")[0])
    dark = variables(PUBLIC.split("@media")[1])
    assert light.keys() == dark.keys()
    return {"light": light, "dark": dark}


def luminance(colour: str) -> float:
    """Relative luminance of an sRGB colour. Source: WCAG 2.2."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio, 1 to 21. Source: WCAG 2.2."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(
    ("ink", "ground", "least"),
    [
        ("ink", "paper", 12),
        ("act", "paper", 7),
        ("red", "paper", 7),
        ("soft", "paper", 6),
        ("ink", "raised", 12),
        ("soft", "wash", 4.5),
        ("act", "wash", 6),
        ("on-act", "act", 7),
        ("on-ochre", "ochre-wash", 7),
        ("red", "red-wash", 6),
        ("edge", "paper", 3),
        ("edge", "raised", 3),
    ],
)
def test_every_role_can_be_read_on_its_ground(
    theme: str, ink: str, ground: str, least: float
) -> None:
    colours = themes()[theme]
    assert contrast(colours[ink], colours[ground]) >= least


def test_the_style_sheets_are_light() -> None:
    assert len(gzip.compress(PUBLIC.encode())) <= 8 * 1024
    assert len(gzip.compress((PUBLIC + DESK).encode())) <= 15 * 1024


def test_the_desk_s_scripts_are_light() -> None:
    scripts = "".join(path.read_text(encoding="utf-8") for path in STATIC.glob("*.js"))
    assert len(gzip.compress(scripts.encode())) <= 4 * 1024


def test_no_style_sheet_asks_anything_from_elsewhere() -> None:
    for address in re.findall(r"url\(([^)]*)\)", PUBLIC + DESK):
        assert (STATIC / address).is_file()
    assert "@import" not in PUBLIC + DESK


def test_every_class_of_our_components_is_drawn() -> None:
    drawn = set(re.findall(r"\.([a-z][a-z-]*)", PUBLIC + DESK))
    pages = [path.read_text(encoding="utf-8") for path in WEB.rglob("*.html")]
    pages.append((ROOT / "docs" / "components.md").read_text(encoding="utf-8"))
    named = {
        name
        for page in pages
        for value in re.findall(r'class="([^"]*)"', page)
        for name in re.sub(r"{[{%].*?[%}]}", " ", value).split()
    }
    assert named - drawn - HOOKS == set()


def test_every_component_stands_on_the_style_page() -> None:
    page = "\n".join(
        path.read_text(encoding="utf-8")
        for path in [WEB / "templates/web/style.html", *WEB.rglob("components/*.html")]
    )
    documented = (ROOT / "docs" / "components.md").read_text(encoding="utf-8")
    elements = set(re.findall(r'class="([a-z]+)"', documented)) - {"tools", "hits", "versions"}
    missing = {name for name in elements if not re.search(rf'class="[^"]*\b{name}\b', page)}
    assert missing == set()


def test_what_scrolls_is_a_section_and_what_stands_aside_has_a_name() -> None:
    for path in ROOT.glob("src/baqylau/*/templates/**/*.html"):
        page = path.read_text(encoding="utf-8")
        assert 'role="region"' not in page, f"{path.name}: write <section>"
        for tag in re.findall(r'<(?:aside|section class="scroll")[^>]*>', page):
            assert "aria-label" in tag, f"{path.name}: {tag}"


def test_every_cell_of_a_stacked_table_names_its_column() -> None:
    tables = 0
    for path in ROOT.glob("src/baqylau/*/templates/**/*.html"):
        page = path.read_text(encoding="utf-8")
        for table in re.findall(r'<table class="stack".*?</table>', page, re.DOTALL):
            parts = re.findall(r'{% include "((?:figures|accountability)/[a-z]+\.html)"', table)
            rows = [next(path.parents[1].glob(part)).read_text("utf-8") for part in parts]
            cells = re.findall(r"<td\b[^>]*", "".join([table, *rows]))
            assert cells, f"{path.name}: a stacked table without cells"
            assert all("data-label=" in cell for cell in cells), f"{path.name}: {cells}"
            tables += 1
    assert tables >= 8
