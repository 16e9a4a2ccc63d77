//! 亮证: what stands on the screen while somebody looks at it. The record has its line first.

use std::io::Write;

use chop_core::holdings::Form;
use chop_core::notice::Words;
use chop_core::plumbing::crypto::encoding::to_base64;
use chop_core::plumbing::model::ItemId;
use chop_core::{Result, Wallet};

use crate::dto::fields::LeafKind;
use crate::dto::item::{ShownCard, ShownField};
use crate::holdings::fields::{read, reveal};
use crate::holdings::item;

/// Writes the line, then gives what is shown: the `clear` fields legible, every other behind its mask, the
/// portrait if one is held.
pub(crate) fn open(
    wallet: &Wallet,
    words: &Words,
    id: &ItemId,
    to: &str,
    clear: &[String],
) -> Result<ShownCard> {
    let page = item::page(wallet, words, id)?;
    let claims = item::claims(wallet, id)?.unwrap_or_default();
    let portrait =
        page.groups.iter().find(|group| group.leaves.iter().any(|leaf| leaf.kind == LeafKind::Picture));
    let portrait = portrait.map(|group| group.key.clone());
    let seen: Vec<String> = clear.iter().chain(&portrait).cloned().collect();
    wallet.show(id, to, &seen)?;
    let picture = match &portrait {
        Some(key) => {
            let leaf = page.groups.iter().filter(|group| group.key == *key).flat_map(|group| &group.leaves);
            let path =
                leaf.filter(|leaf| leaf.kind == LeafKind::Picture).map(|leaf| leaf.path.as_slice()).next();
            path.and_then(|path| reveal(&claims, path)).map(|revealed| revealed.text)
        }
        None => picture_of_file(wallet, id)?,
    };
    let mut fields = Vec::new();
    for group in page.groups.iter().filter(|group| Some(&group.key) != portrait.as_ref()) {
        let is_clear = clear.contains(&group.key);
        let leaves = group.read.as_ref().map_or(group.leaves.as_slice(), std::slice::from_ref);
        let texts: Vec<String> = leaves
            .iter()
            .filter_map(|leaf| match is_clear {
                true => read(words, &claims, &leaf.path)
                    .or_else(|| reveal(&claims, &leaf.path))
                    .map(|revealed| revealed.text),
                false => Some(leaf.masked.clone()),
            })
            .take(MOST_LINES)
            .collect();
        fields.push(ShownField { name: group.name.clone(), text: texts.join(" · "), is_clear });
    }
    let at = wallet.ports().clock.now().0;
    Ok(ShownCard { card: page.card, fields, picture, to: to.trim().to_owned(), at })
}

/// A photograph of a document, if the item is one that a page can draw.
fn picture_of_file(wallet: &Wallet, id: &ItemId) -> Result<Option<String>> {
    if wallet.item(id)?.form != Some(Form::File) {
        return Ok(None);
    }
    let file = wallet.file_of(id)?;
    if !["image/png", "image/jpeg"].contains(&file.mime.as_str()) || file.size > MOST_PICTURE_BYTES {
        return Ok(None);
    }
    let mut bytes = Vec::new();
    wallet.copy_file(id, &mut bytes as &mut dyn Write)?;
    Ok(Some(format!("data:{};base64,{}", file.mime, to_base64(&bytes))))
}

/// Values of one field that a card has room for.
const MOST_LINES: usize = 12;
/// Bytes of a picture that goes to the page: a photograph of a phone.
const MOST_PICTURE_BYTES: u64 = 12 << 20;
