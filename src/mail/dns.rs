//! What DNS says of a domain's mail. Without a network it says that it could not look.

use std::time::Duration;

use hickory_resolver::{TokioResolver, proto::rr::RData};

/// How long an answer is waited for.
const PATIENCE: Duration = Duration::from_secs(5);

/// The texts (TXT) at a name; none when there are none.
///
/// # Errors
/// Says why nobody could be asked.
pub async fn texts(name: &str) -> Result<Vec<String>, String> {
    let builder = TokioResolver::builder_tokio().map_err(|error| error.to_string())?;
    let resolver = builder.build().map_err(|error| error.to_string())?;
    // Absolute: the search list of this machine is no business of the domain.
    let asked = resolver.txt_lookup(format!("{}.", name.trim_end_matches('.')));
    match tokio::time::timeout(PATIENCE, asked).await {
        Err(_) => Err("no answer in time".to_owned()),
        Ok(Err(error)) if error.is_no_records_found() || error.is_nx_domain() => Ok(Vec::new()),
        Ok(Err(error)) => Err(error.to_string()),
        Ok(Ok(found)) => Ok(found.answers().iter().filter_map(|record| text(&record.data)).collect()),
    }
}

fn text(data: &RData) -> Option<String> {
    let RData::TXT(text) = data else { return None };
    let bytes: Vec<u8> = text.txt_data.iter().flat_map(|part| part.iter().copied()).collect();
    Some(String::from_utf8_lossy(&bytes).into_owned())
}
