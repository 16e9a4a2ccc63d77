//! The screen as a picture: looked at for codes in memory, and forgotten. On X11 a program may look at the
//! whole screen; a Wayland desktop, macOS and Windows ask the person first, in ways that are not built here:
//! there the page says so, and a saved picture takes its place.

use std::thread;
use std::time::Duration;

use tauri::{Manager as _, WebviewWindow};

use super::picture::{Held, Refusal};

/// Looks at the screen without this app's own windows in the way, which step aside for a moment; this one is
/// before the others again afterwards.
pub(crate) fn behind(window: &WebviewWindow) -> Held {
    if !is_here() {
        return Held::Refused(Refusal::NoScreen);
    }
    let is_in_the_way =
        |one: &WebviewWindow| one.is_visible().unwrap_or(false) && !one.is_minimized().unwrap_or(false);
    let own = window.webview_windows().into_values().filter(is_in_the_way).collect::<Vec<_>>();
    let _aside = Aside::step(own, window);
    thread::sleep(ASIDE);
    look()
}

/// Windows that stepped aside. They come back whatever happens meanwhile.
struct Aside<'a> {
    own: Vec<WebviewWindow>,
    first: &'a WebviewWindow,
}

impl<'a> Aside<'a> {
    fn step(own: Vec<WebviewWindow>, first: &'a WebviewWindow) -> Self {
        // A desktop that leaves a window where it is shows what lies beside it.
        for one in &own {
            let _ = one.hide();
        }
        Self { own, first }
    }
}

impl Drop for Aside<'_> {
    fn drop(&mut self) {
        for one in self.own.iter().filter(|one| one.label() != self.first.label()) {
            let _ = one.show();
        }
        let _ = self.first.show().and_then(|()| self.first.set_focus());
    }
}

#[cfg(not(target_os = "linux"))]
fn is_here() -> bool {
    false
}

#[cfg(not(target_os = "linux"))]
fn look() -> Held {
    Held::Refused(Refusal::NoScreen)
}

#[cfg(target_os = "linux")]
use x11::{is_here, look};

#[cfg(target_os = "linux")]
mod x11 {
    use chop_core::qr::{self, PICTURE_PIXELS_MAX, QrError};
    use x11rb::connection::Connection as _;
    use x11rb::protocol::xproto::{ConnectionExt as _, ImageFormat, ImageOrder};
    use x11rb::rust_connection::RustConnection;

    use crate::scan::picture::{Held, Refusal};

    /// Whether this desktop is X11: what lies on a Wayland desktop is not on the X11 screen beside it.
    #[expect(clippy::disallowed_methods, reason = "which desktop this is, is the environment's to say")]
    pub(super) fn is_here() -> bool {
        let is_set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        is_set("DISPLAY") && !is_set("WAYLAND_DISPLAY")
    }

    pub(super) fn look() -> Held {
        look_at(None)
    }

    /// Looks at the screen of a display; none: the one this desktop names.
    pub(super) fn look_at(display: Option<&str>) -> Held {
        match grey(display) {
            Ok(Some((pixels, width))) => match qr::read_pixels(&pixels, width) {
                Ok(texts) => Held::Texts(texts),
                Err(error) => Held::Unread(error),
            },
            Ok(None) => Held::Unread(QrError::PicturePixels),
            Err(NotHere) => Held::Refused(Refusal::NoScreen),
        }
    }

    /// A display that is not there, or shows its screen in a form that is not read here.
    struct NotHere;

    impl<E: std::error::Error> From<E> for NotHere {
        fn from(_: E) -> Self {
            Self
        }
    }

    /// Grey pixels and their number in a row; nothing for a screen that is larger than any picture may be.
    fn grey(display: Option<&str>) -> Result<Option<(Vec<u8>, u32)>, NotHere> {
        let (display, number) = RustConnection::connect(display)?;
        let setup = display.setup();
        let screen = setup.roots.get(number).ok_or(NotHere)?;
        let (width, height) = (screen.width_in_pixels, screen.height_in_pixels);
        if u64::from(width) * u64::from(height) > PICTURE_PIXELS_MAX {
            return Ok(None);
        }
        let depth = setup.pixmap_formats.iter().find(|format| format.depth == screen.root_depth);
        if depth.is_none_or(|format| format.bits_per_pixel != 32) || screen.root_depth < 24 {
            return Err(NotHere);
        }
        let asked = display.get_image(ImageFormat::Z_PIXMAP, screen.root, 0, 0, width, height, u32::MAX)?;
        let picture = asked.reply()?;
        let is_blue_first = setup.image_byte_order == ImageOrder::LSB_FIRST;
        let grey = |pixel: &[u8]| match (pixel, is_blue_first) {
            ([b, g, r, _], true) | ([_, r, g, b], false) => {
                let [r, g, b] = [*r, *g, *b].map(u32::from);
                u8::try_from((299 * r + 587 * g + 114 * b) / 1000).unwrap_or(u8::MAX)
            }
            _ => u8::MAX,
        };
        Ok(Some((picture.data.chunks_exact(4).map(grey).collect(), u32::from(width))))
    }

    #[cfg(test)]
    mod tests {
        use std::io::{BufRead as _, BufReader};
        use std::process::{Command, Stdio};

        use x11rb::protocol::xproto::CreateGCAux;

        use super::*;

        #[test]
        fn a_code_anywhere_on_the_screen_is_read_and_an_empty_screen_has_none() {
            let started = Command::new("Xvfb")
                .args(["-displayfd", "1", "-screen", "0", "1280x900x24", "-nolisten", "tcp"])
                .stdout(Stdio::piped())
                .stderr(Stdio::null())
                .spawn();
            let Ok(mut server) = started else { return says_skipped() };
            let mut number = String::new();
            BufReader::new(server.stdout.take().unwrap()).read_line(&mut number).unwrap();
            let display = format!(":{}", number.trim());
            // Who draws stays: a server that nobody is connected to begins anew, with an empty screen.
            let (artist, _) = RustConnection::connect(Some(&display)).unwrap();
            assert!(matches!(look_at(Some(&display)), Held::Unread(QrError::NoCode)));
            draw(&artist, "chop:offer?of=a-screen", (700, 420));
            let Held::Texts(texts) = look_at(Some(&display)) else { panic!("no code was seen") };
            assert_eq!(texts, ["chop:offer?of=a-screen"]);
            server.kill().unwrap();
            server.wait().unwrap();
            assert!(matches!(look_at(Some(&display)), Held::Refused(Refusal::NoScreen)));
        }

        fn draw(display: &RustConnection, text: &str, (x, y): (i16, i16)) {
            let png = qr::draw(text).unwrap().png(qr::MODULE_PIXELS).unwrap();
            let code = qr::pixels(&png).unwrap();
            let screen = &display.setup().roots[0];
            let gc = display.generate_id().unwrap();
            display.create_gc(gc, screen.root, &CreateGCAux::new()).unwrap();
            let width = u16::try_from(code.width).unwrap();
            // A few rows at a time: a request has an end.
            for (strip, rows) in code.grey.chunks(usize::from(width) * 16).enumerate() {
                let data: Vec<u8> = rows.iter().flat_map(|grey| [*grey, *grey, *grey, 0]).collect();
                let height = u16::try_from(rows.len() / usize::from(width)).unwrap();
                let top = y + i16::try_from(strip * 16).unwrap();
                let put = display.put_image(
                    ImageFormat::Z_PIXMAP,
                    screen.root,
                    gc,
                    width,
                    height,
                    x,
                    top,
                    0,
                    screen.root_depth,
                    &data,
                );
                put.unwrap().check().unwrap();
            }
        }

        #[expect(clippy::disallowed_methods, reason = "a test is an edge: CI must not skip")]
        #[expect(clippy::print_stdout, reason = "a test that is skipped says so")]
        fn says_skipped() {
            assert!(std::env::var("CI").is_err(), "no Xvfb");
            println!("SKIPPED: the screen: no Xvfb here");
        }
    }
}

/// Until a window that was hidden is gone from the screen.
const ASIDE: Duration = Duration::from_millis(600);
