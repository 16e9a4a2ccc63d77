//! Chop for phones and scripts: the same core, in Kotlin, Swift and Python.
//!
//! ```text
//! Space ── holdings()  what is held            resident
//!       ├─ requests()  look, page, answer      resident
//!       ├─ grants()    release, confirm, withdraw
//!       ├─ consents()  what holds; hold back, take back
//!       ├─ record()    timeline, audit, proof  both
//!       ├─ trust()     lists, packs of law and fingerprints  both
//!       ├─ offers(…)   mode C over a relay: draft, make, watch, withdraw
//!       └─ desk()      ask, claim, accept, erase; claim_offer   verifier
//! ```
//!
//! Everything is synchronous and may be called from any thread; a step that takes long says so. Types
//! of the border are records and enums of their own: nothing of core's crosses it. Foreign code (a key
//! store, an HTTP client, a progress callback) may throw, hang or call back in; it is called under no lock
//! that it could need, and waited for only so long.

mod answer;
mod claim;
mod consents;
mod data;
mod desk;
mod device_keys;
mod error;
mod foreign;
mod grants;
mod holdings;
mod kept;
mod machine;
mod network;
mod offer;
mod offers;
mod outbound;
mod packs;
mod progress;
mod qr;
mod record;
mod requests;
mod space;
#[cfg(feature = "testing")]
mod testing;
mod trust;

pub use answer::{Act, Consent, Override, Page, PageFinding, PageLine, Pick};
pub use claim::{Claim, ClaimedQuery};
pub use consents::{ConsentCard, Consents, WithdrawalReach, WithdrawnConsent};
pub use data::{
    ExchangeState, Fault, Language, Left, Param, Place, Role, SealState, ShelfName, SpaceType, StandingOf,
};
pub use desk::{Ask, Desk, Taken, TakenCredential, TakenData, TakenFile};
pub use device_keys::{DeviceKeyError, DeviceKeys, KeyUse};
pub use error::{BorderError, ChopError, ErrorText, explain};
pub use grants::{Confirmation, Exchange, Grants};
pub use holdings::{CardView, Holdings, ItemCard, ItemVersion, NewHolding};
pub use kept::KeptData;
pub use network::{HttpCall, HttpClient, HttpError, HttpMethod, HttpReply, Network};
pub use offer::{Names, Offer, OfferMode, OfferNews, OfferView};
pub use offers::{NewOffer, OfferTo, OfferWay, Offers};
pub use outbound::Outbound;
pub use packs::{PackCard, PackKind, PackOffer};
pub use progress::{CallbackError, Cancel, Progress};
pub use qr::{draw_qr, read_qr_picture, read_qr_pixels};
pub use record::{Audit, AuditFlaw, PackVerdict, Record, RecordEntry, check_proof};
pub use requests::{AskedCredential, Candidate, Prompt, Requests, Scanned, scan};
pub use space::{
    CreatedSpace, KeyPlace, NewSpace, Space, create_space, open_space, recover_space, restore_space,
};
#[cfg(feature = "testing")]
pub use testing::testing_space;
pub use trust::{Trust, TrustListView};

uniffi::setup_scaffolding!("chop_wallet");
