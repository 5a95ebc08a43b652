//! A pasted draft or plan in parts: each that begins as people number lots.

/// One part of a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Its first line, without the number.
    pub title: String,
    /// What follows.
    pub text: String,
}

/// Most parts that are looked at.
pub const MOST_PARTS: usize = 20;

/// Words that begin a lot, lower case.
const MARKS: [&str; 6] = ["delkontrakt", "anbudsområde", "delområde", "del ", "lot ", "område "];

/// The parts of a draft; one without numbered parts is a single one, headed by its first line.
pub fn parts(text: &str) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    for line in text.lines().map(str::trim) {
        if let Some(title) = heading(line) {
            parts.push(Part { title, text: String::new() });
        } else if let Some(part) = parts.last_mut() {
            part.text.push_str(line);
            part.text.push('\n');
        }
    }
    parts.retain(|part| !part.title.is_empty());
    if parts.len() < 2 {
        let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        let title: String = lines.next().unwrap_or_default().chars().take(200).collect();
        return vec![Part { title, text: lines.collect::<Vec<_>>().join("\n") }];
    }
    parts.truncate(MOST_PARTS);
    parts
}

/// The heading of a part: after "Delkontrakt 2:", "3." or "–".
fn heading(line: &str) -> Option<String> {
    let lower = line.to_lowercase();
    let rest = if let Some(bullet) = ["- ", "– ", "• ", "* "].iter().find_map(|mark| line.strip_prefix(mark)) {
        bullet
    } else if MARKS.iter().any(|mark| lower.starts_with(mark)) {
        let number = line.find(|c: char| c.is_ascii_digit())?;
        line[number..].trim_start_matches(|c: char| c.is_ascii_digit())
    } else {
        let digits = line.chars().take_while(char::is_ascii_digit).count();
        let rest = &line[digits..];
        if !(1..=2).contains(&digits) || !rest.starts_with(['.', ')', ':']) {
            return None;
        }
        // "1.5 miljoner" is no heading.
        rest[1..].starts_with(' ').then_some(rest)?
    };
    let title = rest.trim_start_matches(|c: char| !c.is_alphanumeric()).chars().take(200).collect::<String>();
    Some(title.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn titles(text: &str) -> Vec<String> {
        parts(text).into_iter().map(|part| part.title).collect()
    }

    #[test]
    fn numbered_parts_are_told_apart() {
        let check = |text: &str, expected: &[&str]| assert_eq!(titles(text), expected, "{text}");
        check("Städning av skolor\nTre skolor.", &["Städning av skolor"]);
        check("Plan\nDelkontrakt 1: Städning\nSkolor.\nDelkontrakt 2 - Tvätt", &["Städning", "Tvätt"]);
        check("1. Café\n2. Gräsklippning i parker\n3) Snö", &["Café", "Gräsklippning i parker", "Snö"]);
        check("- Fika\n• Tvätt", &["Fika", "Tvätt"]);
        check("Värdet är\n1.5 miljoner\n2.5 miljoner", &["Värdet är"]);
        check("", &[""]);
    }

    #[test]
    fn what_follows_a_heading_belongs_to_it() {
        let found = parts("Del 1: Städning\nTre skolor.\nDel 2: Tvätt\nDukar.");
        assert_eq!(found[0].text, "Tre skolor.\n");
        assert_eq!(parts("Rubrik\nrad två").remove(0).text, "rad två");
    }
}
