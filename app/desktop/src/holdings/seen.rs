//! Who has seen an item, whose copies differ, and who got a value that was replaced.

use chop_core::holdings::SeenBy;
use chop_core::mask::{HIDDEN, masked_claim, masked_text};
use chop_core::notice::Words;
use chop_core::plumbing::formats::claim_path::{ClaimPath, PathElement};
use chop_core::plumbing::model::ItemId;
use chop_core::{Result, Wallet};
use serde_json::Value;

use crate::dto::item::{ConflictLine, CopyLine, SeenLine, WrongLine};
use crate::holdings::cards::titled;
use crate::holdings::item::vct_of;

/// Who has seen which field and when, latest first.
pub(crate) fn lines(wallet: &Wallet, words: &Words, id: &ItemId) -> Result<Vec<SeenLine>> {
    let vct = type_of(wallet, id)?;
    let name = |path: &Vec<String>| words.claim(&vct, path);
    let mut lines = Vec::new();
    for seen in wallet.seen(id)? {
        let claims = seen.claims.iter().map(name).collect::<std::result::Result<_, _>>()?;
        lines.push(match seen.by {
            SeenBy::Screen { to } => SeenLine {
                at: seen.at.0,
                who: to,
                exchange: None,
                state: String::new(),
                claims,
                is_certain: true,
                note: None,
            },
            SeenBy::Grant { exchange, recipient, state, reached: _, is_certain, note } => SeenLine {
                at: seen.at.0,
                who: recipient.in_lang(words.lang()).to_owned(),
                exchange: Some(exchange.to_string()),
                state: words.say(&format!("consent-state-{}", state.word()))?,
                claims,
                is_certain,
                note,
            },
        });
    }
    Ok(lines)
}

/// Fields of which another document says something else.
pub(crate) fn conflicts(wallet: &Wallet, words: &Words, id: &ItemId) -> Result<Vec<ConflictLine>> {
    let all = wallet.conflicts()?.into_iter();
    let mine = all.filter(|conflict| conflict.copies.iter().any(|copy| copy.item == *id));
    let lines = mine.map(|conflict| ConflictLine {
        name: conflict.names.in_lang(words.lang()).to_owned(),
        copies: conflict
            .copies
            .iter()
            .map(|copy| CopyLine {
                item: copy.item.to_string(),
                title: masked_text(&titled(words, &copy.title)),
                issuer: copy.issuer.clone(),
                masked: match masked_claim(&copy.field, &Value::from(copy.value.as_str())) {
                    Value::String(text) => text,
                    _ => HIDDEN.to_owned(),
                },
                as_of: copy.as_of.0,
            })
            .collect(),
    });
    Ok(lines.collect())
}

/// Who got a claim that says something else now.
pub(crate) fn wrong(wallet: &Wallet, words: &Words, id: &ItemId) -> Result<Vec<WrongLine>> {
    let vct = type_of(wallet, id)?;
    let mut lines = Vec::new();
    for reached in wallet.who_got_wrong(id)?.reached {
        let claims = reached.claims.iter().map(|path| words.claim(&vct, &steps(path)));
        lines.push(WrongLine {
            who: reached.recipient.in_lang(words.lang()).to_owned(),
            version: reached.wrong,
            claims: claims.collect::<std::result::Result<_, _>>()?,
        });
    }
    Ok(lines)
}

fn type_of(wallet: &Wallet, id: &ItemId) -> Result<String> {
    Ok(vct_of(&wallet.item(id)?, wallet.catalogued(id)?.as_ref()))
}

/// A path as the words name it.
pub(crate) fn steps(path: &ClaimPath) -> Vec<String> {
    let step = |element: &PathElement| match element {
        PathElement::Key(key) => key.clone(),
        PathElement::Index(index) => index.to_string(),
        PathElement::All => "*".to_owned(),
    };
    path.elements().iter().map(step).collect()
}
