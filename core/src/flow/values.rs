//! What the chosen claims say, for the holder's own eyes before the yes: masked by default.

use chop_formats::claim_path::ClaimPath;
use serde_json::Value;

use crate::holdings::Held;
use crate::mask::masked_claim;
use crate::{Result, Wallet};

use super::consent::{Choices, ConsentPrompt};

/// A claim that would go, with what it says.
pub struct ChosenValue {
    /// The query that it answers.
    pub query: String,
    /// The way to it.
    pub path: ClaimPath,
    /// Type of the credential that would carry it.
    pub vct: String,
    value: Value,
}

/// What a claim says is nobody's business in a log.
impl std::fmt::Debug for ChosenValue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ChosenValue({}:{})", self.query, self.path)
    }
}

impl ChosenValue {
    /// What it says, behind its mask (gba.md row 94).
    pub fn masked(&self) -> Value {
        let name = super::page::words_of(&self.path).pop().unwrap_or_default();
        masked_claim(&name, &self.value)
    }

    /// What it says, for a holder who asked to see it.
    pub fn revealed(&self) -> &Value {
        &self.value
    }
}

impl Wallet {
    /// What the chosen claims say, those included that go along because their issuer left them open.
    ///
    /// # Errors
    /// As [`ConsentPrompt::page`], or when a holding cannot be read.
    pub fn chosen_values(&self, prompt: &ConsentPrompt, choices: &Choices) -> Result<Vec<ChosenValue>> {
        let mut values = Vec::new();
        for pick in prompt.picks(choices)? {
            let claims = match self.held(&pick.item.item, pick.item.form)? {
                Held::Credential(held) => held.claims().clone(),
                Held::Own { claims, .. } => Value::Object(claims),
            };
            for path in pick.paths.iter().chain(&pick.goes_along()) {
                let stated = path.first_key().and_then(|name| pick.item.stated.get(name));
                let value = stated.or_else(|| path.resolve(&claims).first().copied());
                values.push(ChosenValue {
                    query: pick.query.clone(),
                    path: path.clone(),
                    vct: pick.item.vct.clone(),
                    value: value.cloned().unwrap_or_default(),
                });
            }
        }
        Ok(values)
    }
}
