//! The schema, in words first.
//!
//! A space keeps two kinds of rows. **Facts** are what happened and what is held; each is committed
//! in the log by `[table, key, digest]` (see [`crate::facts`]), so that a changed, missing or added
//! row is found. **Derived** rows can be made again from facts: the tree's inner hashes, the search
//! index.
//!
//! *What happened.* `log` is a Merkle log: row `seq` holds the 32-byte commitment to one entry and
//! the entry itself, sealed under a key of its own. Salt and key of an entry stand in `keyring`, so
//! that destroying one row erases one entry for good while its leaf, and every proof over it, stays.
//! `tile` holds the nodes of the tree (derived), `checkpoint` the signed heads.
//!
//! *What is held.* An `item` is a credential or a data item; `version` keeps every state it had, each
//! body sealed under its own key; large files are cut into sealed `chunk`s, covered by the file seal
//! in their version. `search` is the index over titles, issuers and searchable claims (derived). An
//! erased item keeps its row, emptied. `item.row` numbers items in the order they
//! came, which is the order in which search answers.
//!
//! *What is going on.* An `exchange` is one request being asked or answered; (role, client_id, nonce)
//! is unique in the database, so the same request is never answered twice, whatever its signature's
//! bytes. `artefact` keeps the very bytes that were sent or received: only stored bytes are sent
//! again. `secret` holds the exchange's keys until they are destroyed. A `ticket` is an intent in the
//! log that waits for its outcome. An `offer` is a grant that waits at a relay, or one that is being
//! claimed there.
//!
//! *What the holder says of it.* A `mark` says how an item is shared and whom it is about; a `profile` is
//! somebody for whom the owner acts, a child under a guardian.
//!
//! *What was agreed.* A `consent` is what became of one: its state, its uses and the latest time it has
//! seen. Its record is an artefact and does not change. A `remedy` is what the holder asked of a recipient
//! afterwards, and how far that is.
//!
//! *Whom to believe.* `trust` keeps every trust list that was accepted, `pack` every rule pack and
//! catalogue, superseded ones too, `status_list` of each address the newest list of statuses: an older
//! one would make a revoked credential good again. `meta` holds single values:
//! names of keys, the state of the space.
//!
//! Spending is one transaction over most of these tables and must cost little more than writing the
//! same bytes, so keys are short and run in order where they can, and there is no index that a rare
//! scan can do without.
//!
//! Rules. All tables are STRICT. Statements are constants and values are bound. A fact's erasable
//! content is covered by 32 random bytes in the same row, so that its digest says nothing once the
//! row is emptied. Steps are only ever appended; each brings the schema one version further.

use crate::table::{consent, mark, offer, pack, profile, remedy, status_list, tile};
use crate::{Tx, VaultError, search};

/// "CHOP" in the database's header.
pub(crate) const APPLICATION_ID: i32 = 0x4348_4F50;

/// `STEPS[n]` brings version `n` to version `n + 1`. Never edit one that was released.
pub(crate) const STEPS: &[Step] = &[
    Step { sql: &[FIRST], then: |_| Ok(()) },
    // Hashes in tiles instead of one row each, a request answered once by the database's own word, and
    // an index to search.
    Step {
        sql: &[SECOND],
        then: |tx| {
            tile::rebuild(tx)?;
            search::rebuild(tx)
        },
    },
    // Law and relay: one table, one file; each brings its own statements.
    Step { sql: THIRD, then: |_| Ok(()) },
];

/// The statements of version 3, in the order in which they run: each table's own file holds them.
const THIRD: &[&str] = &[
    mark::SCHEMA,
    pack::SCHEMA,
    profile::SCHEMA,
    status_list::SCHEMA,
    consent::SCHEMA,
    offer::SCHEMA,
    remedy::SCHEMA,
];

/// One version further: statements, then what cannot be said in SQL.
pub(crate) struct Step {
    pub(crate) sql: &'static [&'static str],
    pub(crate) then: fn(&Tx<'_>) -> Result<(), VaultError>,
}

const SECOND: &str = "
DROP TABLE hash;
CREATE TABLE tile(
    id     INTEGER PRIMARY KEY,
    hashes BLOB NOT NULL
) STRICT;
CREATE INDEX artefact_by_digest ON artefact(digest) WHERE kind IN (2, 5);
CREATE UNIQUE INDEX exchange_once ON exchange(role, client_id, nonce);
CREATE VIRTUAL TABLE search USING fts5(words, tokenize = 'ascii', columnsize = 0, prefix = '1 2 3');
INSERT INTO search(search, rank) VALUES('secure-delete', 1);
";

const FIRST: &str = "
CREATE TABLE meta(
    name  TEXT PRIMARY KEY,
    value BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE log(
    seq  INTEGER PRIMARY KEY,
    leaf BLOB NOT NULL CHECK(length(leaf) = 32),
    body BLOB
) STRICT;
CREATE TABLE keyring(
    seq  INTEGER PRIMARY KEY,
    salt BLOB NOT NULL CHECK(length(salt) = 32),
    key  BLOB NOT NULL CHECK(length(key) = 32)
) STRICT;
CREATE TABLE hash(
    id   INTEGER PRIMARY KEY,
    hash BLOB NOT NULL CHECK(length(hash) = 32)
) STRICT;
CREATE TABLE checkpoint(
    size INTEGER PRIMARY KEY,
    note TEXT NOT NULL
) STRICT;

CREATE TABLE item(
    row         INTEGER PRIMARY KEY,
    id          BLOB NOT NULL UNIQUE CHECK(length(id) = 16),
    shelf       INTEGER NOT NULL,
    format      TEXT NOT NULL,
    doc_type    TEXT NOT NULL,
    title       TEXT NOT NULL,
    issuer      TEXT NOT NULL,
    state       INTEGER NOT NULL,
    version     INTEGER NOT NULL,
    created_at  INTEGER NOT NULL,
    updated_at  INTEGER NOT NULL,
    expires_at  INTEGER,
    seal        INTEGER NOT NULL,
    seal_reason TEXT NOT NULL,
    salt        BLOB NOT NULL
) STRICT;
CREATE INDEX item_on_shelf ON item(shelf, updated_at) WHERE state = 1;
CREATE INDEX item_by_time ON item(updated_at) WHERE state = 1;
CREATE INDEX item_by_type ON item(shelf, doc_type, updated_at) WHERE state = 1;

CREATE TABLE version(
    item      BLOB NOT NULL REFERENCES item(id),
    no        INTEGER NOT NULL,
    added_at  INTEGER NOT NULL,
    mime      TEXT NOT NULL,
    size      INTEGER NOT NULL,
    name      TEXT NOT NULL,
    body_key  BLOB,
    body      BLOB,
    file_salt BLOB,
    file_seal BLOB,
    PRIMARY KEY(item, no)
) STRICT;
CREATE TABLE chunk(
    item  BLOB NOT NULL,
    no    INTEGER NOT NULL,
    part  INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY(item, no, part)
) STRICT;

CREATE TABLE exchange(
    id         BLOB PRIMARY KEY CHECK(length(id) = 16),
    role       INTEGER NOT NULL,
    state      INTEGER NOT NULL,
    client_id  TEXT NOT NULL,
    nonce      TEXT NOT NULL,
    peer_name  TEXT NOT NULL,
    purpose    TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE artefact(
    seq      INTEGER PRIMARY KEY,
    exchange BLOB NOT NULL,
    kind     INTEGER NOT NULL,
    digest   BLOB NOT NULL CHECK(length(digest) = 32),
    iss      TEXT,
    jti      TEXT,
    bytes    BLOB NOT NULL
) STRICT;
CREATE INDEX artefact_of_exchange ON artefact(exchange, kind);
CREATE UNIQUE INDEX artefact_by_jti ON artefact(kind, iss, jti) WHERE jti IS NOT NULL;
CREATE TABLE secret(
    exchange BLOB NOT NULL,
    kind     INTEGER NOT NULL,
    value    BLOB NOT NULL CHECK(length(value) >= 32),
    PRIMARY KEY(exchange, kind)
) STRICT, WITHOUT ROWID;
CREATE TABLE ticket(
    seq        INTEGER PRIMARY KEY,
    exchange   BLOB NOT NULL,
    kind       INTEGER NOT NULL,
    state      INTEGER NOT NULL,
    closed_seq INTEGER
) STRICT;

CREATE TABLE trust(
    fingerprint TEXT NOT NULL,
    seq         INTEGER NOT NULL,
    text        TEXT NOT NULL,
    added_at    INTEGER NOT NULL,
    PRIMARY KEY(fingerprint, seq)
) STRICT;
";
