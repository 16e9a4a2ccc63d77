//! What came, judged before it is kept.

use chop_crypto::P256PublicKey;
use chop_formats::openid4vci::IssuanceRule;
use chop_formats::sd_jwt::Held;
use chop_formats::sd_jwt_vc::UnverifiedCredential;
use chop_model::{LangText, UnixTime};
use chop_vault::table::item::Seal;
use serde_json::Value;

use crate::{Error, Result, Wallet};

/// A credential that came from an issuer's link: whose seal holds, bound to a key of ours, of the type
/// that was offered. Nothing of it is kept yet.
pub struct Preview {
    /// Its type.
    pub vct: String,
    /// Who signed it, as a trust list or the certificate names them.
    pub issuer: LangText,
    /// Everything that it says.
    pub claims: Value,
    /// Until when it is valid.
    pub expires_at: Option<UnixTime>,
    pub(super) text: String,
}

/// What it says is its holder's.
impl std::fmt::Debug for Preview {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Preview({})", self.vct)
    }
}

impl Wallet {
    /// Judges what came. An import keeps what cannot be checked and says so; from a link, where nobody
    /// stood opposite, only what a trusted issuer signed is taken.
    pub(super) fn preview_credential(&self, text: &str, vct: &str, key: &P256PublicKey) -> Result<Preview> {
        let credential = UnverifiedCredential::parse(text).map_err(|_| IssuanceRule::BadCredential)?;
        let held = Held::read(text).map_err(|_| IssuanceRule::BadCredential)?;
        if held.holder_key() != Some(key) {
            return Err(IssuanceRule::OtherKey.into());
        }
        let claims = held.claims().clone();
        if claims.get("vct").and_then(Value::as_str) != Some(vct) {
            return Err(IssuanceRule::OtherType.into());
        }
        let judged = self.judge_seal(credential);
        let refused = |rule: IssuanceRule| Err(Error::from(rule).with("reason", &judged.reason));
        match judged.seal {
            Seal::Valid => {}
            Seal::Invalid => return refused(IssuanceRule::BadSeal),
            Seal::CannotCheck | Seal::SelfStated => return refused(IssuanceRule::UnknownIssuer),
        }
        Ok(Preview {
            vct: vct.to_owned(),
            issuer: judged.names,
            expires_at: claims.get("exp").and_then(Value::as_i64).map(UnixTime),
            claims,
            text: text.to_owned(),
        })
    }
}
