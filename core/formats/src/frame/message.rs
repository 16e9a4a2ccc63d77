//! What travels by frames: seven kinds of message, each with a body of one form.
//!
//! ```text
//! message  CBOR [1, kind, body]        body = deflated (deflate.rs):
//!   1 REQ  2 DATA  3 ACK  5 USE  6 REFUSED  7 ERASED    the packed text (pack.rs)
//!   4 KEY                                               CBOR [1, K(32), h(ACK)(32)]
//! ```

use chop_crypto::{Digest, Secret};

use super::{FrameError, MAX_SET_BYTES, split};
use crate::cbor::{CborError, Deterministic, Writer};
use crate::deflate::{DeflateError, MAX_INFLATED, deflate, inflate};
use crate::pack::{Form, form_of, pack, unpack};

/// The kind of a message: which step of mode D it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MessageKind {
    /// A verifier's request.
    Request,
    /// The holder's envelope.
    Data,
    /// The verifier's acknowledgement.
    Ack,
    /// The content key.
    Key,
    /// The verifier's use receipt.
    Use,
    /// The verifier's statement that it refused what it received.
    Refused,
    /// The verifier's statement that it erased what it received.
    Erased,
}

/// A message, not verified in any way.
pub struct Message(Body);

/// What releases the content: the key, and which acknowledgement it answers.
#[derive(Debug)]
pub struct KeyBody {
    /// `K`.
    pub key: Secret<32>,
    /// `h(ACK)`.
    pub ack: Digest,
}

enum Body {
    Text(MessageKind, String),
    Key(KeyBody),
}

impl std::fmt::Debug for Message {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Message({:?})", self.kind())
    }
}

impl MessageKind {
    const ALL: [Self; 7] =
        [Self::Request, Self::Data, Self::Ack, Self::Key, Self::Use, Self::Refused, Self::Erased];

    /// The number on the wire. Never reused.
    pub fn number(self) -> u64 {
        match self {
            Self::Request => 1,
            Self::Data => 2,
            Self::Ack => 3,
            Self::Key => 4,
            Self::Use => 5,
            Self::Refused => 6,
            Self::Erased => 7,
        }
    }

    fn from_number(number: u64) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.number() == number)
    }

    fn form(self) -> Form {
        match self {
            Self::Data => Form::Jwe,
            _ => Form::Jws,
        }
    }
}

impl Message {
    /// A message whose body is a compact JWS, or for [`MessageKind::Data`] a compact JWE.
    ///
    /// # Errors
    /// [`FrameError::BadMessage`] when `text` has another form or the kind carries no text.
    pub fn text(kind: MessageKind, text: &str) -> Result<Self, FrameError> {
        if kind == MessageKind::Key || form_of(text) != Ok(kind.form()) {
            return Err(FrameError::BadMessage);
        }
        Ok(Self(Body::Text(kind, text.to_owned())))
    }

    /// The message that releases a key.
    pub fn key(release: KeyBody) -> Self {
        Self(Body::Key(release))
    }

    /// Which step it is.
    pub fn kind(&self) -> MessageKind {
        match &self.0 {
            Body::Text(kind, _) => *kind,
            Body::Key(_) => MessageKind::Key,
        }
    }

    /// The compact text of a message of `kind`.
    ///
    /// # Errors
    /// [`FrameError::UnexpectedMessage`] when it is of another kind.
    pub fn into_text(self, kind: MessageKind) -> Result<String, FrameError> {
        match self.0 {
            Body::Text(found, text) if found == kind => Ok(text),
            _ => Err(FrameError::UnexpectedMessage),
        }
    }

    /// The key of a key message.
    ///
    /// # Errors
    /// [`FrameError::UnexpectedMessage`] when it is of another kind.
    pub fn into_key(self) -> Result<KeyBody, FrameError> {
        match self.0 {
            Body::Key(release) => Ok(release),
            Body::Text(..) => Err(FrameError::UnexpectedMessage),
        }
    }

    /// The QR texts that carry it.
    ///
    /// # Errors
    /// [`FrameError::TooLarge`] when it is too much for one set; [`FrameError::BadMessage`] when its
    /// text is not canonical.
    pub fn frames(&self) -> Result<Vec<String>, FrameError> {
        split(&self.to_bytes()?)
    }

    /// The message as one byte string, for carriers without frames.
    ///
    /// # Errors
    /// As [`Message::frames`].
    pub fn to_bytes(&self) -> Result<Vec<u8>, FrameError> {
        let body = match &self.0 {
            Body::Text(_, text) => pack(text).map_err(|_| FrameError::BadMessage)?,
            Body::Key(release) => {
                let mut writer = Writer::new();
                // EXPOSE: this message is how the key leaves, after the acknowledgement.
                writer.array(3).uint(1).bytes(release.key.expose()).bytes(&release.ack);
                writer.finish()
            }
        };
        let body = deflate(&body).map_err(|_| FrameError::TooLarge)?;
        let mut writer = Writer::new();
        writer.array(3).uint(1).uint(self.kind().number()).bytes(&body);
        Ok(writer.finish())
    }

    /// Reads what [`Message::to_bytes`] wrote.
    ///
    /// # Errors
    /// [`FrameError::Bomb`], [`FrameError::UnknownMessage`] or [`FrameError::BadMessage`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, FrameError> {
        let mut reader = Deterministic::check(bytes, MAX_SET_BYTES)?.reader();
        reader.array(3)?;
        reader.exactly(1)?;
        let kind = MessageKind::from_number(reader.uint()?).ok_or(FrameError::UnknownMessage)?;
        let body = inflate(reader.bytes()?, MAX_INFLATED).map_err(|error| match error {
            DeflateError::TooLarge => FrameError::Bomb,
            _ => FrameError::BadMessage,
        })?;
        match kind {
            MessageKind::Key => read_key(&body),
            _ => Self::text(kind, &unpack(&body).map_err(|_| FrameError::BadMessage)?),
        }
    }
}

fn read_key(body: &[u8]) -> Result<Message, FrameError> {
    let mut reader = Deterministic::check(body, MAX_KEY_BODY)?.reader();
    reader.array(3)?;
    reader.exactly(1)?;
    let key = Secret::new(reader.array_of()?);
    let ack = reader.array_of()?;
    Ok(Message::key(KeyBody { key, ack }))
}

impl From<CborError> for FrameError {
    fn from(_: CborError) -> Self {
        Self::BadMessage
    }
}

const MAX_KEY_BODY: usize = 1 + 1 + 2 * (2 + 32);
