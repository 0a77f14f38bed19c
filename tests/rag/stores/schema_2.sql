-- The schema of version 2, as it was: what a library that it made is tried with.
CREATE TABLE files (                        -- every path that was given; a path lies here before it has been read
    path TEXT PRIMARY KEY,
    sha256 TEXT REFERENCES documents,       -- NULL until the file was read to its end once
    size INTEGER NOT NULL,                  -- bytes
    modified_ns INTEGER NOT NULL,
    is_waiting INTEGER NOT NULL,            -- 1: to be read (again) by the indexer
    reason TEXT,                            -- JSON of a Problem: why it could not even be read
    added REAL NOT NULL,                    -- Unix time
    is_away INTEGER NOT NULL DEFAULT 0,     -- 1: on a drive that isn't there now; 2: something else lies in its place
    given INTEGER NOT NULL DEFAULT 1        -- 2: by itself; 1: in a folder that was given; 0: by following a folder
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
    chunker INTEGER NOT NULL
) STRICT;

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
    is_indexed INTEGER NOT NULL DEFAULT 0   -- 1: Chroma has taken its vector
) STRICT;
CREATE INDEX passages_of_document ON passages (sha256, id);
CREATE INDEX passages_by_vector ON passages (vector_key);
CREATE INDEX passages_to_embed ON passages (id) WHERE vector_key IS NULL;
CREATE INDEX passages_to_embed_of ON passages (sha256) WHERE vector_key IS NULL;
CREATE INDEX passages_to_index ON passages (id) WHERE vector_key IS NOT NULL AND is_indexed = 0;

CREATE TABLE vectors (
    key TEXT PRIMARY KEY,                   -- SHA-256 of the embedder's version and the text that was embedded
    vector BLOB NOT NULL                    -- little-endian float32, length 1
) STRICT, WITHOUT ROWID;

CREATE TABLE forgotten (id INTEGER PRIMARY KEY) STRICT;  -- passages that Chroma has yet to forget

CREATE VIRTUAL TABLE lexical USING fts5(
    title, section, text, content='passages', content_rowid='id', tokenize='porter unicode61 remove_diacritics 2'
);
CREATE TRIGGER passage_added AFTER INSERT ON passages BEGIN
    INSERT INTO lexical (rowid, title, section, text) VALUES (new.id, new.title, new.section, new.text);
END;
CREATE TRIGGER passage_removed AFTER DELETE ON passages BEGIN
    INSERT INTO lexical (lexical, rowid, title, section, text)
        VALUES ('delete', old.id, old.title, old.section, old.text);
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
    answer TEXT NOT NULL                    -- JSON of an Answer
) STRICT;
CREATE INDEX turns_of_conversation ON turns (conversation, id);

CREATE TABLE connections (at REAL NOT NULL, address TEXT NOT NULL, purpose TEXT NOT NULL) STRICT;
CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

PRAGMA user_version = 2;
