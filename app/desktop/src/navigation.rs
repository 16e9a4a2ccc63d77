//! No window leaves the page that came inside the app: a plugin of our own judges every step of every
//! window, so that a window of a later room cannot forget to.

use tauri::plugin::{Builder, TauriPlugin};
use tauri::{Runtime, Url};

/// Keeps every window at home.
pub(crate) fn stay_home<R: Runtime>() -> TauriPlugin<R> {
    Builder::new("home").on_navigation(|_, to| is_home(to)).build()
}

/// The page inside; on Windows a host stands for the scheme. While one designs, Vite's server as well.
fn is_home(to: &Url) -> bool {
    match (to.scheme(), to.host_str(), to.port()) {
        ("tauri", Some("localhost"), None) => true,
        ("http" | "https", Some("tauri.localhost"), None) => cfg!(windows),
        ("http", Some("127.0.0.1"), Some(5173)) => cfg!(not(feature = "inside")),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_page_inside_is_home() {
        let is_home = |url: &str| is_home(&url.parse().expect("a URL"));
        assert!(is_home("tauri://localhost/index.html"));
        for elsewhere in [
            "http://127.0.0.1:5173/",
            "http://tauri.localhost.example/",
            "https://localhost/",
            "tauri://elsewhere/",
            "file:///etc/passwd",
            "data:text/html,x",
            "about:blank",
        ] {
            assert!(!is_home(elsewhere), "{elsewhere}");
        }
    }
}
