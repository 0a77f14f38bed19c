"""The parts of a DOCX file that are the same in each: types, relations, settings, styles (ECMA-376, parts 1 and 2)."""

from __future__ import annotations

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"

_PARTS = ("document.main", "footnotes", "settings", "styles")

CONTENT_TYPES = (
    f'{HEAD}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    + "".join(
        f'<Override PartName="/word/{part.split(".")[0]}.xml" ContentType="{_WORD}.{part}+xml"/>' for part in _PARTS
    )
    + '<Override PartName="/docProps/core.xml"'
    ' ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
)

PACKAGE_RELATIONS = (
    f'{HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
    f'<Relationship Id="r2" Type="{_PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
    "</Relationships>"
)

DOCUMENT_RELATIONS = (
    f'{HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    + "".join(
        f'<Relationship Id="r{number}" Type="{_OFFICE}/{part}" Target="{part}.xml"/>'
        for number, part in enumerate(("styles", "settings", "footnotes"), 1)
    )
    + "</Relationships>"
)

SETTINGS = (
    f'{HEAD}<w:settings xmlns:w="{MAIN}"><w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>'
    "</w:settings>"
)


def core(title: str) -> str:
    """The properties of a file; ``title`` is XML."""
    return (
        f'{HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"'
        f' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title></cp:coreProperties>'
    )


def styles(language: str) -> str:
    """The styles; ``language`` is the code of the language that a spelling checker begins with."""
    made = "".join((
        _style("Normal", "Normal", '<w:spacing w:after="120" w:line="276" w:lineRule="auto"/>', ""),
        _style("Title", "Title", '<w:spacing w:after="240"/>', '<w:b/><w:sz w:val="36"/>'),
        _style("Heading1", "heading 1",
               '<w:keepNext/><w:spacing w:before="360" w:after="60"/><w:outlineLvl w:val="0"/>',
               '<w:b/><w:sz w:val="26"/>'),
        _style("Origin", "Origin", '<w:keepNext/><w:spacing w:after="120"/>',
               '<w:color w:val="666666"/><w:sz w:val="18"/>'),
        _style("Remark", "Remark", '<w:ind w:left="284"/>', '<w:i/><w:color w:val="666666"/>'),
        _style("FootnoteText", "footnote text", '<w:spacing w:after="40"/>', '<w:sz w:val="18"/>'),
        _style("FootnoteReference", "footnote reference", "", '<w:vertAlign w:val="superscript"/>'),
        _style("Unsupported", "Unsupported", "", '<w:i/><w:u w:val="dotted"/>'),
    ))  # fmt: skip
    defaults = (
        '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:cs="Calibri"/>'
        f'<w:sz w:val="22"/><w:lang w:val="{language}"/></w:rPr></w:rPrDefault></w:docDefaults>'
    )
    return f'{HEAD}<w:styles xmlns:w="{MAIN}">{defaults}{made}</w:styles>'


def _style(key: str, name: str, paragraph: str, run: str) -> str:
    """A style: of a paragraph where ``paragraph`` has properties, else of characters."""
    kind, based = ("paragraph", "Normal") if paragraph else ("character", "")
    default = ' w:default="1"' if key == "Normal" else ""
    parent = f'<w:basedOn w:val="{based}"/>' if based and key != based else ""
    inner = f"<w:pPr>{paragraph}</w:pPr>" if paragraph else ""
    inner += f"<w:rPr>{run}</w:rPr>" if run else ""
    return f'<w:style w:type="{kind}" w:styleId="{key}"{default}><w:name w:val="{name}"/>{parent}{inner}</w:style>'
