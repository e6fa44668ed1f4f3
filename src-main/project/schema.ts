/** The tables, a format each. Never edited: a change is a migration. docs/formats/project.md describes them for others. */
export const schemaOfVersion1 = `
CREATE TABLE setting (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL -- JSON
) STRICT, WITHOUT ROWID;

-- At most one row: what the items are framed to, and how many records of the pixel store are valid.
CREATE TABLE collection (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  origin TEXT NOT NULL,
  framing TEXT NOT NULL, -- JSON
  pixel_file TEXT NOT NULL, -- a name in collection/
  count INTEGER NOT NULL,
  data_hash TEXT NOT NULL
) STRICT;

CREATE TABLE import (
  id INTEGER PRIMARY KEY,
  origin TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('running', 'interrupted', 'finished')),
  started_at REAL NOT NULL,
  -- The collection before it, to go back to when it is cancelled.
  first_item INTEGER NOT NULL
) STRICT;

-- id is the item's record in the pixel store plus one.
CREATE TABLE item (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  source TEXT, -- where its original was, to be shown in the system's file browser
  width INTEGER NOT NULL,
  height INTEGER NOT NULL,
  content_hash TEXT NOT NULL,
  held_out INTEGER NOT NULL,
  duplicate_of INTEGER REFERENCES item (id),
  rating INTEGER NOT NULL DEFAULT 0,
  added_at REAL NOT NULL,
  attributes TEXT NOT NULL DEFAULT '{}', -- JSON: name to number, string or strings
  search TEXT NOT NULL -- name, categories and tags in lower case
) STRICT;
CREATE INDEX item_by_hash ON item (content_hash);
CREATE INDEX item_by_name ON item (name COLLATE NOCASE);
CREATE INDEX item_by_original ON item (duplicate_of) WHERE duplicate_of IS NOT NULL;
CREATE INDEX item_by_rating ON item (rating DESC) WHERE rating > 0;

CREATE TABLE attribute (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (kind IN ('number', 'category', 'tags')),
  least REAL,
  greatest REAL,
  present INTEGER NOT NULL DEFAULT 0 -- items that have a value
) STRICT;
CREATE TABLE attribute_label (
  attribute INTEGER NOT NULL REFERENCES attribute (id) ON DELETE CASCADE,
  label TEXT NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (attribute, label)
) STRICT, WITHOUT ROWID;

CREATE TABLE import_problem (
  id INTEGER PRIMARY KEY,
  import INTEGER NOT NULL REFERENCES import (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  code TEXT NOT NULL,
  message TEXT NOT NULL
) STRICT;

CREATE TABLE run (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  state TEXT NOT NULL,
  recipe TEXT NOT NULL, -- JSON
  reasons TEXT NOT NULL, -- JSON
  seed INTEGER NOT NULL,
  backend TEXT NOT NULL,
  versions TEXT NOT NULL, -- JSON
  data_hash TEXT NOT NULL,
  parameters INTEGER NOT NULL,
  created_at REAL NOT NULL,
  seconds REAL NOT NULL DEFAULT 0,
  step INTEGER NOT NULL DEFAULT 0,
  epoch REAL NOT NULL DEFAULT 0,
  diagnosis TEXT, -- JSON
  failure TEXT,
  facts TEXT NOT NULL DEFAULT '{}' -- JSON: what training must find again to go on as if never interrupted
) STRICT;

CREATE TABLE metric (
  run INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
  step INTEGER NOT NULL,
  split TEXT NOT NULL CHECK (split IN ('train', 'validation')),
  epoch REAL NOT NULL,
  seconds REAL NOT NULL,
  negative_elbo REAL NOT NULL,
  reconstruction REAL NOT NULL,
  kl REAL NOT NULL,
  active_units INTEGER NOT NULL,
  gradient_norm REAL NOT NULL,
  skipped INTEGER NOT NULL,
  rate REAL NOT NULL,
  learning_rate REAL NOT NULL,
  PRIMARY KEY (run, step, split)
) STRICT, WITHOUT ROWID;

CREATE TABLE checkpoint (
  id TEXT PRIMARY KEY,
  run INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
  file TEXT NOT NULL, -- a name in runs/<run>/
  step INTEGER NOT NULL,
  epoch REAL NOT NULL,
  saved_at REAL NOT NULL,
  validation REAL,
  best INTEGER NOT NULL DEFAULT 0,
  size INTEGER NOT NULL,
  damaged INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE INDEX checkpoint_by_run ON checkpoint (run, step);

CREATE TABLE latents (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  run INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
  checkpoint TEXT NOT NULL,
  file TEXT NOT NULL, -- a name in runs/<run>/
  UNIQUE (run, checkpoint)
) STRICT;

CREATE TABLE map (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  run INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
  method TEXT NOT NULL,
  checkpoint TEXT NOT NULL,
  made_at REAL NOT NULL,
  UNIQUE (run, method)
) STRICT;

CREATE TABLE variant (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  starred INTEGER NOT NULL DEFAULT 0,
  rating INTEGER NOT NULL DEFAULT 0,
  run INTEGER NOT NULL REFERENCES run (id),
  checkpoint TEXT NOT NULL,
  latent BLOB NOT NULL, -- float32, little endian
  source TEXT NOT NULL, -- JSON
  parent INTEGER REFERENCES variant (id) ON DELETE SET NULL,
  created_at REAL NOT NULL,
  deleted_at REAL,
  width INTEGER NOT NULL,
  height INTEGER NOT NULL,
  channels INTEGER NOT NULL,
  pixels BLOB NOT NULL -- uint8 [height, width, channels]
) STRICT;

CREATE TABLE recipe (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE,
  recipe TEXT NOT NULL, -- JSON
  saved_at REAL NOT NULL
) STRICT;

-- Undo steps of one line of editing each (the board, the sliders of a run): those at or below its position are done.
CREATE TABLE history (
  line TEXT NOT NULL,
  position INTEGER NOT NULL,
  at REAL NOT NULL,
  label TEXT NOT NULL,
  step TEXT NOT NULL, -- JSON
  PRIMARY KEY (line, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE history_position (
  line TEXT PRIMARY KEY,
  position INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`

export const notesOfVersion2 = `
-- What is worth knowing about files that were imported all the same.
CREATE TABLE import_note (
  id INTEGER PRIMARY KEY,
  import INTEGER NOT NULL REFERENCES import (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  message TEXT NOT NULL
) STRICT;
`
