"""What ``--json`` prints of models: names that other programs rely on."""

from __future__ import annotations

from engine.frames import plain
from rag.json_output import Fields, reason_fields
from rag.protocol import Download, Model, Offer, Offers


def model_object(model: Model, language: str) -> Fields:
    """A model on this machine; ``speed`` in tokens a second, null where nobody knows it."""
    fields: Fields = plain(model)
    del fields["problem"]
    return {**fields, **reason_fields(model.problem, language)}


def offers_object(offers: Offers, language: str) -> Fields:
    """The catalogue and the machine that it was held against."""
    return {"machine": plain(offers.machine), "offers": [_offer_object(offer, language) for offer in offers.offers]}


def download_object(download: Download, language: str) -> Fields:
    """A download; ``bytes`` is null where nobody knows them yet."""
    fields: Fields = plain(download)
    del fields["reason"]
    return {**fields, "bytes": download.bytes or None, **reason_fields(download.reason, language)}


def _offer_object(offer: Offer, language: str) -> Fields:
    """A model of the catalogue: null where nobody knows it, or there is none."""
    fields: Fields = plain(offer)
    unknown = ("bytes", "context", "memory_needed", "fit", "good_for", "installed", "reason")
    return {
        **fields, **{name: fields[name] or None for name in unknown},
        "download": download_object(offer.download, language) if offer.download else None,
    }  # fmt: skip
