//! The catalogue: what comes along, and what regional packs add.

use std::sync::LazyLock;

use chop_model::LangText;

use crate::{CatalogError, DocType, Field, PurposeTemplate, read};

/// The types of document, fields and purposes that are known.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Catalog {
    pub(crate) packs: Vec<PackHeader>,
    pub(crate) envelope: Option<Envelope>,
    pub(crate) types: Vec<DocType>,
    pub(crate) purposes: Vec<PurposeTemplate>,
}

/// Which file something comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackHeader {
    /// `cn`.
    pub id: String,
    /// `2026.1`.
    pub version: String,
    /// The first day on which it holds, `2025-01-01`.
    pub effective_from: String,
    /// From where its authors know.
    pub source: String,
}

/// What every electronic licence carries beside its own fields (GB/T 36903, 36905).
#[derive(Debug, Clone, PartialEq)]
pub struct Envelope {
    /// From where this is known.
    pub source: String,
    /// Its elements.
    pub fields: Vec<Field>,
    /// The states that a licence can be in.
    pub status: Vec<StatusCode>,
}

/// A state of an electronic licence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusCode {
    /// `03`.
    pub code: String,
    /// Its name.
    pub names: LangText,
    /// Whether the code was seen in a published interface.
    pub is_confirmed: bool,
}

impl Catalog {
    /// Bytes of one file of the catalogue.
    pub const MAX_BYTES: usize = 512 * 1024;

    /// The catalogue that comes with the program: [`BUILT_IN`], one file after the other.
    ///
    /// # Errors
    /// Never in a tested build.
    pub fn built_in() -> Result<Self, CatalogError> {
        READ.clone()
    }

    /// Reads one file: the catalogue of a place, or a regional pack. What its purposes refer to is
    /// looked up when it is [added](Catalog::with).
    ///
    /// # Errors
    /// The first [`CatalogError`].
    pub fn read(text: &str) -> Result<Self, CatalogError> {
        read::read(text)
    }

    /// This catalogue and what `pack` adds. A pack takes the place of what an earlier one of the same
    /// id brought; it cannot touch what came from another.
    ///
    /// # Errors
    /// [`CatalogError::DuplicateType`], [`CatalogError::DuplicatePurpose`];
    /// [`CatalogError::NoSuchType`] and [`CatalogError::NoSuchField`] for a purpose that asks for
    /// something nobody has.
    pub fn with(&self, pack: Self) -> Result<Self, CatalogError> {
        let ids: Vec<&str> = pack.packs.iter().map(|header| header.id.as_str()).collect();
        let stays = |id: &str| !ids.contains(&id);
        let mut whole = self.clone();
        whole.packs.retain(|header| stays(&header.id));
        whole.types.retain(|doc_type| stays(&doc_type.pack));
        whole.purposes.retain(|purpose| stays(&purpose.pack));
        for doc_type in &pack.types {
            if whole.doc_type(&doc_type.code).is_some() || whole.by_vct(&doc_type.vct).is_some() {
                return Err(CatalogError::DuplicateType);
            }
        }
        if pack.purposes.iter().any(|purpose| whole.purpose(&purpose.code).is_some()) {
            return Err(CatalogError::DuplicatePurpose);
        }
        whole.packs.extend(pack.packs);
        whole.types.extend(pack.types);
        whole.purposes.extend(pack.purposes);
        whole.envelope = pack.envelope.or(whole.envelope);
        whole.check_references()?;
        Ok(whole)
    }

    /// The files it is made of.
    pub fn packs(&self) -> &[PackHeader] {
        &self.packs
    }

    /// Every type.
    pub fn types(&self) -> &[DocType] {
        &self.types
    }

    /// The type with this code.
    pub fn doc_type(&self, code: &str) -> Option<&DocType> {
        self.types.iter().find(|doc_type| doc_type.code == code)
    }

    /// The type of credentials with this `vct`. `None` is no error: such a credential is read-only.
    pub fn by_vct(&self, vct: &str) -> Option<&DocType> {
        self.types.iter().find(|doc_type| doc_type.vct == vct)
    }

    /// The field that a claim path begins with.
    pub fn field<S: AsRef<str>>(&self, vct: &str, path: &[S]) -> Option<&Field> {
        self.by_vct(vct)?.field(path.first()?.as_ref())
    }

    /// The envelope of electronic licences.
    pub fn envelope(&self) -> Option<&Envelope> {
        self.envelope.as_ref()
    }

    /// Every purpose.
    pub fn purposes(&self) -> &[PurposeTemplate] {
        &self.purposes
    }

    /// The purpose with this code.
    pub fn purpose(&self, code: &str) -> Option<&PurposeTemplate> {
        self.purposes.iter().find(|purpose| purpose.code == code)
    }

    fn check_references(&self) -> Result<(), CatalogError> {
        let sets = self.purposes.iter().flat_map(|purpose| &purpose.needs).flat_map(|need| &need.any_of);
        for set in sets {
            let doc_type = self.doc_type(&set.doc_type).ok_or(CatalogError::NoSuchType)?;
            if set.fields.iter().any(|field| doc_type.field(field).is_none()) {
                return Err(CatalogError::NoSuchField);
            }
        }
        Ok(())
    }
}

/// Read once: every page and every grant names fields by it.
static READ: LazyLock<Result<Catalog, CatalogError>> = LazyLock::new(|| {
    BUILT_IN.iter().try_fold(Catalog::default(), |catalog, (_, text)| catalog.with(Catalog::read(text)?))
});

/// The files that come along, each with its id. Purposes are last: they refer to all the others.
pub const BUILT_IN: [(&str, &str); 6] = [
    ("cn", include_str!("../data/cn.toml")),
    ("hk", include_str!("../data/hk.toml")),
    ("mo", include_str!("../data/mo.toml")),
    ("edu", include_str!("../data/edu.toml")),
    ("med", include_str!("../data/med.toml")),
    ("purposes", include_str!("../data/purposes.toml")),
];
