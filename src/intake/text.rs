//! Cleans the texts of notices and files: white space, invisible characters, HTML leftovers.

/// Characters that do not show but part words from their matches or turn the line around.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

/// Tags that programs leave behind in notice texts. Only these go: `< 5 dagar` and `<namn>` stay.
const TAGS: &[&str] = &[
    "a",
    "b",
    "blockquote",
    "body",
    "br",
    "center",
    "div",
    "em",
    "font",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "html",
    "i",
    "li",
    "ol",
    "p",
    "pre",
    "small",
    "span",
    "strike",
    "strong",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "u",
    "ul",
];

/// Tags that stand inside a word or sentence: dropped without a space in their place.
const INLINE: &[&str] = &["a", "b", "em", "font", "i", "small", "span", "strike", "strong", "sub", "sup", "u"];

/// Character references that programs leave behind.
const REFERENCES: &[(&str, &str)] = &[
    ("&nbsp;", " "),
    ("&shy;", ""),
    ("&#160;", " "),
    ("&#xa0;", " "),
    ("&quot;", "\""),
    ("&#34;", "\""),
    ("&apos;", "'"),
    ("&#39;", "'"),
    ("&aring;", "å"),
    ("&auml;", "ä"),
    ("&ouml;", "ö"),
    ("&Aring;", "Å"),
    ("&Auml;", "Ä"),
    ("&Ouml;", "Ö"),
    ("&eacute;", "é"),
    ("&ndash;", "–"),
    ("&mdash;", "—"),
    ("&bull;", "•"),
    ("&rsquo;", "’"),
    ("&lt;", "<"),
    ("&gt;", ">"),
    ("&amp;", "&"),
];

/// Letters that some systems write as a base letter and a combining mark.
const COMPOSED: &[(&str, &str)] = &[
    ("a\u{30A}", "å"),
    ("a\u{308}", "ä"),
    ("o\u{308}", "ö"),
    ("A\u{30A}", "Å"),
    ("A\u{308}", "Ä"),
    ("O\u{308}", "Ö"),
    ("e\u{301}", "é"),
    ("E\u{301}", "É"),
    ("u\u{308}", "ü"),
    ("U\u{308}", "Ü"),
];

/// A text as it is shown and matched: one line, single spaces, no markup, å ä ö as one letter.
pub(super) fn clean(raw: &str) -> String {
    let text = if raw.contains('<') { without_tags(raw) } else { raw.to_owned() };
    let text = if text.contains('&') { replaced(text, REFERENCES) } else { text };
    let text = if text.contains(['\u{30A}', '\u{308}', '\u{301}']) { replaced(text, COMPOSED) } else { text };
    let mut line = String::with_capacity(text.len());
    for word in text.split(|c: char| c.is_whitespace() || c.is_control()) {
        let start = line.len();
        line.extend(word.chars().filter(|c| !is_invisible(*c)));
        if line.len() > start {
            line.push(' ');
        }
    }
    line.truncate(line.trim_end().len());
    line
}

fn replaced(mut text: String, pairs: &[(&str, &str)]) -> String {
    for (from, to) in pairs {
        if text.contains(from) {
            text = text.replace(from, to);
        }
    }
    text
}

fn without_tags(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find('<') {
        kept.push_str(&rest[..open]);
        rest = &rest[open..];
        match tag(rest) {
            Some((name, length)) => {
                if !INLINE.iter().any(|inline| name.eq_ignore_ascii_case(inline)) {
                    kept.push(' ');
                }
                rest = &rest[length..];
            }
            None => {
                kept.push('<');
                rest = &rest[1..];
            }
        }
    }
    kept.push_str(rest);
    kept
}

/// The name and the whole length in bytes of the known tag that `text` begins with.
fn tag(text: &str) -> Option<(&str, usize)> {
    /// Longest tag that is taken for one; what is longer is a sentence with a `<` in it.
    const LONGEST: usize = 500;
    let head = text.get(1..)?;
    let head = head.strip_prefix('/').unwrap_or(head);
    let name_end = head.find(|c: char| !c.is_ascii_alphanumeric())?;
    let name = &head[..name_end];
    TAGS.iter().find(|known| name.eq_ignore_ascii_case(known))?;
    let after = &head[name_end..];
    if !after.starts_with(|c: char| c.is_whitespace() || c == '/' || c == '>') {
        return None;
    }
    let close = after.bytes().take(LONGEST).position(|byte| byte == b'>')?;
    (!after[..close].contains('<')).then(|| (name, text.len() - after.len() + close + 1))
}

/// One printable line of at most `longest` characters, for logs and error lists.
pub(super) fn printable(raw: &str, longest: usize) -> String {
    let mut line: String = raw
        .chars()
        .filter(|c| !is_invisible(*c))
        .map(|c| if c.is_control() || c.is_whitespace() { ' ' } else { c })
        .take(longest + 1)
        .collect();
    if let Some((cut, _)) = line.char_indices().nth(longest) {
        line.truncate(cut);
        line.push('…');
    }
    line
}

/// The link when it is one that a page may show: http or https, one word, with a host.
pub(super) fn web_link(raw: &str) -> Option<String> {
    const LONGEST: usize = 2000;
    let link = raw.trim();
    let (scheme, rest) = link.split_once("://")?;
    let known = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host_ok = host.starts_with(|c: char| c.is_alphanumeric() || c == '[') && !host.contains('@');
    let plain = |c: char| !c.is_whitespace() && !c.is_control() && !is_invisible(c) && !"<>\"`\\".contains(c);
    (known && host_ok && link.len() <= LONGEST && link.chars().all(plain)).then(|| link.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_markup_and_invisible_characters_are_cleaned_away() {
        let check = |raw: &str, expected: &str| assert_eq!(clean(raw), expected, "{raw}");
        check("  Städ\u{A0}av \r\n\t kontor ", "Städ av kontor");
        check("<p>Städ<br/>och <b>fönster</b>puts</p><P class=\"x\">Nu</P>", "Städ och fönsterputs Nu");
        check("Lokal&shy;vård &nbsp;&amp; f&ouml;nster", "Lokalvård & fönster");
        check("svar < 5 dagar, b<a, <namn>, a <b", "svar < 5 dagar, b<a, <namn>, a <b");
        check("lokal\u{AD}vård \u{200B} \u{202E}nu", "lokalvård nu");
        check("a\u{308}r o\u{308}ppet pa\u{30A}", "är öppet på");
        check("a\u{0}b", "a b");
        check("<", "<");
    }

    #[test]
    fn only_plain_web_links_are_kept() {
        for link in ["https://a.example/x?id=1", "HTTP://a.example", "https://[::1]/"] {
            assert_eq!(web_link(link).as_deref(), Some(link));
        }
        for text in
            ["www.a.example", "javascript:alert(1)", "ftp://a.example", "https://", "https://a b", "https://u:p@h/"]
        {
            assert_eq!(web_link(text), None, "{text}");
        }
    }

    #[test]
    fn printed_details_are_one_short_line() {
        assert_eq!(printable("a\nb\u{1b}[1m\u{202E}", 50), "a b [1m");
        assert_eq!(printable("abcdef", 3), "abc…");
    }
}
