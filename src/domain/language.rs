//! The two languages that a user can read the service in, and the languages that needs are written in.

use serde::{Deserialize, Serialize};

/// Swedish first, English second.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Swedish, `sv`.
    #[default]
    Sv,
    /// English, `en`.
    En,
}

impl Language {
    /// Both, in the order they are offered.
    pub const ALL: [Self; 2] = [Self::Sv, Self::En];

    /// BCP 47 code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Sv => "sv",
            Self::En => "en",
        }
    }

    /// Reads a BCP 47 code; anything but English is Swedish.
    pub fn from_code(code: &str) -> Self {
        if code.to_ascii_lowercase().starts_with("en") { Self::En } else { Self::Sv }
    }
}

/// A language that a text is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TextLanguage {
    /// Swedish.
    Sv,
    /// English.
    En,
    /// Finnish.
    Fi,
    /// Danish.
    Da,
    /// Norwegian, both written forms.
    No,
    /// German.
    De,
    /// French.
    Fr,
    /// Any other, or nobody knows.
    Und,
}

/// Languages that are told apart by their smallest words; those that two of them share count for both.
const SMALL_WORDS: &[(TextLanguage, &str)] = &[
    (
        TextLanguage::Sv,
        "och att som för med är av på till den det ett inte från vid eller ska kan har om under samt inom enligt där i en de kommer",
    ),
    (
        TextLanguage::En,
        "the and of to for in is on with are be by this that or as at from shall will an which it not a has",
    ),
    (
        TextLanguage::Fi,
        "ja on sekä tai ei että joka ovat mukaan myös kanssa voi hankinta hankinnan ole tämä kuin se sen mutta jotka",
    ),
    (
        TextLanguage::Da,
        "og at som til med er af på den det et ikke fra ved eller skal kan har om samt inden jf i en de bliver hvor",
    ),
    (
        TextLanguage::No,
        "og at som til med er av på den det et ikke fra ved eller skal kan har om samt innen der i en de blir hvor",
    ),
    (
        TextLanguage::De,
        "und der die das für mit ist von auf zu den ein eine nicht aus bei oder im sind des dem werden wird",
    ),
    (TextLanguage::Fr, "et de la le les des pour du en à est dans un une par sur avec ou au aux ce cette que"),
];

impl TextLanguage {
    /// ISO 639-1 code; `und` when it is none of ours.
    pub fn code(self) -> &'static str {
        match self {
            Self::Sv => "sv",
            Self::En => "en",
            Self::Fi => "fi",
            Self::Da => "da",
            Self::No => "no",
            Self::De => "de",
            Self::Fr => "fr",
            Self::Und => "und",
        }
    }

    /// Reads a code of two or three letters, as notices write them: `SV`, `SWE`.
    pub fn from_code(code: &str) -> Self {
        match code.trim().to_ascii_lowercase().as_str() {
            "sv" | "swe" => Self::Sv,
            "en" | "eng" => Self::En,
            "fi" | "fin" => Self::Fi,
            "da" | "dan" => Self::Da,
            "no" | "nb" | "nn" | "nor" | "nob" | "nno" => Self::No,
            "de" | "deu" | "ger" => Self::De,
            "fr" | "fra" | "fre" => Self::Fr,
            _ => Self::Und,
        }
    }

    /// The language whose small words a text is full of; `None` when it is too short to tell.
    pub fn detect(text: &str) -> Option<Self> {
        /// Words that are looked at: enough to tell, and a long text costs no more.
        const LOOKED_AT: usize = 400;
        /// Small words that must have been met.
        const LEAST: usize = 3;
        let words = text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).take(LOOKED_AT);
        let words: Vec<String> = words.map(str::to_lowercase).collect();
        let mut met: Vec<(usize, Self)> = SMALL_WORDS
            .iter()
            .map(|(language, small)| {
                let small: Vec<&str> = small.split(' ').collect();
                (words.iter().filter(|word| small.contains(&word.as_str())).count(), *language)
            })
            .collect();
        met.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
        let [(most, language), (next, _), ..] = met[..] else { return None };
        (most >= LEAST && most > next).then_some(language)
    }
}

impl From<Language> for TextLanguage {
    fn from(language: Language) -> Self {
        match language {
            Language::Sv => Self::Sv,
            Language::En => Self::En,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_small_words_tell_the_language() {
        let check = |text: &str, expected: Option<TextLanguage>| {
            assert_eq!(TextLanguage::detect(text), expected, "{text}");
        };
        check(
            "Upphandlingen avser städning av lokaler i kommunen och ska pågå till och med 2027.",
            Some(TextLanguage::Sv),
        );
        check(
            "The power transformers are to be delivered and installed at a new substation in Sävar",
            Some(TextLanguage::En),
        );
        check("Hankinta koskee siivousta ja se on osa kunnan palveluja sekä muita töitä", Some(TextLanguage::Fi));
        check(
            "Opgaven omfatter rengøring af skoler og skal løses inden for kommunen ved behov",
            Some(TextLanguage::Da),
        );
        check("Oppdraget omfatter renhold av skoler og skal utføres innen kommunen ved behov", Some(TextLanguage::No));
        check("Lokalvård", None);
        check("Strategisk IT-partner", None);
    }
}
