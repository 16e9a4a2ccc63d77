//! The network, as the settings allow it. Core says what to call, `chop-transport` calls.

use std::fs;
use std::path::Path;

use chop_core::Result;
use chop_transport::{Origin, Roots, Rules};

use crate::settings::Settings;
use crate::state::Desktop;

/// What may be called: public addresses over TLS, and what the person allowed by name.
pub(crate) fn rules(desktop: &Desktop) -> Result<Rules> {
    rules_of(&desktop.settings(), &authorities(&desktop.places.settings))
}

fn rules_of(settings: &Settings, authorities: &Path) -> Result<Rules> {
    let allowed = settings.network.allowed.iter().map(|text| Origin::parse(text)).collect::<Result<_>>()?;
    let small = fs::metadata(authorities).is_ok_and(|file| file.len() <= MAX_PEM_BYTES);
    let roots = match small.then(|| fs::read_to_string(authorities).ok()).flatten() {
        Some(pem) => Roots::PublicAnd(pem),
        None => Roots::Public,
    };
    Ok(Rules { allowed, roots, ..Rules::default() })
}

/// Certificates of an authority of one's own network, beside the settings.
pub(crate) fn authorities(settings: &Path) -> std::path::PathBuf {
    settings.with_file_name("authorities.pem")
}

/// Bytes of a file of authorities: the public ones of a whole system are a fifth of this.
const MAX_PEM_BYTES: u64 = 1024 * 1024;
