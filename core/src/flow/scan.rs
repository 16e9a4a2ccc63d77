//! Codes in, messages out; messages in, codes out. Nothing is believed here.

use chop_formats::frame::{Assembler, KeyBody, Message, MessageKind};

use crate::{Error, Result, WalletError};

/// A message that was put together from its frames, before anything in it was verified.
pub enum Inbound {
    /// A verifier's request.
    Request(String),
    /// A holder's envelope.
    Data(String),
    /// An acknowledgement.
    Acknowledgement(String),
    /// A key.
    Key(KeyBody),
    /// A use receipt.
    Use(String),
    /// A refusal.
    Refused(String),
    /// A statement that the data were erased.
    Erased(String),
}

/// Which kind it is, and nothing that it says.
impl std::fmt::Debug for Inbound {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Request(_) => "Inbound(request)",
            Self::Data(_) => "Inbound(data)",
            Self::Acknowledgement(_) => "Inbound(acknowledgement)",
            Self::Key(_) => "Inbound(key)",
            Self::Use(_) => "Inbound(use)",
            Self::Refused(_) => "Inbound(refused)",
            Self::Erased(_) => "Inbound(erased)",
        })
    }
}

/// Puts a message together from the texts of its frames, in any order.
///
/// # Errors
/// The frame error that names the fault; `scan.missing-frames` with the numbers that are missing.
pub fn read(texts: &[String]) -> Result<Inbound> {
    let mut assembler = Assembler::new();
    for text in texts {
        assembler.accept(text)?;
    }
    let Some(progress) = assembler.progress() else {
        return Err(WalletError::UnknownCode.into());
    };
    if !progress.is_complete() {
        let missing: Vec<_> = progress.missing.iter().map(u16::to_string).collect();
        return Err(Error::from(WalletError::MissingFrames)
            .with("missing", missing.join(", "))
            .with("count", progress.count));
    }
    sort(assembler.finish()?)
}

fn sort(message: Message) -> Result<Inbound> {
    let kind = message.kind();
    Ok(match kind {
        MessageKind::Key => Inbound::Key(message.into_key()?),
        MessageKind::Request => Inbound::Request(message.into_text(kind)?),
        MessageKind::Data => Inbound::Data(message.into_text(kind)?),
        MessageKind::Ack => Inbound::Acknowledgement(message.into_text(kind)?),
        MessageKind::Use => Inbound::Use(message.into_text(kind)?),
        MessageKind::Refused => Inbound::Refused(message.into_text(kind)?),
        MessageKind::Erased => Inbound::Erased(message.into_text(kind)?),
    })
}

macro_rules! expect {
    ($($(#[$meta:meta])* $name:ident, $variant:ident, $type:ty;)+) => {
        impl Inbound {
            $($(#[$meta])*
            ///
            /// # Errors
            /// `scan.other-message` when it is another kind of message.
            pub fn $name(self) -> Result<$type> {
                match self {
                    Self::$variant(body) => Ok(body),
                    _ => Err(WalletError::OtherMessage.into()),
                }
            })+
        }
    };
}

expect! {
    /// The request.
    request, Request, String;
    /// The envelope.
    data, Data, String;
    /// The acknowledgement.
    acknowledgement, Acknowledgement, String;
    /// The key.
    key, Key, KeyBody;
    /// The use receipt.
    use_receipt, Use, String;
    /// The statement of erasure.
    erasure, Erased, String;
}
