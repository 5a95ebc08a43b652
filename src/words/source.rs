//! Where templates and locales are read from: the program itself, and before that the operator's folder.

use std::{
    borrow::Cow,
    collections::BTreeMap,
    io,
    path::{Path, PathBuf},
};

#[derive(rust_embed::RustEmbed)]
#[folder = "templates/"]
struct Embedded;

/// The files of the templates folder, by path with `/`.
#[derive(Clone, Default)]
pub(super) struct Source {
    own: BTreeMap<String, Vec<u8>>,
}

impl Source {
    pub(super) fn embedded() -> Self {
        Self::default()
    }

    /// Reads the operator's folder at once: what is served does not change while the program runs.
    pub(super) fn with_overrides(dir: &Path) -> io::Result<Self> {
        let mut own = BTreeMap::new();
        let mut folders: Vec<PathBuf> = vec![dir.to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(&folder)? {
                let path = entry?.path();
                if path.is_dir() {
                    folders.push(path);
                } else if let Some(name) = relative(dir, &path) {
                    own.insert(name, std::fs::read(&path)?);
                }
            }
        }
        Ok(Self { own })
    }

    pub(super) fn bytes(&self, name: &str) -> Option<Cow<'static, [u8]>> {
        match self.own.get(name) {
            Some(bytes) => Some(Cow::Owned(bytes.clone())),
            None => Embedded::get(name).map(|file| file.data),
        }
    }

    pub(super) fn text(&self, name: &str) -> Option<String> {
        self.bytes(name).map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.bytes(name).is_some()
    }

    /// The locale files of one language, ours first, so that the operator's come over them.
    pub(super) fn locales(&self, language: &str) -> Vec<(String, String)> {
        let folder = format!("locales/{language}/");
        let is_locale = |name: &str| name.starts_with(&folder) && name.ends_with(".ftl");
        let mut embedded: Vec<String> = Embedded::iter().map(Cow::into_owned).filter(|name| is_locale(name)).collect();
        embedded.sort();
        let ours = embedded.into_iter().filter_map(|name| {
            let text = String::from_utf8_lossy(&Embedded::get(&name)?.data).into_owned();
            Some((name, text))
        });
        let own = self.own.iter().filter(|(name, _)| is_locale(name));
        ours.chain(own.map(|(name, bytes)| (name.clone(), String::from_utf8_lossy(bytes).into_owned()))).collect()
    }

    pub(super) fn is_own(&self, name: &str) -> bool {
        self.own.contains_key(name)
    }

    pub(super) fn own_templates(&self) -> impl Iterator<Item = &str> {
        self.own.keys().map(String::as_str).filter(|name| is_template(name))
    }

    #[cfg(test)]
    pub(super) fn names(&self) -> Vec<String> {
        Embedded::iter().map(Cow::into_owned).chain(self.own.keys().cloned()).collect()
    }
}

/// Whether a file is rendered, not served or read as it is.
pub(super) fn is_template(name: &str) -> bool {
    [".html", ".txt", ".mjml", ".xml"].iter().any(|end| name.ends_with(end)) && !name.starts_with("demo/")
}

fn relative(dir: &Path, path: &Path) -> Option<String> {
    let parts: Option<Vec<&str>> = path.strip_prefix(dir).ok()?.iter().map(|part| part.to_str()).collect();
    Some(parts?.join("/"))
}
