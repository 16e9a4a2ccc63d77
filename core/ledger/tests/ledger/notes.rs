//! Notes and checkpoints: the good are read, each bad file is refused for its own reason.
//!
//! The files in `testdata` are made by `bad_notes` and `good_notes` below:
//! `cargo test -p chop-ledger -- --ignored write_the_files`.

use std::collections::BTreeMap;
use std::path::PathBuf;

use chop_crypto::encoding::to_base64;
use chop_ledger::{
    LedgerError, NoteError, Origin, TlogProofError, UnverifiedNote, UnverifiedTlogProof, VerifiedCheckpoint,
    VerifierKey, empty_root, inclusion_proof, leaf_hash, tlog_proof_text,
};

use crate::world::{Log, tree};

fn log() -> Log {
    Log::new("testdata")
}

pub(crate) fn bad_notes() -> Vec<(&'static str, String, NoteError)> {
    use NoteError as E;
    let log = log();
    let good = log.checkpoint(7, tree(7).roots[7]);
    let origin = log.origin().to_owned();
    let root = to_base64(&[5; 32]);
    let line = good.split("\n\n").nth(1).unwrap().to_owned();
    let signed = |text: &str| log.note(text);
    let stranger = Log::new("stranger");
    let foreign_line = {
        let text = good.split_inclusive('\n').take(3).collect::<String>();
        stranger.note(&text).split("\n\n").nth(1).unwrap().to_owned()
    };
    let with_line = |line: String| good.split_inclusive('\n').take(4).collect::<String>() + &line;
    let encoded = |bytes: &[u8]| format!("\u{2014} {origin} {}\n", to_base64(bytes));
    let id = chop_crypto::encoding::from_base64(line.trim_end().rsplit(' ').next().unwrap()).unwrap();
    vec![
        ("no-final-newline", good.trim_end().to_owned(), E::Malformed),
        ("no-empty-line", good.replace("\n\n", "\n"), E::Malformed),
        ("no-signature", with_line(String::new()), E::Malformed),
        ("control-character", good.replacen('7', "7\u{7}", 1), E::Malformed),
        ("carriage-return", good.replace('\n', "\r\n"), E::Malformed),
        ("byte-order-mark", format!("\u{feff}{good}"), E::BadSignature),
        ("hyphen-for-dash", with_line(line.replace('\u{2014}', "-")), E::Malformed),
        ("signature-not-base64", with_line(line.replace('=', "!")), E::Malformed),
        ("signature-without-padding", with_line(line.replace('=', "")), E::Malformed),
        ("signature-empty", with_line(encoded(&id[..4])), E::Malformed),
        ("signature-too-short", with_line(encoded(&id[..67])), E::BadSignature),
        ("signature-too-long", with_line(encoded(&[id.clone(), vec![0]].concat())), E::BadSignature),
        ("signature-changed", with_line(encoded(&[&id[..67], &[id[67] ^ 1]].concat())), E::BadSignature),
        ("text-changed", good.replacen("\n7\n", "\n8\n", 1), E::BadSignature),
        ("key-name-with-plus", with_line(line.replacen(&origin, "a+b", 1)), E::Malformed),
        ("key-name-with-space", with_line(line.replacen(&origin, "a\u{3000}b", 1)), E::Malformed),
        ("key-id-of-another", with_line(encoded(&[&[0, 0, 0, 0], &id[4..]].concat())), E::UnknownSigner),
        ("unknown-key", with_line(foreign_line.clone()), E::UnknownSigner),
        ("second-signature", good.clone() + &foreign_line, E::NotAlone),
        ("signature-twice", good.clone() + &line, E::NotAlone),
        ("too-many-signatures", good.clone() + &foreign_line.repeat(64), E::TooLarge),
        ("extension-line", signed(&format!("{origin}\n7\n{root}\nextra\n")), E::Extension),
        ("empty-line-in-text", signed(&format!("{origin}\n7\n{root}\n\nextra\n")), E::NotACheckpoint),
        ("two-lines", signed(&format!("{origin}\n7\n")), E::NotACheckpoint),
        ("no-origin", signed(&format!("\n7\n{root}\n")), E::NotACheckpoint),
        ("size-with-leading-zero", signed(&format!("{origin}\n07\n{root}\n")), E::NotACheckpoint),
        ("size-with-plus", signed(&format!("{origin}\n+7\n{root}\n")), E::NotACheckpoint),
        ("size-negative", signed(&format!("{origin}\n-7\n{root}\n")), E::NotACheckpoint),
        ("size-beyond-u64", signed(&format!("{origin}\n18446744073709551616\n{root}\n")), E::NotACheckpoint),
        ("size-too-large", signed(&format!("{origin}\n4611686018427387905\n{root}\n")), E::TooManyLeaves),
        ("root-too-short", signed(&format!("{origin}\n7\n{}\n", to_base64(&[5; 31]))), E::NotACheckpoint),
        ("root-in-base64url", signed(&format!("{origin}\n7\n{}\n", "_".repeat(43))), E::NotACheckpoint),
        ("empty-tree-with-a-root", signed(&format!("{origin}\n0\n{root}\n")), E::EmptyRoot),
        ("origin-of-another-log", signed(&format!("{}\n7\n{root}\n", stranger.origin())), E::WrongOrigin),
    ]
}

fn good_notes() -> Vec<(&'static str, String)> {
    let log = log();
    vec![
        ("seven-leaves", log.checkpoint(7, tree(7).roots[7])),
        ("no-leaves", log.checkpoint(0, empty_root())),
    ]
}

#[test]
fn every_bad_note_is_refused_for_its_own_reason() {
    let files = files("bad");
    let made = bad_notes();
    assert_eq!(files.keys().cloned().collect::<Vec<_>>(), names(made.iter().map(|(name, ..)| *name)));
    for (name, text, error) in made {
        assert_eq!(files[name], text, "{name} is not the file that is made here");
        assert_eq!(VerifiedCheckpoint::read(&text, &log().vkey).err(), Some(error), "{name}");
    }
}

#[test]
fn good_notes_are_read() {
    let files = files("good");
    for (name, text) in good_notes() {
        assert_eq!(files[name], text, "{name} is not the file that is made here");
        let read = VerifiedCheckpoint::read(&text, &log().vkey).unwrap();
        assert_eq!(read.note(), text);
        assert_eq!(read.checkpoint().origin, log().origin());
    }
}

/// Row 35 of protocol.md section 6: a checkpoint with an unknown key.
#[test]
fn row_35_unknown_keys_are_passed_over_but_never_enough() {
    let (log, witness) = (log(), Log::new("witness"));
    let note = log.checkpoint(7, tree(7).roots[7]);
    let text = note.split_inclusive('\n').take(3).collect::<String>();
    let cosigned = note.clone() + witness.note(&text).split("\n\n").nth(1).unwrap();
    assert!(VerifiedCheckpoint::read_cosigned(&cosigned, &log.vkey).is_ok());
    let parsed = UnverifiedNote::parse(&cosigned).unwrap();
    assert!(parsed.clone().verify(&[&log.vkey, &witness.vkey]).is_ok());
    let nobody = Log::new("nobody");
    assert_eq!(parsed.verify(&[&nobody.vkey]).err(), Some(NoteError::UnknownSigner));
    assert_eq!(VerifiedCheckpoint::read(&cosigned, &log.vkey).err(), Some(NoteError::NotAlone));
    // A witness's key signs, but does not speak for the log.
    assert_eq!(
        VerifiedCheckpoint::read_cosigned(&cosigned, &witness.vkey).err(),
        Some(NoteError::WrongOrigin)
    );
}

/// Row 35 of protocol.md section 6: one known key's bad signature spoils the note.
#[test]
fn row_35_a_known_key_whose_signature_fails_spoils_the_note() {
    let (log, witness) = (log(), Log::new("witness"));
    let note = log.checkpoint(7, tree(7).roots[7]);
    let spoilt = note + witness.note("another text\n").split("\n\n").nth(1).unwrap();
    let parsed = UnverifiedNote::parse(&spoilt).unwrap();
    assert_eq!(parsed.clone().verify(&[&log.vkey, &witness.vkey]).err(), Some(NoteError::BadSignature));
    assert!(parsed.verify(&[&log.vkey]).is_ok());
}

/// Row 35 of protocol.md section 6: extension lines and size 0.
#[test]
fn row_35_extension_lines_and_empty_trees() {
    let log = log();
    let root = to_base64(&[5; 32]);
    let extended = log.note(&format!("{}\n7\n{root}\nextra\n", log.origin()));
    assert_eq!(VerifiedCheckpoint::read(&extended, &log.vkey).err(), Some(NoteError::Extension));
    assert_eq!(VerifiedCheckpoint::read_cosigned(&extended, &log.vkey).unwrap().checkpoint().size, 7);
    assert_eq!(
        VerifiedCheckpoint::read(&log.checkpoint(0, [5; 32]), &log.vkey).err(),
        Some(NoteError::EmptyRoot)
    );
    assert!(VerifiedCheckpoint::read(&log.checkpoint(0, empty_root()), &log.vkey).is_ok());
}

#[test]
fn a_key_has_one_text() {
    let key = log().vkey;
    let text = key.to_string();
    assert_eq!(VerifierKey::parse(&text), Ok(key));
    let (name, rest) = text.split_once('+').unwrap();
    let (id, encoded) = rest.split_once('+').unwrap();
    let upper = format!("{name}+{}+{encoded}", id.to_uppercase());
    let ecdsa = format!("{name}+{id}+{}", to_base64(&[&[2u8][..], &[1; 32]].concat()));
    let short = format!("{name}+{id}+{}", to_base64(&[&[1u8][..], &[1; 31]].concat()));
    for bad in [
        "",
        "name",
        &format!("{name}+{id}"),
        &format!("{name}+00000000+{encoded}"),
        &ecdsa,
        &short,
        &format!("+{id}+{encoded}"),
        &format!("{text} "),
        &upper,
    ] {
        if bad != text {
            assert_eq!(VerifierKey::parse(bad), Err(NoteError::BadKey), "{bad}");
        }
    }
    assert_eq!(VerifierKey::new("a b", [1; 32]), Err(NoteError::BadKey));
}

#[test]
fn origins_are_random_and_have_one_form() {
    let origin = Origin::make(&chop_crypto::OsRandom).unwrap();
    assert_eq!(Origin::parse(origin.as_str()), Ok(origin.clone()));
    assert_ne!(Origin::make(&chop_crypto::OsRandom).unwrap(), origin);
    let start = "chop.invalid/aaaaaaaaaaaaaaaaaaaaaaaaa";
    assert!(Origin::parse(&format!("{start}a")).is_ok());
    for bad in [
        format!("{start}b"),
        format!("{start}A"),
        format!("{start}aa"),
        start.to_owned(),
        format!("example.com/{}", "a".repeat(26)),
    ] {
        assert_eq!(Origin::parse(&bad), Err(NoteError::WrongOrigin), "{bad}");
    }
}

#[test]
fn a_proof_text_proves_its_entry_and_no_other() {
    let (log, all) = (log(), tree(9));
    let note = log.checkpoint(9, all.roots[9]);
    let proof = inclusion_proof(4, 9, all.stored.as_slice()).unwrap();
    for extra in [&b""[..], b"salt and entry"] {
        let text = tlog_proof_text(4, &proof, &note, extra);
        let parsed = UnverifiedTlogProof::parse(&text).unwrap();
        let verified = parsed.clone().verify(&all.leaves[4], &log.vkey).unwrap();
        assert_eq!((verified.index, verified.dangerous_extra.as_slice()), (4, extra));
        let other = parsed.verify(&leaf_hash(b"another"), &log.vkey);
        assert_eq!(other.err(), Some(TlogProofError::Proof(LedgerError::WrongRoot)));
    }
    let text = tlog_proof_text(4, &proof, &note, b"x");
    for (bad, why) in [
        (text.replace("@v1", "@v2"), "version"),
        (text.replace("index 4", "index 04"), "leading zero"),
        (text.replace("index 4", "index 18446744073709551616"), "beyond u64"),
        (text.replace("index 4", "Index 4"), "word"),
        (text.replace("extra eA==", "extra eB=="), "base64 with trailing bits"),
        (text.replace("extra eA==", "extra "), "empty extra"),
        (text.replace("\n\n", "\n"), "no empty line"),
        (text.replace("index 4\n", "index 4\nAAAA\n"), "short hash"),
        (tlog_proof_text(4, &[[0; 32]; 64], &note, b""), "too many hashes"),
    ] {
        let parsed = UnverifiedTlogProof::parse(&bad);
        assert_eq!(parsed.err(), Some(LedgerError::BadProofText), "{why}");
    }
}

#[test]
#[ignore = "writes testdata; run it when bad_notes or good_notes changes"]
fn write_the_files() {
    let good = good_notes();
    let bad = bad_notes();
    let good = good.iter().map(|(name, text)| ("good", name, text));
    for (kind, name, text) in good.chain(bad.iter().map(|(name, text, _)| ("bad", name, text))) {
        std::fs::create_dir_all(folder(kind)).unwrap();
        std::fs::write(folder(kind).join(name), text).unwrap();
    }
}

fn names<'a>(names: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut names: Vec<String> = names.map(str::to_owned).collect();
    names.sort();
    names
}

pub(crate) fn files(kind: &str) -> BTreeMap<String, String> {
    let entries = std::fs::read_dir(folder(kind)).unwrap().map(|entry| entry.unwrap());
    entries
        .map(|entry| {
            let name = entry.file_name().into_string().unwrap();
            (name, std::fs::read_to_string(entry.path()).unwrap())
        })
        .collect()
}

fn folder(kind: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("testdata/checkpoint").join(kind)
}
