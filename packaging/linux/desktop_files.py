"""What a free desktop knows Phial by: its entry, its icons, its description.

Desktop Entry Specification: https://specifications.freedesktop.org/desktop-entry-spec/latest/
AppStream: https://www.freedesktop.org/software/appstream/docs/
"""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from xml.sax.saxutils import escape

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from app_icon import write_png

NAME = "phial"
"""What the window says it is (QGuiApplication.setDesktopFileName): the entry has this name, or no icon is shown."""
COMPONENT = "org.phial.phial"

ICON_SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)
"""Pixels."""

TYPES = {
    ".pdf": "application/pdf",
    ".md": "text/markdown",
    ".txt": "text/plain",
    ".rst": "text/x-rst",
    ".org": "text/org",
    ".html": "text/html",
    ".xhtml": "application/xhtml+xml",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".rtf": "application/rtf",
    ".epub": "application/epub+zip",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".csv": "text/csv",
    ".tsv": "text/tab-separated-values",
    ".eml": "message/rfc822",
    ".mbox": "application/mbox",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".tif": "image/tiff",
    ".webp": "image/webp",
}
"""What files Phial reads, as desktops call them."""

SUMMARY = {
    "": "Ask your own documents, offline",
    "fr": "Interrogez vos propres documents, hors ligne",
    "it": "Interroga i tuoi documenti, senza rete",
}
QUICK = {"": "Quick question", "fr": "Question rapide", "it": "Domanda rapida"}
KEYWORDS = {
    "": ("documents", "search", "PDF", "summary", "question"),
    "fr": ("documents", "recherche", "PDF", "résumé", "question"),
    "it": ("documenti", "ricerca", "PDF", "riassunto", "domanda"),
}
DESCRIPTION = {
    "": (
        """Phial reads your own files, finds the passages that answer a question, and has a small language model on your
        own computer put them into words: every sentence with its document, its page and its quote.""",
        """Nothing leaves the machine; there is nothing to sign up for, and no network is needed. Your files are only
        ever read.""",
    ),
    "fr": (
        """Phial lit vos propres fichiers, trouve les passages qui répondent à une question et les fait mettre en mots
        par un petit modèle de langue sur votre ordinateur : chaque phrase avec son document, sa page et sa
        citation.""",
        """Rien ne quitte l'ordinateur ; aucune inscription, aucun réseau. Vos fichiers ne sont que lus.""",
    ),
    "it": (
        """Phial legge i tuoi file, trova i passaggi che rispondono a una domanda e li fa mettere in parole da un
        piccolo modello linguistico sul tuo computer: ogni frase con il suo documento, la sua pagina e la sua
        citazione.""",
        """Nulla lascia il computer; nessuna registrazione, nessuna rete. I tuoi file vengono solo letti.""",
    ),
}


def entry(program: str, icon: str = NAME) -> str:
    """The desktop entry that starts ``program``, a word as the Exec key wants it."""
    lines = ["[Desktop Entry]", "Type=Application", "Name=Phial"]
    lines += [f"Comment{_mark(language)}={said}" for language, said in SUMMARY.items()]
    lines += [f"Exec={program} %F", f"Icon={icon}", "Terminal=false", "StartupNotify=true", "StartupWMClass=phial",
              "Categories=Office;", f"MimeType={''.join(f'{kind};' for kind in TYPES.values())}"]  # fmt: skip
    lines += [
        f"Keywords{_mark(language)}={''.join(f'{word};' for word in words)}" for language, words in KEYWORDS.items()
    ]
    lines += ["X-GNOME-SingleWindow=true", "Actions=quick;", "", "[Desktop Action quick]"]
    lines += [f"Name{_mark(language)}={said}" for language, said in QUICK.items()]
    lines += [f"Exec={program} quick"]
    return "\n".join(lines) + "\n"


def _mark(language: str) -> str:
    return f"[{language}]" if language else ""


def metainfo(version: str, moment: int) -> str:
    """AppStream's description of this release, of ``moment`` (seconds since 1970)."""
    day = dt.datetime.fromtimestamp(moment, dt.UTC).date().isoformat()

    paragraphs = [{language: texts[number] for language, texts in DESCRIPTION.items()}
                  for number in range(len(DESCRIPTION[""]))]  # fmt: skip
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<component type="desktop-application">
  <id>{COMPONENT}</id>
  <name>Phial</name>
{_translated("summary", SUMMARY)}  <metadata_license>MIT</metadata_license>
  <project_license>MIT</project_license>
  <developer id="{COMPONENT.rpartition(".")[0]}"><name>The Phial founders</name></developer>
  <description>
{"".join(_translated("p", texts) for texts in paragraphs)}  </description>
  <launchable type="desktop-id">{NAME}.desktop</launchable>
  <icon type="stock">{NAME}</icon>
  <categories><category>Office</category></categories>
  <provides><binary>{NAME}</binary></provides>
  <content_rating type="oars-1.1"/>
  <releases><release version="{version}" date="{day}"/></releases>
</component>
"""


def _translated(tag: str, texts: dict[str, str]) -> str:
    """An element of each language, a line each."""
    marks = {language: f' xml:lang="{language}"' if language else "" for language in texts}
    said = {language: escape(" ".join(text.split())) for language, text in texts.items()}
    return "".join(f"  <{tag}{marks[language]}>{said[language]}</{tag}>\n" for language in texts)


def write_icons(folder: Path) -> None:
    """Write the icon into ``folder`` (an ``icons/hicolor``), in every size. Raises OSError."""
    for pixels in ICON_SIZES:
        place = folder / f"{pixels}x{pixels}" / "apps"
        place.mkdir(parents=True, exist_ok=True)
        write_png(place / f"{NAME}.png", pixels)
