//! The one encoding of a pack.

use chop_crypto::{Digest, P256PublicKey};

use super::{HolderEvidence, PackContents, PackEntry, PackError, PackOpening, PackPresentation, Side};
use crate::cbor::{CborError, Deterministic, Kind, Reader, Writer};

/// Longest pack, in bytes.
pub const MAX_PACK_BYTES: usize = 4 * 1024 * 1024;
/// Most entries in a pack.
pub const MAX_PACK_ENTRIES: usize = 1024;
/// Most presentations in a pack.
const MAX_PRESENTATIONS: usize = 64;

const MAGIC: &str = "chop-proof";
const VERSION: u64 = 1;

/// Writes the file.
pub(super) fn write(contents: &PackContents) -> Result<Vec<u8>, PackError> {
    let PackContents { side, log_key, checkpoint, entries, presentations, opening, .. } = contents;
    if entries.len() > MAX_PACK_ENTRIES || presentations.len() > MAX_PRESENTATIONS {
        return Err(PackError::TooLarge);
    }
    let mut w = Writer::new();
    w.array(8).text(MAGIC).uint(VERSION);
    w.uint(match side {
        Side::Holder => 1,
        Side::Verifier => 2,
    });
    w.array(2).text(log_key).text(checkpoint);
    w.array(entries.len());
    for PackEntry { index, salt, bytes, proof } in entries {
        w.array(4).uint(*index).bytes(salt).bytes(bytes);
        write_hashes(&mut w, proof);
    }
    write_objects(&mut w, contents);
    w.array(presentations.len());
    for PackPresentation { key_binding, holder } in presentations {
        w.array(2).text(key_binding);
        match holder {
            HolderEvidence::Key(key) => w.bytes(key.as_sec1()),
            HolderEvidence::Credential(jwt) => w.text(jwt),
        };
    }
    match opening {
        None => w.null(),
        Some(PackOpening { salt, note, proof }) => {
            w.array(3).bytes(salt).text(note);
            write_hashes(&mut w, proof);
            &mut w
        }
    };
    let bytes = w.finish();
    if bytes.len() > MAX_PACK_BYTES { Err(PackError::TooLarge) } else { Ok(bytes) }
}

fn write_objects(w: &mut Writer, contents: &PackContents) {
    let PackContents { request, grant, delivery, consent_record, ack, used, refused, erased, .. } = contents;
    let rest = [delivery, ack, used, refused, erased];
    let count = 2 + rest.iter().filter(|text| text.is_some()).count() + usize::from(consent_record.is_some());
    w.map(count).uint(1).text(request).uint(2).text(grant);
    write_text(w, 3, delivery.as_deref());
    if let Some(record) = consent_record {
        w.uint(4).bytes(record);
    }
    write_text(w, 5, ack.as_deref());
    write_text(w, 6, used.as_deref());
    write_text(w, 7, refused.as_deref());
    write_text(w, 8, erased.as_deref());
}

fn write_text(w: &mut Writer, label: u64, text: Option<&str>) {
    if let Some(text) = text {
        w.uint(label).text(text);
    }
}

fn write_hashes(w: &mut Writer, hashes: &[Digest]) {
    w.array(hashes.len());
    for hash in hashes {
        w.bytes(hash);
    }
}

/// Reads the file.
pub(super) fn read(bytes: &[u8]) -> Result<PackContents, PackError> {
    let checked = Deterministic::check(bytes, MAX_PACK_BYTES).map_err(|error| match error {
        CborError::TooLarge => PackError::TooLarge,
        CborError::NotDeterministic => PackError::NotCanonical,
        _ => PackError::Malformed,
    })?;
    let mut r = checked.reader();
    r.array(8)?;
    if r.text()? != MAGIC {
        return Err(PackError::Malformed);
    }
    if r.uint()? != VERSION {
        return Err(PackError::UnknownVersion);
    }
    let side = match r.uint()? {
        1 => Side::Holder,
        2 => Side::Verifier,
        _ => return Err(PackError::Malformed),
    };
    r.array(2)?;
    let (log_key, checkpoint) = (r.text()?.to_owned(), r.text()?.to_owned());
    let entries = read_list(&mut r, MAX_PACK_ENTRIES, read_entry)?;
    let objects = read_objects(&mut r)?;
    let presentations = read_list(&mut r, MAX_PRESENTATIONS, read_presentation)?;
    let opening = read_opening(&mut r)?;
    r.finish()?;
    Ok(PackContents { side, log_key, checkpoint, entries, presentations, opening, ..objects })
}

fn read_list<T>(
    r: &mut Reader<'_>,
    most: usize,
    read: impl Fn(&mut Reader<'_>) -> Result<T, PackError>,
) -> Result<Vec<T>, PackError> {
    let count = r.array_up_to(most)?;
    (0..count).map(|_| read(r)).collect()
}

fn read_entry(r: &mut Reader<'_>) -> Result<PackEntry, PackError> {
    r.array(4)?;
    Ok(PackEntry {
        index: r.uint()?,
        salt: r.array_of()?,
        bytes: r.bytes()?.to_vec(),
        proof: read_hashes(r)?,
    })
}

fn read_presentation(r: &mut Reader<'_>) -> Result<PackPresentation, PackError> {
    r.array(2)?;
    let key_binding = r.text()?.to_owned();
    let holder = match r.kind()? {
        Kind::Bytes => {
            HolderEvidence::Key(P256PublicKey::from_sec1(r.bytes()?).map_err(|_| PackError::Malformed)?)
        }
        _ => HolderEvidence::Credential(r.text()?.to_owned()),
    };
    Ok(PackPresentation { key_binding, holder })
}

fn read_opening(r: &mut Reader<'_>) -> Result<Option<PackOpening>, PackError> {
    if r.kind()? == Kind::Null {
        r.null()?;
        return Ok(None);
    }
    r.array(3)?;
    Ok(Some(PackOpening { salt: r.array_of()?, note: r.text()?.to_owned(), proof: read_hashes(r)? }))
}

fn read_hashes(r: &mut Reader<'_>) -> Result<Vec<Digest>, PackError> {
    read_list(r, chop_ledger::MAX_PROOF_HASHES, |r| Ok(r.array_of()?))
}

/// The objects, in a pack that has nothing else yet.
fn read_objects(r: &mut Reader<'_>) -> Result<PackContents, PackError> {
    let count = r.map_up_to(8)?;
    let mut texts: [Option<String>; 9] = Default::default();
    let mut consent_record = None;
    // Labels rise, as the deterministic form demands, so none comes twice.
    for _ in 0..count {
        match r.uint()? {
            4 => consent_record = Some(r.bytes()?.to_vec()),
            label => {
                let place = usize::try_from(label).ok().filter(|label| *label > 0);
                let slot = place.and_then(|place| texts.get_mut(place)).ok_or(PackError::Malformed)?;
                *slot = Some(r.text()?.to_owned());
            }
        }
    }
    let [_, request, grant, delivery, _, ack, used, refused, erased] = texts;
    Ok(PackContents {
        side: Side::Holder,
        log_key: String::new(),
        checkpoint: String::new(),
        entries: Vec::new(),
        request: request.ok_or(PackError::Malformed)?,
        grant: grant.ok_or(PackError::Malformed)?,
        delivery,
        consent_record,
        ack,
        used,
        refused,
        erased,
        presentations: Vec::new(),
        opening: None,
    })
}

impl From<CborError> for PackError {
    fn from(_: CborError) -> Self {
        Self::Malformed
    }
}
