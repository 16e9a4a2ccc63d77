//! The page of an annotated copy (加注件): what was copied, with the mark across it, self-contained and
//! printable on A4. The same page for both sides: it follows from the mark and from what was copied.

use chop_crypto::encoding::to_base64;
use chop_formats::annotated_copy::AnnotatedCopy;
use serde_json::Value;

/// Media type of a copied file, and of its page.
pub(crate) const PAGE_TYPE: &str = "text/html";

/// What a page shows below its mark.
pub(crate) enum Shown<'a> {
    /// A file by its media type and bytes.
    File(&'a str, &'a [u8]),
    /// Claims by name, as their JSON.
    Fields(Vec<(String, &'a Value)>),
}

/// The page. Everything that somebody wrote is escaped; nothing is loaded and nothing runs.
pub(crate) fn page(mark: &AnnotatedCopy, shown: &Shown<'_>) -> String {
    let AnnotatedCopy { made_at, made_by, reason, valid_until, title, .. } = mark;
    let (made_at, valid_until) = (day(*made_at), day(*valid_until));
    let (made_by, reason, title) = (escaped(made_by), escaped(reason), escaped(title));
    let rows: String = [
        ("事由 · Reason · Motivo", &reason),
        ("制作者 · Made by · Feito por", &made_by),
        ("制作时间 · Made at · Feito em", &made_at),
        ("有效期截止 · Valid until · Válido até", &valid_until),
    ]
    .iter()
    .map(|(name, value)| format!("<tr><th>{name}</th><td>{value}</td></tr>"))
    .collect();
    let band = format!("{reason} · {made_by} · {made_at} – {valid_until}　");
    let bands: String = (0..BANDS).map(|_| format!("<p>{}</p>", band.repeat(3))).collect();
    format!(
        "<!doctype html><html><head><meta charset=\"utf-8\"><meta http-equiv=\"Content-Security-Policy\" \
         content=\"default-src 'none'; img-src data:; style-src 'unsafe-inline'\"><title>{title}</title>\
         <style>{STYLE}</style></head><body><h1>加注件 · 加註件 · Annotated copy · Cópia anotada</h1>\
         <table>{rows}</table><h2>{title}</h2><div class=\"copy\">{}<div class=\"mark\">{bands}</div></div>\
         <p class=\"foot\">本件仅供上述事由使用。 本件僅供上述事由使用。 Good only for the reason above. \
         Válida apenas para o motivo acima.</p></body></html>",
        body(shown)
    )
}

fn body(shown: &Shown<'_>) -> String {
    match shown {
        Shown::File(mime, bytes) if PICTURES.contains(mime) => {
            format!("<img alt=\"\" src=\"data:{mime};base64,{}\">", to_base64(bytes))
        }
        Shown::File(mime, bytes) => match std::str::from_utf8(bytes) {
            Ok(text) if mime.starts_with("text/") || *mime == "application/json" => {
                format!("<pre>{}</pre>", escaped(text))
            }
            // What no page can draw goes along behind the mark, to be saved.
            _ => format!(
                "<p><a download href=\"data:application/octet-stream;base64,{}\">{}</a></p>",
                to_base64(bytes),
                escaped(mime)
            ),
        },
        Shown::Fields(fields) => {
            let row = |(name, value): &(String, &Value)| {
                let said = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                format!("<tr><th>{}</th><td>{}</td></tr>", escaped(name), escaped(&said))
            };
            format!("<table>{}</table>", fields.iter().map(row).collect::<String>())
        }
    }
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            // Nothing reorders the words of the mark (UAX 9).
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => out.push('\u{fffd}'),
            c if c.is_control() && c != '\n' && c != '\t' => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

fn day(at: chop_model::UnixTime) -> String {
    crate::predicate::day_of(at).map_or_else(String::new, |day| day.to_string())
}

const PICTURES: [&str; 4] = ["image/png", "image/jpeg", "image/gif", "image/webp"];
const BANDS: usize = 12;
const STYLE: &str = "@page{size:A4;margin:18mm}body{font:11pt/1.5 sans-serif;color:#111;max-width:174mm;\
    margin:auto}h1{font-size:14pt;border:2px solid #b00020;color:#b00020;padding:2mm;text-align:center}\
    table{border-collapse:collapse;width:100%}th{text-align:left;font-weight:normal;color:#555;width:40%}\
    th,td{border-bottom:1px solid #ccc;padding:1mm}.copy{position:relative;overflow:hidden;min-height:80mm}\
    .copy img{max-width:100%}pre{white-space:pre-wrap}.mark{position:absolute;inset:0;pointer-events:none;\
    color:#b00020;opacity:.28;transform:rotate(-24deg) scale(1.5);white-space:nowrap;font-size:10pt;\
    -webkit-print-color-adjust:exact;print-color-adjust:exact}.foot{color:#b00020}";

#[cfg(test)]
mod tests {
    use chop_model::{Id, UnixTime};

    use super::*;

    #[test]
    fn the_mark_is_on_the_page_and_nothing_runs_on_it() {
        let mark = AnnotatedCopy {
            iss: [0; 32].into(),
            aud: None,
            req: None,
            jti: Id([0; 16]),
            made_at: UnixTime(1_795_219_200),
            made_by: "<script>alert(1)</script>".into(),
            reason: "仅供入学审核".into(),
            valid_until: UnixTime(1_795_219_200 + 86_400),
            title: "\"a\" & b".into(),
            original: [0; 32].into(),
            copy: [0; 32].into(),
        };
        let html = page(&mark, &Shown::File("image/png", b"\x89PNG"));
        assert!(html.contains("仅供入学审核") && html.contains("2026-11-21") && html.contains("2026-11-22"));
        assert!(!html.contains("<script") && html.contains("&lt;script&gt;"));
        assert!(html.contains("data:image/png;base64,iVBORw=="));
        assert!(page(&mark, &Shown::File("text/plain", b"<b>")).contains("<pre>&lt;b&gt;</pre>"));
        let value = Value::from("O+");
        assert!(page(&mark, &Shown::Fields(vec![("blood".into(), &value)])).contains("<td>O+</td>"));
    }
}
