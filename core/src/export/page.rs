//! A printable page: one HTML file that needs nothing else. No script, no picture from elsewhere, no
//! link that loads; A4 when printed. Whatever somebody wrote is escaped.

use std::fmt::Write as _;

use chop_model::Lang;

/// A page under construction, for any record that is to be read on paper.
#[derive(Debug, Clone)]
pub struct PrintPage {
    lang: Lang,
    title: String,
    body: String,
}

impl PrintPage {
    /// A page in `lang`, with its heading.
    pub fn new(lang: Lang, title: &str) -> Self {
        let mut page = Self { lang, title: title.to_owned(), body: String::new() };
        page.push("<h1>", title, "</h1>\n");
        page
    }

    /// Begins a part in another language.
    pub fn part(&mut self, lang: Lang, title: &str) -> &mut Self {
        let _ = writeln!(self.body, "<section lang=\"{}\">", lang.tag());
        self.push("<h2>", title, "</h2>\n")
    }

    /// Ends a part.
    pub fn end_part(&mut self) -> &mut Self {
        self.body.push_str("</section>\n");
        self
    }

    /// A smaller heading.
    pub fn heading(&mut self, text: &str) -> &mut Self {
        self.push("<h3>", text, "</h3>\n")
    }

    /// A paragraph.
    pub fn paragraph(&mut self, text: &str) -> &mut Self {
        self.push("<p>", text, "</p>\n")
    }

    /// A sentence that must not be overlooked.
    pub fn lead(&mut self, text: &str) -> &mut Self {
        self.push("<p class=\"lead\">", text, "</p>\n")
    }

    /// A table of two columns: what, and what it is. Several values stand below each other. Rows without
    /// a value are left out.
    pub fn rows(&mut self, rows: &[(String, Vec<String>)]) -> &mut Self {
        self.body.push_str("<table>\n");
        for (label, values) in rows.iter().filter(|(_, values)| !values.is_empty()) {
            let values: Vec<_> = values.iter().map(|value| escape(value)).collect();
            let _ = writeln!(
                self.body,
                "<tr><th scope=\"row\">{}</th><td>{}</td></tr>",
                escape(label),
                values.join("<br>")
            );
        }
        self.body.push_str("</table>\n");
        self
    }

    /// A line that stands out as missing or wrong.
    pub fn missing(&mut self, text: &str) -> &mut Self {
        self.push("<p class=\"missing\">", text, "</p>\n")
    }

    /// The last line.
    pub fn footer(&mut self, text: &str) -> &mut Self {
        self.push("<footer>", text, "</footer>\n")
    }

    /// The file.
    pub fn finish(self) -> String {
        let (lang, title) = (self.lang.tag(), escape(&self.title));
        format!(
            "<!DOCTYPE html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
             <meta name=\"viewport\" content=\"width=device-width\">\n<title>{title}</title>\n\
             <style>\n{STYLE}</style>\n</head>\n<body>\n{}</body>\n</html>\n",
            self.body
        )
    }

    fn push(&mut self, open: &str, text: &str, close: &str) -> &mut Self {
        self.body.push_str(open);
        self.body.push_str(&escape(text));
        self.body.push_str(close);
        self
    }
}

/// Text as HTML shows it, each piece of a peer's isolated by its own marks (see [`crate::notice::isolate`]).
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            letter => out.push(letter),
        }
    }
    out
}

const STYLE: &str = "\
@page { size: A4; margin: 18mm 16mm; }
body { font: 11pt/1.5 'Noto Sans', 'Noto Sans CJK SC', 'Noto Sans CJK HK', 'PingFang SC', 'Microsoft YaHei', sans-serif; max-width: 178mm; margin: 0 auto; color: #111; }
h1 { font-size: 18pt; border-bottom: 2pt solid #b3261e; }
h2 { font-size: 14pt; margin-top: 8mm; }
h3 { font-size: 12pt; }
section { break-before: page; }
section:first-of-type { break-before: auto; }
table { border-collapse: collapse; width: 100%; }
th, td { border: 0.5pt solid #999; padding: 1.5mm 2mm; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
th { width: 32%; font-weight: 600; background: #f4f4f4; print-color-adjust: exact; }
tr { break-inside: avoid; }
.lead { font-size: 13pt; border-left: 3pt solid #b3261e; padding-left: 3mm; }
.missing { color: #b3261e; font-weight: 600; }
footer { margin-top: 8mm; font-size: 9pt; color: #555; }
";
