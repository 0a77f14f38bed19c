"""Summarising: the stages from a document's passages to a text whose every sentence is cited. Pure but for the author.

outline (its sections) → ranking (which sentences carry it) → choosing (some of each section) → writing (what the model
is given) → composing (the model's words where they are supported, the document's own where not).
"""
