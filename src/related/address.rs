//! Addresses in the form in which two that lead to the same page are equal.

use url::Url;

/// Query parameters that say where a reader came from, not what they asked for.
const TRACKING: &[&str] = &[
    "fbclid", "gclid", "dclid", "msclkid", "yclid", "igshid", "mc_cid", "mc_eid", "ref_src",
    "cmpid", "ncid", "ocid",
];

/// The parameters whose names begin so are of that kind too.
const TRACKING_PREFIX: &str = "utm_";

/// The address without what may differ between links to the same page: scheme,
/// `www.`, fragment, tracking parameters, the order of parameters, a slash at the
/// end, and the marks of an AMP edition. For comparing only: it leads nowhere.
/// Nothing where the text is no web address.
pub fn normal(address: &str) -> Option<String> {
    let url = Url::parse(address.trim()).ok()?;
    if !matches!(url.scheme(), "http" | "https") {
        return None;
    }
    let host = url.host_str()?.trim_end_matches('.');
    let host = ["www.", "amp."].iter().fold(host, |host, prefix| {
        // Not of a bare `www.com`: what is left must still have a dot.
        host.strip_prefix(prefix).filter(|rest| rest.contains('.')).unwrap_or(host)
    });
    let mut out = host.to_owned();
    if let Some(port) = url.port() {
        out.push(':');
        out.push_str(&port.to_string());
    }
    let path = url.path().trim_end_matches('/');
    let path = path.strip_suffix("/amp").unwrap_or(path);
    out.push_str(path.trim_end_matches('/'));
    let mut kept: Vec<_> = url
        .query()
        .unwrap_or_default()
        .split('&')
        .filter(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let name = name.to_ascii_lowercase();
            let amp = name == "amp" && (value.is_empty() || value == "1");
            let tracking = name.starts_with(TRACKING_PREFIX) || TRACKING.contains(&name.as_str());
            !name.is_empty() && !tracking && !amp
        })
        .collect();
    kept.sort_unstable();
    for (index, pair) in kept.into_iter().enumerate() {
        out.push(if index == 0 { '?' } else { '&' });
        out.push_str(pair);
    }
    Some(out)
}
