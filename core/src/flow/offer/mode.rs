//! The numbers under which modes and states are stored, and the relay's word for each mode.

use chop_formats::delivery::Mode;

/// C1, C2n, C2f.
pub(super) const NUMBERS: (u8, u8, u8) = (1, 2, 3);

/// The stored number. Never reused.
pub(super) fn number(mode: Mode) -> u8 {
    match mode {
        Mode::B | Mode::D => 0,
        Mode::C1 => 1,
        Mode::C2Named => 2,
        Mode::C2Files => 3,
    }
}

/// The mode of an offer with this number; B and D are none.
pub(super) fn from_number(number: u8) -> Option<Mode> {
    match number {
        1 => Some(Mode::C1),
        2 => Some(Mode::C2Named),
        3 => Some(Mode::C2Files),
        _ => None,
    }
}
