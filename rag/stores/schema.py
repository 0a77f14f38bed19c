"""What library.db is made of, and how one that an older version of the program made is brought up."""

from __future__ import annotations

SCHEMA_VERSION = 6
"""Of library.db, as its user_version says it."""

SCHEMA = """
CREATE TABLE files (                        -- every path that was given; a path lies here before it has been read
    path TEXT PRIMARY KEY,
    sha256 TEXT REFERENCES documents,       -- NULL until the file was read to its end once
    size INTEGER NOT NULL,                  -- bytes
    modified_ns INTEGER NOT NULL,
    is_waiting INTEGER NOT NULL,            -- 1: to be read (again) by the indexer
    reason TEXT,                            -- JSON of a Problem: why it could not even be read
    added REAL NOT NULL,                    -- Unix time
    is_away INTEGER NOT NULL DEFAULT 0,     -- 1: on a drive that isn't there now; 2: something else lies in its place
    given INTEGER NOT NULL DEFAULT 1,       -- 2: by itself; 1: in a folder that was given; 0: by following a folder
    was_read INTEGER NOT NULL DEFAULT 0     -- 1: what stood in it before it was edited was read
) STRICT;
CREATE INDEX files_of_document ON files (sha256);
CREATE INDEX files_waiting ON files (added) WHERE is_waiting;

CREATE TABLE documents (
    sha256 TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    format TEXT NOT NULL,
    state TEXT NOT NULL,
    pages INTEGER NOT NULL,
    reason TEXT,
    bytes INTEGER NOT NULL,
    added REAL NOT NULL,
    extractor INTEGER NOT NULL,             -- versions of the stages that made what is kept of it
    chunker INTEGER NOT NULL,
    language TEXT NOT NULL DEFAULT '',      -- en, fr, it, de, es; "": another, or not known
    dated TEXT NOT NULL DEFAULT ''          -- the day that the document itself states (ISO 8601), or ""
) STRICT;

CREATE TABLE collections (name TEXT PRIMARY KEY, added REAL NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE collected (                    -- what is in them
    collection TEXT NOT NULL REFERENCES collections ON UPDATE CASCADE ON DELETE CASCADE,
    key TEXT NOT NULL,                      -- a document's SHA-256; until it has been read, its path
    PRIMARY KEY (collection, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX collected_by_key ON collected (key);
-- What lies at a path that was collected stays in its collections: when it is first read, and when it was edited.
CREATE TRIGGER file_read AFTER UPDATE OF sha256 ON files WHEN old.sha256 IS NOT new.sha256 BEGIN
    INSERT OR IGNORE INTO collected (collection, key)
        SELECT collection, coalesce(new.sha256, new.path) FROM collected WHERE key = coalesce(old.sha256, old.path);
    DELETE FROM collected WHERE key = new.path AND new.sha256 IS NOT NULL;
END;
CREATE TRIGGER file_removed AFTER DELETE ON files BEGIN DELETE FROM collected WHERE key = old.path; END;
CREATE TRIGGER document_removed AFTER DELETE ON documents BEGIN DELETE FROM collected WHERE key = old.sha256; END;

CREATE TABLE pages (
    sha256 TEXT NOT NULL REFERENCES documents ON DELETE CASCADE,
    number INTEGER NOT NULL,
    label TEXT NOT NULL,
    text TEXT NOT NULL,
    layout BLOB NOT NULL,                   -- packed by the extractor's values: words, headings
    width REAL NOT NULL,                    -- points
    height REAL NOT NULL,
    has_pictures INTEGER NOT NULL,
    problem TEXT,
    form TEXT NOT NULL DEFAULT 'picture',   -- how it is shown
    waits INTEGER NOT NULL DEFAULT 0,       -- 1: OCR is still to read it
    confidence REAL NOT NULL DEFAULT -1,    -- of OCR, in [0, 1]; -1: the text is the file's own
    PRIMARY KEY (sha256, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX pages_waiting ON pages (sha256, number) WHERE waits;
CREATE INDEX pages_by_ocr ON pages (sha256) WHERE confidence >= 0;

CREATE TABLE folders (                      -- that are followed
    path TEXT PRIMARY KEY,
    added REAL NOT NULL,
    identity TEXT NOT NULL DEFAULT ''       -- of what lay at the path when it was last looked through
) STRICT;
CREATE TABLE left_out (path TEXT PRIMARY KEY) STRICT;  -- removed by hand, in a folder that is followed

CREATE TABLE passages (
    id INTEGER PRIMARY KEY AUTOINCREMENT,   -- never used twice, so a stale row of the vector index names nothing else
    sha256 TEXT NOT NULL REFERENCES documents ON DELETE CASCADE,
    page INTEGER NOT NULL,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    title TEXT NOT NULL,
    section TEXT NOT NULL,
    text TEXT NOT NULL,
    vector_key TEXT,                        -- NULL: not embedded yet
    is_indexed INTEGER NOT NULL DEFAULT 0,  -- 1: Chroma has taken its vector
    lexicon INTEGER NOT NULL DEFAULT 0      -- the version of rag.lexicon that made its row of words; 0: it has none yet
) STRICT;
CREATE INDEX passages_of_document ON passages (sha256, id);
CREATE INDEX passages_by_vector ON passages (vector_key);
CREATE INDEX passages_to_embed ON passages (id) WHERE vector_key IS NULL;
CREATE INDEX passages_to_embed_of ON passages (sha256) WHERE vector_key IS NULL;
CREATE INDEX passages_to_index ON passages (id) WHERE vector_key IS NOT NULL AND is_indexed = 0;
CREATE INDEX passages_by_lexicon ON passages (lexicon);

CREATE TABLE vectors (
    key TEXT PRIMARY KEY,                   -- SHA-256 of the embedder's version and the text that was embedded
    vector BLOB NOT NULL                    -- little-endian float32, length 1
) STRICT, WITHOUT ROWID;

CREATE TABLE coming (                       -- the vectors of passages by the embedder that is to answer next
    id INTEGER PRIMARY KEY REFERENCES passages ON DELETE CASCADE,
    vector_key TEXT NOT NULL,
    is_indexed INTEGER NOT NULL DEFAULT 0   -- 1: its own Chroma has taken the vector
) STRICT;
CREATE INDEX coming_by_vector ON coming (vector_key);
CREATE INDEX coming_to_index ON coming (id) WHERE is_indexed = 0;

CREATE TABLE forgotten (id INTEGER PRIMARY KEY) STRICT;  -- passages that Chroma has yet to forget

CREATE VIRTUAL TABLE words USING fts5(         -- the terms of each passage, as rag.lexicon has them
    title, section, text, compounds, tokenize="ascii tokenchars '-.%'"
);
CREATE TRIGGER passage_removed AFTER DELETE ON passages BEGIN
    DELETE FROM words WHERE rowid = old.id;
    INSERT INTO forgotten (id) VALUES (old.id);
END;

CREATE TABLE conversations (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    title TEXT NOT NULL,
    changed REAL NOT NULL
) STRICT;
CREATE TABLE turns (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    conversation INTEGER NOT NULL REFERENCES conversations ON DELETE CASCADE,
    asked REAL NOT NULL,
    answer TEXT NOT NULL,                   -- JSON of an Answer
    made_of TEXT NOT NULL DEFAULT ''        -- JSON of the summary, or of what was found, that it shows
) STRICT;
CREATE INDEX turns_of_conversation ON turns (conversation, id);

CREATE TABLE summary_parts (                -- what a model wrote when it summed documents up, one part of them a row
    key TEXT PRIMARY KEY,                   -- SHA-256 of the model and all that it was given to read
    text TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE summary_sources (              -- the documents that it was made from
    key TEXT NOT NULL REFERENCES summary_parts ON DELETE CASCADE,
    sha256 TEXT NOT NULL REFERENCES documents ON DELETE CASCADE,
    PRIMARY KEY (key, sha256)
) STRICT, WITHOUT ROWID;
CREATE INDEX summary_sources_of_document ON summary_sources (sha256);
-- With one of its documents, all that was made from it is forgotten.
CREATE TRIGGER summary_source_removed AFTER DELETE ON summary_sources BEGIN
    DELETE FROM summary_parts WHERE key = old.key;
END;

CREATE TABLE connections (                  -- every one that was ever made, written before it is opened
    at REAL NOT NULL,                       -- Unix time
    address TEXT NOT NULL,
    purpose TEXT NOT NULL,
    bytes INTEGER NOT NULL DEFAULT 0,       -- that came through it
    outcome TEXT NOT NULL DEFAULT ''        -- '': it is open, or this process ended before it was closed
) STRICT;
CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
"""

STEPS = {
    # From a version to the next one. What a stage made of a document is made anew (see Records.outdated).
    1: """
    ALTER TABLE files ADD COLUMN is_away INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE files ADD COLUMN given INTEGER NOT NULL DEFAULT 1;
    ALTER TABLE pages ADD COLUMN form TEXT NOT NULL DEFAULT 'picture';
    ALTER TABLE pages ADD COLUMN waits INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE pages ADD COLUMN confidence REAL NOT NULL DEFAULT -1;
    CREATE INDEX pages_waiting ON pages (sha256, number) WHERE waits;
    CREATE INDEX pages_by_ocr ON pages (sha256) WHERE confidence >= 0;
    CREATE TABLE folders (path TEXT PRIMARY KEY, added REAL NOT NULL, identity TEXT NOT NULL DEFAULT '') STRICT;
    CREATE TABLE left_out (path TEXT PRIMARY KEY) STRICT;
    CREATE INDEX passages_to_embed_of ON passages (sha256) WHERE vector_key IS NULL;
    -- Of formats that were not read then, most are now.
    UPDATE files SET is_waiting = 1, reason = NULL WHERE sha256 IS NULL;
    """,
    2: """
    ALTER TABLE documents ADD COLUMN language TEXT NOT NULL DEFAULT '';
    ALTER TABLE documents ADD COLUMN dated TEXT NOT NULL DEFAULT '';
    CREATE TABLE collections (name TEXT PRIMARY KEY, added REAL NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE collected (
        collection TEXT NOT NULL REFERENCES collections ON UPDATE CASCADE ON DELETE CASCADE,
        key TEXT NOT NULL,
        PRIMARY KEY (collection, key)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX collected_by_key ON collected (key);
    CREATE TRIGGER file_read AFTER UPDATE OF sha256 ON files WHEN old.sha256 IS NOT new.sha256 BEGIN
        INSERT OR IGNORE INTO collected (collection, key)
            SELECT collection, coalesce(new.sha256, new.path) FROM collected WHERE key = coalesce(old.sha256, old.path);
        DELETE FROM collected WHERE key = new.path AND new.sha256 IS NOT NULL;
    END;
    CREATE TRIGGER file_removed AFTER DELETE ON files BEGIN DELETE FROM collected WHERE key = old.path; END;
    CREATE TRIGGER document_removed AFTER DELETE ON documents BEGIN DELETE FROM collected WHERE key = old.sha256; END;
    CREATE TABLE summary_parts (key TEXT PRIMARY KEY, text TEXT NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE summary_sources (
        key TEXT NOT NULL REFERENCES summary_parts ON DELETE CASCADE,
        sha256 TEXT NOT NULL REFERENCES documents ON DELETE CASCADE,
        PRIMARY KEY (key, sha256)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX summary_sources_of_document ON summary_sources (sha256);
    CREATE TRIGGER summary_source_removed AFTER DELETE ON summary_sources BEGIN
        DELETE FROM summary_parts WHERE key = old.key;
    END;
    CREATE TABLE coming (
        id INTEGER PRIMARY KEY REFERENCES passages ON DELETE CASCADE,
        vector_key TEXT NOT NULL,
        is_indexed INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    CREATE INDEX coming_by_vector ON coming (vector_key);
    CREATE INDEX coming_to_index ON coming (id) WHERE is_indexed = 0;
    ALTER TABLE passages ADD COLUMN lexicon INTEGER NOT NULL DEFAULT 0;
    CREATE INDEX passages_by_lexicon ON passages (lexicon);
    CREATE VIRTUAL TABLE words USING fts5(title, section, text, compounds, tokenize="ascii tokenchars '-.%'");
    DROP TRIGGER passage_removed;
    CREATE TRIGGER passage_removed AFTER DELETE ON passages BEGIN
        DELETE FROM words WHERE rowid = old.id;
        INSERT INTO forgotten (id) VALUES (old.id);
    END;
    -- The former index, "lexical", is kept in step and answers until every passage is analysed (analysed_records.py).
    CREATE TRIGGER passage_removed_too AFTER DELETE ON passages BEGIN
        INSERT INTO lexical (lexical, rowid, title, section, text)
            VALUES ('delete', old.id, old.title, old.section, old.text);
    END;
    """,
    3: """
    ALTER TABLE connections ADD COLUMN bytes INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE connections ADD COLUMN outcome TEXT NOT NULL DEFAULT '';
    """,
    4: """
    ALTER TABLE turns ADD COLUMN made_of TEXT NOT NULL DEFAULT '';
    """,
    5: """
    ALTER TABLE files ADD COLUMN was_read INTEGER NOT NULL DEFAULT 0;
    -- Whether it was edited while it was in the library is not known: what may have been read counts as read.
    UPDATE files SET was_read = 1 WHERE sha256 IS NOT NULL;
    """,
}
