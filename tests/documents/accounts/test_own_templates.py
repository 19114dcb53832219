"""An organisation's own template: what it may say is filled in, all else refused with its place."""

import contextlib
import io
import re
import zipfile
from collections.abc import Mapping

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tools.account_template import cell, paragraph, row, table

from baqylau.documents.accounts import apart, archive, filling, limits, texts
from baqylau.documents.accounts.errors import AccountError, Place
from baqylau.documents.accounts.word import check_template, default_template, write_docx
from tests.documents.accounts.making import account, in_docx
from tools import account_template

pytestmark = pytest.mark.once
HEAD = account_template.document().split("<w:body>")[0]
PIECES = re.findall(
    r"\S+",
    "{{ }} {% %} {# #} {{title}} {%p for in if endfor endif else not and title indicators one "
    "words . _ __class__ ( ) [ ] | ' \" 1 + ~ = : , range loop - p tr < “",
)
SECTION = '<w:sectPr><w:headerReference w:type="default" r:id="r2"/></w:sectPr>'


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive_made:
        for name, content in parts.items():
            archive_made.writestr(name, content)
    return target.getvalue()


def template(body: str, **changed: str) -> bytes:
    """A template with this text; `changed` are other parts by the name of their file."""
    parts = account_template.parts()
    parts["word/document.xml"] = f"{HEAD}<w:body>{body}{SECTION}</w:body></w:document>"
    return packed(parts | {f"word/{name}.xml": content for name, content in changed.items()})


def checked(body: str, **changed: str) -> None:
    """Check a template here, not in the process of its own."""
    made = template(body, **changed)
    archive.weigh(made)
    filling.check(made)


def refused(body: str, **changed: str) -> AccountError:
    with pytest.raises(AccountError) as found:
        checked(body, **changed)
    assert all(found.value.sentence(language) for language in ("kk", "ru", "en"))
    return found.value


def filled(body: str) -> list[str]:
    told = texts.tree(account(pictures=()))
    made = template(body)
    archive.weigh(made)
    filling.check(made)
    return in_docx(filling.fill(made, told, (), account().day))


def test_the_file_in_the_package_is_what_the_script_makes() -> None:
    assert default_template() == account_template.made()


def test_our_own_template_passes_and_gives_the_same_bytes_in_both_ways() -> None:
    check_template(default_template())
    whole = account()
    made = write_docx(whole, default_template())
    assert made == write_docx(whole)
    with zipfile.ZipFile(io.BytesIO(made)) as found:
        assert {entry.date_time for entry in found.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_docx_names_its_title_its_language_and_what_is_on_a_picture() -> None:
    document = docx.Document(io.BytesIO(write_docx(account(language="ru"))))
    assert document.core_properties.title == account().title
    assert document.core_properties.language == "ru-RU"
    assert document.core_properties.created.date() == account().day
    styles = document.styles.element.xpath("//w:lang/@w:val")
    assert set(styles) == {"ru-RU"}
    described = document.element.body.xpath("//wp:docPr/@descr")
    assert described == [account().pictures[0].alt]
    heads = document.element.body.xpath("//w:tr[w:trPr/w:tblHeader]")
    assert len(heads) == 4


def test_fields_loops_and_conditions_are_filled_in() -> None:
    body = (
        paragraph("{{ title }} / {{ words.plan }}")
        + paragraph("{%p if seal.digest and not draft %}")
        + paragraph("мөрленген")
        + paragraph("{%p else %}")
        + paragraph("жоба")
        + paragraph("{%p endif %}")
        + paragraph("{%p for one in indicators %}")
        + paragraph("{{ loop.index }}) {{ one.code }}{% if loop.last %}.{% endif %}")
        + paragraph("{%p endfor %}")
    )
    codes = ["1) 1.1", "2) 1.2", "3) 2.1", "4) 2.2", "5) 2.3", "6) 2.4."]
    assert filled(body) == [f"{account().title} / Plan", "мөрленген", *codes]


def test_a_tag_that_word_has_cut_in_pieces_is_whole() -> None:
    runs = "".join(f"<w:r><w:t>{piece}</w:t></w:r>" for piece in ("{", "{ tit", "le ", "}", "}"))
    assert filled(f"<w:p>{runs}</w:p>") == [account().title]


def test_every_field_of_the_guide_may_be_used() -> None:
    for found in texts.fields(account()):
        *lists, name = found.name.split("[].")
        body, outer = "", ""
        for level, loop in enumerate(lists):
            body += paragraph(f"{{%p for x{level} in {outer}{loop} %}}")
            outer = f"x{level}."
        if found.is_list:
            body += paragraph(f"{{%p for last in {outer}{name} %}}") + paragraph("{%p endfor %}")
        else:
            body += paragraph(f"{{{{ {outer}{name} }}}}")
        checked(body + paragraph("{%p endfor %}") * len(lists))


def test_the_guide_says_what_each_field_says() -> None:
    listed = {found.name: found for found in texts.fields(account())}
    assert listed["title"].sample == account().title
    assert listed["indicators"].is_list
    assert listed["indicators[].plan"].sample == "4\N{NO-BREAK SPACE}500"
    assert listed["annexes[].rows[].cells"].sample == "14.07.2026"
    assert listed["seal.steps"].sample == "Пакетті жүктеңіз."


def test_the_tree_has_the_shape_that_templates_are_checked_against() -> None:
    def same(shape: object, value: object) -> bool:
        if isinstance(shape, dict):
            assert isinstance(value, dict)
            return shape.keys() == value.keys() and all(same(shape[n], value[n]) for n in shape)
        if isinstance(shape, list):
            assert isinstance(value, list)
            return all(same(shape[0], each) for each in value)
        return isinstance(value, str)

    assert same(texts.FIELDS, texts.tree(account()))
    assert same(texts.FIELDS, texts.tree(account(seal=None, verified=None, lines=())))


def test_an_unknown_field_is_named_with_its_paragraph() -> None:
    found = refused(paragraph("бірінші") + paragraph("Аты: {{ applicant.name }}"))
    assert found.code == "template_field"
    assert found.params["name"] == "applicant.name"
    assert found.place == Place("body", 2, text="Аты: {{ applicant.name }}")
    assert "2-абзац" in found.sentence("kk")
    assert "applicant.name" in found.sentence("ru")


def test_an_unknown_field_is_named_with_its_table_row_and_column() -> None:
    first = table([100], [row([cell(100, paragraph("{{ title }}"))])])
    cells = [cell(50, paragraph("{{ one.plan }}")), cell(50, paragraph("{{ one.phone }}"))]
    marks = [
        [cell(50, paragraph(text)), cell(50, paragraph(""))]
        for text in ("{%tr for one in indicators %}", "{%tr endfor %}")
    ]
    found = refused(first + table([50, 50], [row(marks[0]), row(cells), row(marks[1])]))
    assert found.params["name"] == "one.phone"
    assert found.place is not None
    assert (found.place.table, found.place.row, found.place.column) == (2, 2, 2)
    assert "таблица 2, строка 2, столбец 2" in found.sentence("ru")


def test_an_unknown_field_is_found_in_headers_and_footers() -> None:
    header = account_template.parts()["word/header.xml"].replace("{{ title }}", "{{ stranger }}")
    found = refused(paragraph("a"), header=header)
    assert found.place is not None
    assert (found.place.part, found.params["name"]) == ("header", "stranger")
    assert "header" in found.sentence("en")


def test_a_field_of_another_loop_is_unknown() -> None:
    loops = "{%p for one in indicators %}", "{%p endfor %}", "{{ one.code }}"
    found = refused("".join(map(paragraph, loops)))
    assert found.place is not None
    assert found.place.paragraph == 3


@pytest.mark.parametrize(
    "text",
    [
        "{{ indicators }}",
        "{{ seal }}",
        "{{ words }}",
        "{% for one in title %}{% endfor %}",
        "{% for one in seal %}{% endfor %}",
        "{% if words %}{% endif %}",
    ],
)
def test_a_list_is_not_a_value(text: str) -> None:
    assert refused(paragraph(text)).code == "template_list"


@pytest.mark.parametrize(
    "text",
    [
        "{{ range(10) }}",
        "{% for x in range(1000000000) %}{% endfor %}",
        "{{ title() }}",
        "{{ title.upper() }}",
        "{{ title|safe }}",
        "{{ title.__class__ }}",
        "{{ title['a'] }}",
        "{{ indicators[0].code }}",
        "{{ 7 * 7 }}",
        "{{ 'a' * 1000000000 }}",
        "{{ title ~ title }}",
        "{{ [title] }}",
        "{{ title if draft else day }}",
        "{{ self }}",
        "{{ lipsum }}",
        "{{ cycler.__init__.__globals__ }}",
        "{% set x = title %}",
        "{% include 'x' %}",
        "{% import 'x' as y %}",
        "{% extends 'x' %}",
        "{% macro x() %}{% endmacro %}",
        "{% raw %}{{ x }}{% endraw %}",
        "{% if title == 'a' %}{% endif %}",
        "{% if title is defined %}{% endif %}",
        "{% for one in indicators if one.code %}{% endfor %}",
        "{% for one in indicators recursive %}{% endfor %}",
        "{% for one in indicators %}{% else %}{% endfor %}",
        "{% for a, b in indicators %}{% endfor %}",
        "{% for title in indicators %}{% endfor %}",
        "{% for loop in indicators %}{% endfor %}",
        "{% for a in indicators %}{% for b in indicators %}{% endfor %}{% endfor %}",
        "{% for a in annexes %}{% for b in a.rows %}{% for c in a.rows %}" + "{% endfor %}" * 3,
        "{% colspan title %}",
        "{% cellbg title %}",
        "{% vm %}",
        "{% hm %}",
        "{{p title }}",
        "{{r title }}",
        "{%- if title %}{% endif -%}",
        "{% for one in indicators %}",
        "{% endfor %}",
        "{% if title %}",
        "{{ title",
        "{% if",
        "{{ }}",
        "{{ title }",
        "{# бітпеген",
    ],
)
def test_code_is_refused(text: str) -> None:
    found = refused(paragraph("алды") + paragraph(text))
    assert found.code in {"template_tag", "template_field"}
    assert found.place is not None
    assert found.place.paragraph in {0, 2}


def test_a_tag_where_no_text_is_shown_is_refused() -> None:
    hidden = '<w:p w:rsidR="{{ title }}"><w:r><w:t>a</w:t></w:r></w:p>'
    assert refused(hidden).code == "template_tag"
    deleted = "<w:p><w:r><w:delText>{{ title }}</w:delText></w:r></w:p>"
    assert refused(deleted).code == "template_tag"


def test_a_loop_that_tears_a_row_is_refused() -> None:
    cells = [cell(50, paragraph("{% for one in indicators %}")), cell(50, paragraph("a"))]
    body = table([50, 50], [row(cells)]) + paragraph("{% endfor %}")
    told = texts.tree(account(pictures=()))
    with pytest.raises(AccountError) as found:
        filling.fill(template(body), told, (), account().day)
    assert found.value.code == "template_nesting"


def test_a_template_that_says_too_much_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "FILLED", 5_000)
    loop = "{% for one in indicators %}" + "а" * 900 + "{% endfor %}"
    with pytest.raises(AccountError) as found:
        filling.fill(template(paragraph(loop)), texts.tree(account(pictures=())), (), account().day)
    assert found.value.code == "template_slow"


@settings(max_examples=80, deadline=None)
@given(
    text=st.lists(
        st.sampled_from(PIECES),
        max_size=14,
    ).map(" ".join)
)
def test_whatever_a_template_says_it_is_filled_or_refused(text: str) -> None:
    made = template(paragraph(text))
    told = texts.tree(account(pictures=()))
    with contextlib.suppress(AccountError):
        filling.check(made)
        docx.Document(io.BytesIO(filling.fill(made, told, (), account().day)))


def test_refusals_come_back_from_the_process_with_their_place() -> None:
    with pytest.raises(AccountError) as found:
        write_docx(account(), template(paragraph("{{ stranger }}")))
    assert found.value.params["name"] == "stranger"
    assert found.value.place == Place("body", 1, text="{{ stranger }}")


@pytest.mark.parametrize(
    "answer", [b"", b"R", b"R{}", b'R{"code":"x","params":{},"place":null}', b"Rnull", b"Z"]
)
def test_an_answer_that_is_none_is_a_broken_template(answer: bytes) -> None:
    with pytest.raises(AccountError) as found:
        apart.answered(answer)
    assert found.value.code == "template_kind"


def test_a_process_that_is_too_slow_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("baqylau.documents.accounts.word._PATIENCE", 0.001 - limits.SECONDS)
    with pytest.raises(AccountError) as found:
        check_template(default_template())
    assert found.value.code == "template_slow"
