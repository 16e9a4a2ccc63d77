//! Purposes: what each needs at least, for how long, and on what basis (gba.md rows 12 and 17).

use chop_model::LangText;

/// A purpose, with the least that it needs. There is none of sale, and marketing stands apart (row 82).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PurposeTemplate {
    /// `finance.account-opening`.
    pub code: String,
    /// The pack that brought it.
    pub pack: String,
    /// The scenes in which it happens; never empty (无场景不授权).
    pub scenes: Vec<String>,
    /// Its name.
    pub names: LangText,
    /// The DPV 2.3 concept, as an IRI.
    pub dpv: String,
    /// Longer keeping than this many days warns.
    pub max_retention_days: u32,
    /// On what basis, in each place.
    pub legal_basis: LegalBasis,
    /// Whether somebody has confirmed time and basis against the text of the law.
    pub is_confirmed: bool,
    /// Marketing: never together with another purpose.
    pub is_marketing: bool,
    /// What it needs at least; each need is met by one of its documents.
    pub needs: Vec<Need>,
}

/// The legal basis in the three places, as a citation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LegalBasis {
    /// On the mainland.
    pub cn: String,
    /// In Hong Kong.
    pub hk: String,
    /// In Macao.
    pub mo: String,
}

/// One thing that a purpose needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Need {
    /// Its name: identity document.
    pub names: LangText,
    /// The documents of which one is enough.
    pub any_of: Vec<LeastSet>,
}

/// The least fields of one document that are enough.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeastSet {
    /// The type's code.
    pub doc_type: String,
    /// The fields.
    pub fields: Vec<String>,
    /// What is asked as a yes or no and without the value: `name-and-number-match` (row 68).
    pub predicates: Vec<String>,
}

impl PurposeTemplate {
    /// The least fields of a document of this type, over all needs; `None` where the purpose does not
    /// need such a document at all.
    pub fn least_fields(&self, doc_type: &str) -> Option<Vec<&str>> {
        let mut sets = self.needs.iter().flat_map(|need| &need.any_of).filter(|set| set.doc_type == doc_type);
        let first = sets.next()?;
        let mut fields: Vec<&str> =
            std::iter::once(first).chain(sets).flat_map(|set| &set.fields).map(String::as_str).collect();
        fields.sort_unstable();
        fields.dedup();
        Some(fields)
    }
}
