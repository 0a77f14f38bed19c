"""What there is to know of how an answer came about: each fact with its name, in the person's words and figures."""

from __future__ import annotations

import dataclasses

from PySide6.QtCore import QLocale, QObject

from desktop.widgets.counted_words import CountedWords
from desktop.widgets.direction import isolated
from rag.protocol import Answer, FoundAll, Scope, Summary, Timings


@dataclasses.dataclass(frozen=True)
class Fact:
    """A ``name`` and what is so called; ``tip`` says what it means to those who ask."""

    name: str
    value: str
    tip: str = ""


class DetailWords(QObject):
    """A QObject, as only ``tr`` knows plural forms."""

    def of_answer(self, answer: Answer) -> list[Fact]:
        """The facts of an answer."""
        timings = answer.timings
        facts = [Fact(self.tr("Passages after"), self._seconds(timings.evidence_s))]
        if timings.answer_tokens:
            facts.append(Fact(self.tr("First word after"), self._seconds(timings.first_token_s)))
        facts.append(Fact(self.tr("Whole answer after"), self._seconds(timings.total_s)))
        facts += self._costs(timings, timings.total_s - timings.first_token_s)
        if not answer.refused:
            facts.append(self._model(answer.model, is_stand_in=answer.is_stand_in))
        facts.append(Fact(self.tr("Looked in"), self.scope(answer.scope, answer)))
        facts.append(
            Fact(
                self.tr("Passages hold it"),
                self._share(answer.support),
                self.tr("How far the passages hold an answer to the question, as far as their words can tell."),
            )
        )
        if answer.sentences and not answer.refused:
            supported = sum(sentence.supported for sentence in answer.sentences)
            facts.append(
                Fact(
                    self.tr("Supported"),
                    self.tr("{supported} of %Ln sentence(s)", "", len(answer.sentences)).format(
                        supported=QLocale().toString(supported)
                    ),
                    self.tr("A sentence is supported where a quote from the passages says the same."),
                )
            )
        return facts

    def of_summary(self, summary: Summary) -> list[Fact]:
        """The facts of a summary."""
        timings = summary.timings
        facts = [Fact(self.tr("Whole summary after"), self._seconds(timings.total_s))]
        facts += self._costs(timings)
        facts.append(self._model(summary.model, is_stand_in=summary.is_stand_in))
        facts.append(Fact(self.tr("Looked in"), CountedWords().documents(len(summary.documents))))
        parts = sum(one.parts for one in summary.documents)
        if parts:
            cached = sum(one.parts_cached for one in summary.documents)
            said = self.tr("%Ln part(s)", "", parts)
            kept = self.tr("%Ln of them before", "", cached) if cached else ""
            facts.append(Fact(self.tr("Read one by one"), ", ".join(filter(None, (said, kept)))))
        if summary.compression:
            facts.append(Fact(self.tr("Length"), self.tr("{percent} % of the words").format(
                percent=QLocale().toString(100 * summary.compression, "f", 1))))  # fmt: skip
        if summary.sentences_left_out:
            said = self.tr("%Ln sentence(s) of the model", "", summary.sentences_left_out)
            facts.append(Fact(self.tr("Left out as unsupported"), said))
        return facts

    def of_find(self, found: FoundAll) -> list[Fact]:
        """The facts of a look into every document."""
        locale = QLocale()
        looked_at = self.tr("{checked} of %Ln document(s)", "", found.total).format(
            checked=locale.toString(found.checked)
        )
        facts = [
            Fact(self.tr("All of it after"), self._seconds(found.seconds)),
            Fact(self.tr("Looked at"), looked_at),
            Fact(self.tr("Found in"), CountedWords().documents(len(found.findings))),
        ]
        if found.by_words:
            by_words = CountedWords().documents(len(found.by_words))
            tip = self.tr("What they mean isn’t known yet: they are looked through by their words.")
            facts.append(Fact(self.tr("By their words alone"), by_words, tip))
        return facts

    def scope(self, scope: Scope, answer: Answer) -> str:
        """Where was looked: everything, a document by its name, several by their number, collections, days."""
        parts = [self.tr("collection “{name}”").format(name=isolated(name)) for name in scope.collections]
        if scope.documents:
            names = {passage.sha256: passage.document for passage in answer.passages}
            named = names.get(scope.documents[0]) if len(scope.documents) == 1 else None
            parts.append(named or CountedWords().documents(len(scope.documents)))
        if scope.since or scope.until:
            parts.append(self.tr("{since} to {until}").format(since=scope.since or "…", until=scope.until or "…"))
        return ", ".join(parts) or self.tr("all documents")

    def _costs(self, timings: Timings, writing_s: float = 0.0) -> list[Fact]:
        """What the model read and wrote; nothing where none had a part in it."""
        if not timings.prompt_tokens:
            return []
        tip = self.tr("A token is a short word, or a part of a longer one.")
        read = self.tr("%Ln token(s)", "", timings.prompt_tokens)
        if timings.cached_tokens:
            read += ", " + self.tr("%Ln kept from before", "", timings.cached_tokens)
        written = self.tr("%Ln token(s)", "", timings.answer_tokens)
        if timings.answer_tokens and writing_s > 0:
            speed = QLocale().toString(timings.answer_tokens / writing_s, "f", 1)
            written += ", " + self.tr("{speed} a second").format(speed=speed)
        return [Fact(self.tr("Read"), read, tip), Fact(self.tr("Written"), written, tip)]

    def _model(self, model: str, *, is_stand_in: bool) -> Fact:
        if not model:
            return Fact(self.tr("Model"), self.tr("none: the documents’ own sentences"))
        return Fact(self.tr("Model"), self.tr("{model}, a stand-in").format(model=model) if is_stand_in else model)

    def _share(self, share: float) -> str:
        return self.tr("{percent} %").format(percent=QLocale().toString(round(100 * share)))

    def _seconds(self, seconds: float) -> str:
        return self.tr("{seconds} s").format(seconds=QLocale().toString(seconds, "f", 1 if seconds >= 1 else 2))
