//! The TypeScript of everything that crosses the border, compared with what lies in `ui/src/wallet/wire`.
//! `CHOP_BLESS=1 cargo test -p chop-desktop wire` writes it anew.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use ts_rs::{Config, TS};

use crate::consent::Chosen;
use crate::dto::code::Code;
use crate::dto::consent::{PageView, SheetView};
use crate::dto::exchange::ExchangeView;
use crate::dto::fields::{Draft, FormName, PaperForm, Revealed};
use crate::dto::holdings::CardsPage;
use crate::dto::intake::{Drop, Kept, Look, Progress};
use crate::dto::item::{
    ConflictLine, ItemPage, NewProfileLine, ProfileLine, SeenLine, ShownCard, StatusAnswer, WrongLine,
};
use crate::dto::offer::{
    ItemChoice, KeyView, OfferPage, OfferText, OfferView, PartyChoice, PurposeChoice, RelayView,
};
use crate::dto::recipients::{
    CaseRow, ConsentDone, DossierSaved, FileKind, LetterView, MutedRow, NewCaseForm, RecipientRow,
    RecipientView,
};
use crate::dto::record::{AuditAnswer, EntryPage, ProofAnswer, RecordOverview, SavedFile, UseRow, UseView};
use crate::dto::scan::{Found, ScanBegun, ScanNews, ScanPreview, ScanView};
use crate::dto::settings::{PackPreviewed, PackRow, SpaceAbout, TrustList};
use crate::dto::shell::{OpenedWith, ShellState};
use crate::dto::space::{Kind, Place, RecoveryKit};
use crate::failure::Failure;
use crate::jobs::JobProgress;

/// Types that commands answer with or take; what they hold comes along.
fn write_all(to: &Config) {
    write::<Failure>(to);
    write::<ShellState>(to);
    // desk
    write::<crate::dto::desk::DeskState>(to);
    write::<crate::dto::desk::DeskForms>(to);
    write::<crate::dto::desk::DeskExchange>(to);
    write::<crate::dto::desk::DeskKept>(to);
    write::<crate::desk::AskDraft>(to);
    write::<Code>(to);
    write::<SheetView>(to);
    write::<PageView>(to);
    write::<Chosen>(to);
    write::<ExchangeView>(to);
    write::<OfferText>(to);
    write::<OfferPage>(to);
    write::<PurposeChoice>(to);
    write::<PartyChoice>(to);
    write::<KeyView>(to);
    write::<ItemChoice>(to);
    write::<RelayView>(to);
    write::<OfferView>(to);
    write::<ScanBegun>(to);
    write::<ScanView>(to);
    write::<Found>(to);
    write::<ScanNews>(to);
    write::<ScanPreview>(to);
    write_holdings(to);
}

fn write_holdings(to: &Config) {
    write::<CardsPage>(to);
    write::<ItemPage>(to);
    write::<Revealed>(to);
    write::<SeenLine>(to);
    write::<ConflictLine>(to);
    write::<WrongLine>(to);
    write::<StatusAnswer>(to);
    write::<ShownCard>(to);
    write::<ProfileLine>(to);
    write::<NewProfileLine>(to);
    write::<FormName>(to);
    write::<PaperForm>(to);
    write::<Draft>(to);
    write::<Look>(to);
    write::<Kept>(to);
    write::<Progress>(to);
    write::<Drop>(to);
    // record
    write::<JobProgress>(to);
    write::<RecordOverview>(to);
    write::<UseRow>(to);
    write::<UseView>(to);
    write::<EntryPage>(to);
    write::<AuditAnswer>(to);
    write::<SavedFile>(to);
    write::<ProofAnswer>(to);
    write::<RecipientRow>(to);
    write::<MutedRow>(to);
    write::<RecipientView>(to);
    write::<ConsentDone>(to);
    write::<NewCaseForm>(to);
    write::<CaseRow>(to);
    write::<LetterView>(to);
    write::<FileKind>(to);
    write::<DossierSaved>(to);
    write::<OpenedWith>(to);
    write::<Kind>(to);
    write::<Place>(to);
    write::<RecoveryKit>(to);
    write::<SpaceAbout>(to);
    write::<TrustList>(to);
    write::<PackPreviewed>(to);
    write::<PackRow>(to);
}

fn write<T: TS + 'static>(to: &Config) {
    T::export_all(to).expect("TypeScript of a type");
}

#[test]
#[expect(clippy::disallowed_methods, reason = "a test that can write its own golden files")]
fn the_page_knows_every_type_of_the_border() {
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ui/src/wallet/wire");
    let fresh = tempfile::tempdir().expect("a folder");
    write_all(&Config::new().with_out_dir(fresh.path()).with_large_int("number"));
    if std::env::var_os("CHOP_BLESS").is_some() {
        fs::create_dir_all(&golden).expect("the folder of the types");
        for (name, text) in texts(fresh.path()) {
            fs::write(golden.join(name), text).expect("a file of types");
        }
    }
    assert_eq!(texts(&golden), texts(fresh.path()), "CHOP_BLESS=1 cargo test -p chop-desktop wire");
}

fn texts(folder: &Path) -> BTreeMap<String, String> {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry"));
    let text = |path: &Path| fs::read_to_string(path).expect("a file of types");
    entries.map(|e| (e.file_name().to_string_lossy().into_owned(), text(&e.path()))).collect()
}
