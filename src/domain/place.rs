//! Where work is asked for and where it is offered.
//!
//! Municipality codes begin with their county's code, so a county is known from either.
//! Codes are those of Statistics Sweden; NUTS 3 is Regulation (EC) 1059/2003.

use std::fmt;

use super::rejection::Rejection;

/// One place of a need or of a service area.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Place {
    /// The whole country (`SE`): nothing is too far.
    Sweden,
    /// A county by its two-digit code, for example `06`.
    County(String),
    /// A municipality by its four-digit code, for example `0680`.
    Municipality(String),
    /// A NUTS area that is no Swedish county: abroad, or a part of the country (`SE2`, `FI1B1`).
    Nuts(String),
}

/// How the places of a need lie to a service area, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlaceFit {
    /// Inside the area.
    Inside,
    /// Goods are sent, or the work is done anywhere in the country.
    Ships,
    /// The need covers more than the area.
    Partly,
    /// No place is known on one side.
    Unknown,
    /// Another place in the same county.
    Near,
    /// Outside the county.
    Far,
}

/// A county: code, NUTS 3 code and name.
#[derive(Debug, Clone, Copy)]
pub struct County {
    /// Two digits.
    pub code: &'static str,
    /// NUTS 3.
    pub nuts: &'static str,
    /// Swedish name with "län".
    pub name: &'static str,
}

/// A municipality of the home county with the position of its main town in degrees.
#[derive(Debug, Clone, Copy)]
pub struct Municipality {
    /// Four digits.
    pub code: &'static str,
    /// Short name, without "kommun".
    pub name: &'static str,
    /// Degrees north (WGS 84), good to about a kilometre.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
}

/// The 21 counties.
pub const COUNTIES: &[County] = &[
    County { code: "01", nuts: "SE110", name: "Stockholms län" },
    County { code: "03", nuts: "SE121", name: "Uppsala län" },
    County { code: "04", nuts: "SE122", name: "Södermanlands län" },
    County { code: "05", nuts: "SE123", name: "Östergötlands län" },
    County { code: "06", nuts: "SE211", name: "Jönköpings län" },
    County { code: "07", nuts: "SE212", name: "Kronobergs län" },
    County { code: "08", nuts: "SE213", name: "Kalmar län" },
    County { code: "09", nuts: "SE214", name: "Gotlands län" },
    County { code: "10", nuts: "SE221", name: "Blekinge län" },
    County { code: "12", nuts: "SE224", name: "Skåne län" },
    County { code: "13", nuts: "SE231", name: "Hallands län" },
    County { code: "14", nuts: "SE232", name: "Västra Götalands län" },
    County { code: "17", nuts: "SE311", name: "Värmlands län" },
    County { code: "18", nuts: "SE124", name: "Örebro län" },
    County { code: "19", nuts: "SE125", name: "Västmanlands län" },
    County { code: "20", nuts: "SE312", name: "Dalarnas län" },
    County { code: "21", nuts: "SE313", name: "Gävleborgs län" },
    County { code: "22", nuts: "SE321", name: "Västernorrlands län" },
    County { code: "23", nuts: "SE322", name: "Jämtlands län" },
    County { code: "24", nuts: "SE331", name: "Västerbottens län" },
    County { code: "25", nuts: "SE332", name: "Norrbottens län" },
];

/// The municipalities of Jönköpings län.
pub const MUNICIPALITIES: &[Municipality] = &[
    Municipality { code: "0604", name: "Aneby", latitude: 57.84, longitude: 14.81 },
    Municipality { code: "0617", name: "Gnosjö", latitude: 57.36, longitude: 13.74 },
    Municipality { code: "0642", name: "Mullsjö", latitude: 57.92, longitude: 13.88 },
    Municipality { code: "0643", name: "Habo", latitude: 57.91, longitude: 14.07 },
    Municipality { code: "0662", name: "Gislaved", latitude: 57.3, longitude: 13.54 },
    Municipality { code: "0665", name: "Vaggeryd", latitude: 57.5, longitude: 14.15 },
    Municipality { code: "0680", name: "Jönköping", latitude: 57.78, longitude: 14.16 },
    Municipality { code: "0682", name: "Nässjö", latitude: 57.65, longitude: 14.69 },
    Municipality { code: "0683", name: "Värnamo", latitude: 57.19, longitude: 14.04 },
    Municipality { code: "0684", name: "Sävsjö", latitude: 57.4, longitude: 14.66 },
    Municipality { code: "0685", name: "Vetlanda", latitude: 57.43, longitude: 15.08 },
    Municipality { code: "0686", name: "Eksjö", latitude: 57.67, longitude: 14.97 },
    Municipality { code: "0687", name: "Tranås", latitude: 58.04, longitude: 14.98 },
];

impl Place {
    /// Reads a municipality code, a county code, a NUTS code or `SE`; also the name of a
    /// municipality in the home county.
    ///
    /// # Errors
    /// `rejected-place` for anything else.
    pub fn parse(text: &str) -> Result<Self, Rejection> {
        let code = text.trim();
        let digits = !code.is_empty() && code.bytes().all(|b| b.is_ascii_digit());
        let known_county = |county: &str| COUNTIES.iter().any(|c| c.code == county);
        match code.len() {
            4 if digits && known_county(&code[..2]) => Ok(Self::Municipality(code.to_owned())),
            2 if digits && known_county(code) => Ok(Self::County(code.to_owned())),
            _ => Self::parse_nuts(code)
                .or_else(|| Self::parse_name(code))
                .ok_or_else(|| Rejection::new("place", "rejected-place", text)),
        }
    }

    /// Reads places parted by `|`, `,` or `;`; empty text is no places.
    ///
    /// # Errors
    /// As [`Place::parse`], for the first place that is wrong.
    pub fn parse_list(text: &str) -> Result<Vec<Self>, Rejection> {
        text.split(['|', ',', ';']).map(str::trim).filter(|part| !part.is_empty()).map(Self::parse).collect()
    }

    fn parse_nuts(code: &str) -> Option<Self> {
        let upper = code.to_ascii_uppercase();
        if upper == "SE" || upper == "SE0" {
            return Some(Self::Sweden);
        }
        if let Some(county) = COUNTIES.iter().find(|county| county.nuts == upper) {
            return Some(Self::County(county.code.to_owned()));
        }
        let bytes = upper.as_bytes();
        let is_nuts = (2..=5).contains(&bytes.len())
            && bytes[..2].iter().all(u8::is_ascii_uppercase)
            && bytes[2..].iter().all(u8::is_ascii_alphanumeric)
            && code == upper;
        is_nuts.then_some(Self::Nuts(upper))
    }

    fn parse_name(name: &str) -> Option<Self> {
        let lower = name.to_lowercase();
        let short = lower.trim_end_matches(" kommun").trim_end_matches('s');
        MUNICIPALITIES
            .iter()
            .find(|m| m.name.to_lowercase().trim_end_matches('s') == short)
            .map(|m| Self::Municipality(m.code.to_owned()))
    }

    /// The stored form: `SE`, `06`, `0680` or a NUTS code.
    pub fn code(&self) -> &str {
        match self {
            Self::Sweden => "SE",
            Self::County(code) | Self::Municipality(code) | Self::Nuts(code) => code,
        }
    }

    /// County code, when the place lies in one county.
    pub fn county(&self) -> Option<&str> {
        match self {
            Self::County(code) => Some(code),
            Self::Municipality(code) => Some(&code[..2]),
            Self::Sweden | Self::Nuts(_) => None,
        }
    }

    /// The name a reader knows, or the code where the table has none.
    pub fn name(&self) -> String {
        let name = match self {
            Self::Sweden => Some("hela Sverige"),
            Self::County(code) => COUNTIES.iter().find(|c| c.code == code).map(|c| c.name),
            Self::Municipality(code) => MUNICIPALITIES.iter().find(|m| m.code == code).map(|m| m.name),
            Self::Nuts(_) => None,
        };
        match (name, self.county()) {
            (Some(name), _) => name.to_owned(),
            (None, Some(county)) => Self::County(county.to_owned()).name(),
            (None, None) => self.code().to_owned(),
        }
    }

    /// Whether `self` holds the whole of `other`.
    fn contains(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Sweden, Self::Nuts(code)) => code.starts_with("SE"),
            (Self::Sweden, _) => true,
            (Self::County(county), Self::Municipality(code)) => code.starts_with(county.as_str()),
            (Self::Nuts(nuts), place) => place.nuts().is_some_and(|code| code.starts_with(nuts.as_str())),
            (a, b) => a == b,
        }
    }

    fn nuts(&self) -> Option<&str> {
        match self {
            Self::Nuts(code) => Some(code),
            _ => COUNTIES.iter().find(|c| Some(c.code) == self.county()).map(|c| c.nuts),
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// How the places of a need lie to the `area` that an ASF serves.
pub fn fit(need: &[Place], area: &[Place]) -> PlaceFit {
    if need.is_empty() || area.is_empty() {
        return PlaceFit::Unknown;
    }
    need.iter().map(|place| fit_one(place, area)).min().unwrap_or(PlaceFit::Unknown)
}

fn fit_one(place: &Place, area: &[Place]) -> PlaceFit {
    if area.iter().any(|a| *a != Place::Sweden && a.contains(place)) {
        return PlaceFit::Inside;
    }
    if area.iter().any(|a| a.contains(place)) {
        return PlaceFit::Ships;
    }
    if area.iter().any(|a| place.contains(a)) {
        return PlaceFit::Partly;
    }
    let same_county = place.county().is_some_and(|county| area.iter().any(|a| a.county() == Some(county)));
    if same_county { PlaceFit::Near } else { PlaceFit::Far }
}

/// Distance in kilometres between two municipalities of the home county (great circle).
pub fn distance_km(from: &str, to: &str) -> Option<f64> {
    let position = |code: &str| MUNICIPALITIES.iter().find(|m| m.code == code);
    let (a, b) = (position(from)?, position(to)?);
    let (lat_a, lat_b) = (a.latitude.to_radians(), b.latitude.to_radians());
    let half_lat = (lat_b - lat_a) / 2.0;
    let half_lon = (b.longitude - a.longitude).to_radians() / 2.0;
    let chord = half_lat.sin().powi(2) + lat_a.cos() * lat_b.cos() * half_lon.sin().powi(2);
    Some(2.0 * 6371.0 * chord.sqrt().asin())
}

impl<'de> serde::Deserialize<'de> for Place {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'_, str>>::deserialize(deserializer)?;
        Self::parse(&text).map_err(serde::de::Error::custom)
    }
}

impl serde::Serialize for Place {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(text: &str) -> Vec<Place> {
        Place::parse_list(text).unwrap()
    }

    #[test]
    fn need_places_are_weighed_against_the_service_area() {
        let check = |need: &str, area: &str, expected| {
            assert_eq!(fit(&places(need), &places(area)), expected, "{need} in {area}");
        };
        check("0680", "0680|0643", PlaceFit::Inside);
        check("0680", "06", PlaceFit::Inside);
        check("SE211", "0680", PlaceFit::Partly);
        check("SE", "0680", PlaceFit::Partly);
        check("SE2", "0680", PlaceFit::Partly);
        check("0682", "0680", PlaceFit::Near);
        check("SE110", "0680", PlaceFit::Far);
        check("SE110", "SE", PlaceFit::Ships);
        check("FI1B1", "SE", PlaceFit::Far);
        check("", "0680", PlaceFit::Unknown);
    }

    #[test]
    fn names_and_codes_are_read_and_nonsense_is_refused() {
        assert_eq!(Place::parse("Jönköpings kommun").unwrap().code(), "0680");
        assert_eq!(Place::parse("Tranås").unwrap().code(), "0687");
        assert_eq!(Place::parse("SE211").unwrap().code(), "06");
        for text in ["9999", "99", "hej", "!", "068"] {
            assert!(Place::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn towns_are_as_far_apart_as_on_the_map() {
        let km = distance_km("0680", "0682").unwrap();
        assert!((30.0..40.0).contains(&km), "{km}");
    }
}
