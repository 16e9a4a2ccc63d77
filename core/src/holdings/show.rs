//! 亮证: the holder shows a holding on their own screen to somebody who stands there. Nothing leaves the
//! space; the record has a line of it before the screen has anything.

use chop_formats::log_entry::EntryKind;
use chop_model::ItemId;
use chop_vault::table::item::ItemState;

use crate::journal::Entry;
use crate::{Result, Wallet, WalletError};

impl Wallet {
    /// Says in the record that a holding is shown to `to`, a name as the holder types it, and which of its
    /// claims are legible, each by its name at the top. Whoever displays it does so after this.
    ///
    /// # Errors
    /// `holding.unknown`, `holding.erased`; when the record cannot be written.
    pub fn show(&self, item: &ItemId, to: &str, claims: &[String]) -> Result<()> {
        if self.item(item)?.row.state == ItemState::Erased {
            return Err(WalletError::ErasedItem.into());
        }
        let entry = Entry::new(EntryKind::Shown, &self.ports)
            .text("item", &item.to_string())
            .text("to", shortened(to, MOST_NAME_BYTES))
            .text("claims", shortened(&claims.join("\n"), MOST_CLAIMS_BYTES));
        self.record("show", entry, |_, _| Ok(()))
    }
}

/// The beginning of a text, cut between two characters.
fn shortened(text: &str, most: usize) -> &str {
    let text = text.trim();
    let end = (0..=most.min(text.len())).rev().find(|end| text.is_char_boundary(*end));
    text.get(..end.unwrap_or_default()).unwrap_or_default()
}

/// Bytes of a name: 66 汉字.
const MOST_NAME_BYTES: usize = 200;
/// Bytes of the names of claims; the bound of a reference in an entry.
const MOST_CLAIMS_BYTES: usize = 1024;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_name_is_cut_between_characters() {
        assert_eq!(shortened(" 示例医院 ", 200), "示例医院");
        assert_eq!(shortened("示例医院", 7), "示例");
        assert_eq!(shortened("", 7), "");
    }
}
