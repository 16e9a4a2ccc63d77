//! The calls of an issuance, one after the other.

use chop_crypto::{P256PublicKey, SecretBytes};
use chop_formats::openid4vci::{
    CredentialOffer, IssuanceRule, IssuerMetadata, KeyProof, OfferText, ServerMetadata, TxCode,
    read_credential, read_nonce, read_refusal, read_token,
};
use chop_formats::web_address::WebAddress;
use chop_formats::web_form;
use serde_json::{Value, json};

use crate::holdings::{Form, Import, Imported};
use crate::keys::credential_name;
use crate::web::{FORM, HttpAnswer, HttpCall, JSON};
use crate::{Error, Result, Wallet, WalletError};

use super::Preview;

/// What comes next.
#[derive(Debug)]
pub enum Step<'a> {
    /// A call to make; its answer goes to [`Receiving::take`].
    Call(HttpCall),
    /// The issuer wants something typed: [`Receiving::with_code`].
    Code(&'a TxCode),
    /// It is here, judged and not kept: [`Wallet::keep_credential`], or [`Wallet::decline_credential`].
    Preview(&'a Preview),
}

/// An issuance under way. It holds the issuer's code and token and is kept nowhere.
pub struct Receiving {
    state: State,
    offer: Option<CredentialOffer>,
    metadata: Option<IssuerMetadata>,
    tx_code: Option<SecretBytes>,
    token: Option<SecretBytes>,
    identifier: Option<String>,
    nonce: Option<String>,
    key: Option<P256PublicKey>,
}

/// Which answer is waited for.
enum State {
    Offer(WebAddress),
    Issuer,
    Server,
    Token(WebAddress),
    Nonce(WebAddress),
    Credential,
    Here { preview: Box<Preview>, notification: Option<String> },
}

impl std::fmt::Debug for Receiving {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Receiving")
    }
}

impl Receiving {
    /// Begins with the text of an offer: scanned, pasted or clicked.
    ///
    /// # Errors
    /// `issuance.not-an-offer`, `issuance.no-code-grant`, `web.*`, `form.*`, `json.*`.
    pub fn begin(text: &str) -> Result<Self> {
        let (state, offer) = match OfferText::parse(text.trim())? {
            OfferText::Value(offer) => (State::Issuer, Some(offer)),
            OfferText::Reference(address) => (State::Offer(address), None),
        };
        Ok(Self {
            state,
            offer,
            metadata: None,
            tx_code: None,
            token: None,
            identifier: None,
            nonce: None,
            key: None,
        })
    }

    /// The issuer's host, as soon as it is known: nobody vouches for it yet.
    pub fn issuer_host(&self) -> Option<&str> {
        self.offer.as_ref().map(|offer| offer.issuer.host())
    }

    /// Gives the transaction code. One that cannot be the code at all is refused here and uses up no try.
    ///
    /// # Errors
    /// `issuance.code-shape`, `issuance.code-not-asked`.
    pub fn with_code(&mut self, typed: &str) -> Result<()> {
        let asked = self.offer().ok().and_then(|offer| offer.tx_code.as_ref());
        asked.ok_or(IssuanceRule::CodeNotAsked)?.check(typed)?;
        self.tx_code = Some(SecretBytes::new(typed.as_bytes().to_vec()));
        Ok(())
    }

    /// What comes next. The key is made, and its making logged, before the proof of it is a call.
    ///
    /// # Errors
    /// When the key store or the record cannot be written.
    pub fn step(&mut self, wallet: &Wallet) -> Result<Step<'_>> {
        if matches!(self.state, State::Credential) {
            return Ok(Step::Call(self.credential_call(wallet)?));
        }
        Ok(match &self.state {
            State::Offer(address) => Step::Call(HttpCall::get(address.as_str(), JSON)),
            State::Issuer => {
                Step::Call(HttpCall::get(IssuerMetadata::address(&self.offer()?.issuer)?.as_str(), JSON))
            }
            State::Server => {
                Step::Call(HttpCall::get(ServerMetadata::address(&self.metadata()?.server)?.as_str(), JSON))
            }
            State::Token(address) => match (&self.offer()?.tx_code, &self.tx_code) {
                (Some(asked), None) => Step::Code(asked),
                (_, typed) => Step::Call(token_call(address, &self.offer()?.code, typed.as_ref())?),
            },
            State::Nonce(address) => Step::Call(HttpCall {
                content_type: None,
                ..HttpCall::post(address.as_str(), JSON, vec![], JSON)
            }),
            State::Credential => return Err(IssuanceRule::WrongStep.into()),
            State::Here { preview, .. } => Step::Preview(preview),
        })
    }

    /// Takes the answer to the call that [`Receiving::step`] gave.
    ///
    /// # Errors
    /// The issuer's fault, each by its code. After `issuance.code-wrong` another code can be given with
    /// [`Receiving::with_code`], as long as the issuer allows.
    pub fn take(&mut self, wallet: &Wallet, answer: &HttpAnswer) -> Result<()> {
        match &self.state {
            State::Offer(_) => {
                self.offer = Some(CredentialOffer::read(answer.success(JSON)?)?);
                self.state = State::Issuer;
            }
            State::Issuer => {
                self.metadata = Some(IssuerMetadata::read(answer.success(JSON)?, self.offer()?)?);
                self.state = State::Server;
            }
            State::Server => {
                let server = ServerMetadata::read(answer.success(JSON)?, &self.metadata()?.server)?;
                self.state = State::Token(server.token_endpoint);
            }
            State::Token(_) => self.take_token(answer)?,
            State::Nonce(_) => {
                self.nonce = Some(read_nonce(answer.success(JSON)?)?);
                self.state = State::Credential;
            }
            State::Credential => {
                refuse(answer, false)?;
                let delivered = read_credential(answer.success(JSON)?)?;
                let key = self.key.ok_or(IssuanceRule::WrongStep)?;
                let preview =
                    wallet.preview_credential(&delivered.credential, &self.metadata()?.vct, &key)?;
                self.state =
                    State::Here { preview: Box::new(preview), notification: delivered.notification_id };
            }
            State::Here { .. } => return Err(IssuanceRule::WrongStep.into()),
        }
        Ok(())
    }

    fn take_token(&mut self, answer: &HttpAnswer) -> Result<()> {
        if let Err(error) = refuse(answer, self.tx_code.is_some()) {
            // Typed once, tried once.
            self.tx_code = None;
            return Err(error);
        }
        let token = read_token(answer.success(JSON)?)?;
        (self.token, self.identifier) = (Some(token.token), token.identifier);
        self.state = match &self.metadata()?.nonce_endpoint {
            Some(address) => State::Nonce(address.clone()),
            // Section 7: an issuer without the endpoint wants no nonce.
            None => State::Credential,
        };
        Ok(())
    }

    fn credential_call(&mut self, wallet: &Wallet) -> Result<HttpCall> {
        let key = match self.key {
            Some(key) => key,
            None => *self.key.insert(wallet.make_credential_key()?),
        };
        let metadata = self.metadata()?;
        let proof = KeyProof {
            aud: metadata.issuer.as_str().to_owned(),
            iat: wallet.ports().clock.now(),
            nonce: self.nonce.clone(),
        };
        let name = credential_name(&chop_formats::jose::jwk::thumbprint(&key));
        let id = wallet.key_named(&name)?.ok_or(WalletError::ForeignKey)?;
        let proof = proof.sign(wallet.ports().keystore.as_ref(), &id)?;
        let mut body = json!({ "proofs": { "jwt": [proof] } });
        // Section 8.2: by the name that the token gives, else by the configuration.
        match &self.identifier {
            Some(identifier) => body["credential_identifier"] = json!(identifier),
            None => body["credential_configuration_id"] = json!(self.offer()?.configuration),
        }
        let body = serde_json::to_vec(&body).map_err(|_| WalletError::Internal)?;
        let token = self.token.as_ref().ok_or(IssuanceRule::WrongStep)?;
        // EXPOSE: the token goes to the issuer who gave it.
        let bearer = Some(SecretBytes::new(token.expose().to_vec()));
        Ok(HttpCall { bearer, ..HttpCall::post(metadata.credential_endpoint.as_str(), JSON, body, JSON) })
    }

    fn offer(&self) -> Result<&CredentialOffer> {
        self.offer.as_ref().ok_or_else(|| IssuanceRule::WrongStep.into())
    }

    fn metadata(&self) -> Result<&IssuerMetadata> {
        self.metadata.as_ref().ok_or_else(|| IssuanceRule::WrongStep.into())
    }

    /// What the issuer hears, if it wants to and nothing keeps the wallet from saying it.
    fn notify(&self, event: &str) -> Option<HttpCall> {
        let State::Here { notification: Some(id), .. } = &self.state else { return None };
        let address = self.metadata.as_ref()?.notification_endpoint.as_ref()?;
        let body = json!({ "notification_id": id, "event": event });
        // EXPOSE: as in `credential_call`.
        let bearer = self.token.as_ref().map(|token| SecretBytes::new(token.expose().to_vec()));
        let call = HttpCall::post(address.as_str(), JSON, Value::to_string(&body).into_bytes(), JSON);
        Some(HttpCall { bearer, ..call })
    }
}

impl Wallet {
    /// Keeps what was previewed, by the normal import; and the call that tells the issuer so, if it wants
    /// to hear. Whether that call arrives changes nothing here.
    ///
    /// # Errors
    /// As [`Wallet::import`]; `issuance.wrong-step` before there is a preview.
    pub fn keep_credential(
        &self,
        receiving: &Receiving,
        title: Option<&str>,
    ) -> Result<(Imported, Option<HttpCall>)> {
        let State::Here { preview, .. } = &receiving.state else {
            return Err(IssuanceRule::WrongStep.into());
        };
        let text = preview.text.as_bytes();
        let imported = self.import(Import {
            form: Some(Form::SdJwt),
            title,
            name: "credential.sd-jwt",
            size: text.len() as u64,
            bytes: &mut &*text,
        })?;
        Ok((imported, receiving.notify("credential_accepted")))
    }

    /// Says no to what was previewed; the call that tells the issuer so, if it wants to hear.
    pub fn decline_credential(&self, receiving: &Receiving) -> Option<HttpCall> {
        receiving.notify("credential_deleted")
    }
}

fn token_call(address: &WebAddress, code: &str, tx_code: Option<&SecretBytes>) -> Result<HttpCall> {
    let mut form = vec![("grant_type", GRANT_TYPE), ("pre-authorized_code", code)];
    // EXPOSE: the code goes to the issuer who gave it.
    let typed = tx_code.map(|typed| std::str::from_utf8(typed.expose())).transpose();
    if let Some(typed) = typed.map_err(|_| WalletError::Internal)? {
        form.push(("tx_code", typed));
    }
    Ok(HttpCall::post(address.as_str(), FORM, web_form::write(&form).into_bytes(), JSON))
}

/// An error of an endpoint by its own code (sections 6.3 and 8.3.1).
fn refuse(answer: &HttpAnswer, with_code: bool) -> Result<()> {
    answer.no_redirect()?;
    if !(400..500).contains(&answer.status) {
        return Ok(());
    }
    let (rule, tries) = read_refusal(&answer.body, with_code);
    let tries = tries.map_or_else(|| "?".to_owned(), |tries| tries.to_string());
    Err(Error::from(rule).with("tries", tries))
}

const GRANT_TYPE: &str = "urn:ietf:params:oauth:grant-type:pre-authorized_code";
