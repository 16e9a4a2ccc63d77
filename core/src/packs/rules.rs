//! Rule packs, as `chop-policy` reads them.

use chop_formats::signed_pack::{SignedPack, SignedPackRule};
use chop_policy::{Pack, PackRef};

use super::PackRefusal;
use crate::Result;

/// The pack that came with the program.
pub(super) fn built_in() -> Result<Pack> {
    Ok(Pack::built_in()?)
}

/// A pack that came with the program, superseded ones included.
pub(super) fn compiled_in(id: &str, version: &str) -> Result<Option<Pack>> {
    Ok(Pack::compiled_in(&PackRef { id: id.to_owned(), version: version.to_owned() })?)
}

/// The rules in a pack, which names itself as the pack does.
pub(super) fn read(content: &SignedPack) -> Result<Pack> {
    let pack = Pack::read(&content.text)?;
    let reference = pack.reference();
    if reference.id != content.id || reference.version != content.version {
        return Err(PackRefusal::Disagrees.into());
    }
    Ok(pack)
}

/// Whether a pack is whole, is not an older one of the program's own, and does not take the name of one
/// that came with it: old grants are judged again by that name.
pub(super) fn check(content: &SignedPack) -> Result<()> {
    let own = built_in()?.reference();
    read(content)?;
    if content.id == own.id && !is_newer(&content.version, &own.version) {
        return Err(SignedPackRule::Older.into());
    }
    match compiled_in(&content.id, &content.version)? {
        Some(_) => Err(PackRefusal::IdTaken.into()),
        None => Ok(()),
    }
}

/// The purposes that a pack knows.
pub(super) fn purposes(content: &SignedPack) -> Result<Vec<String>> {
    Ok(read(content)?.purposes().map(|purpose| purpose.code.clone()).collect())
}

/// Whether `2026.10` is newer than `2026.2`: parts between dots, as numbers where they are numbers.
pub(super) fn is_newer(one: &str, other: &str) -> bool {
    let parts = |version: &str| -> Vec<(u64, String)> {
        version.split('.').map(|part| (part.parse().unwrap_or(0), part.to_owned())).collect()
    };
    parts(one) > parts(other)
}
