-- The schema of version 5, as it was: what a library that it made is tried with.
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
PRAGMA user_version = 5;
