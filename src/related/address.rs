//! Addresses in the form in which two that lead to the same page are equal.

use url::Url;

/// Query parameters that say where a reader came from, not what they asked for.
const TRACKING: &[&str] = &[
    "fbclid", "gclid", "dclid", "msclkid", "yclid", "igshid", "mc_cid", "mc_eid", "ref_src",
    "cmpid", "ncid", "ocid",
];

/// Parameters whose names begin so are of that kind too.
const TRACKING_PREFIX: &str = "utm_";

/// Hosts that show the same pages as the host without them.
const TWINS: &[&str] = &["www.", "amp.", "m."];

/// An address for comparing only: it leads nowhere.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Address {
    /// Without what may differ between links to the same page: scheme, `www.`,
    /// tracking parameters, the order of parameters, a slash at the end, and the
    /// marks of an AMP edition.
    pub page: String,
    /// What follows `#`, if anything does.
    pub fragment: Option<String>,
}

impl Address {
    /// Both parts, as one text.
    pub fn into_string(self) -> String {
        match self.fragment {
            Some(fragment) => format!("{}#{fragment}", self.page),
            None => self.page,
        }
    }
}

/// The address in its form for comparing; nothing where it is no web address.
pub fn normal(address: &str) -> Option<Address> {
    let url = Url::parse(address.trim()).ok()?;
    if !matches!(url.scheme(), "http" | "https") {
        return None;
    }
    let host = TWINS.iter().fold(url.host_str()?.trim_end_matches('.'), |host, twin| {
        // Of `m.org` itself nothing is taken: what is left must still have a dot.
        host.strip_prefix(twin).filter(|rest| rest.contains('.')).unwrap_or(host)
    });
    let mut page = host.to_owned();
    if let Some(port) = url.port() {
        page.push(':');
        page.push_str(&port.to_string());
    }
    let path = url.path().trim_end_matches('/');
    page.push_str(path.strip_suffix("/amp").unwrap_or(path).trim_end_matches('/'));
    let mut kept: Vec<_> = url.query().unwrap_or_default().split('&').filter(|p| asks(p)).collect();
    kept.sort_unstable();
    for (index, pair) in kept.into_iter().enumerate() {
        page.push(if index == 0 { '?' } else { '&' });
        page.push_str(pair);
    }
    let fragment = url.fragment().filter(|fragment| !fragment.is_empty()).map(str::to_owned);
    Some(Address { page, fragment })
}

/// Whether a query parameter has a part in what page is shown.
fn asks(pair: &str) -> bool {
    let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
    let name = name.to_ascii_lowercase();
    let amp = name == "amp" && matches!(value, "" | "1" | "true");
    let tracking = name.starts_with(TRACKING_PREFIX) || TRACKING.contains(&name.as_str());
    !(name.is_empty() || amp || tracking)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(address: &str, page: &str, fragment: Option<&str>) {
        let fragment = fragment.map(str::to_owned);
        assert_eq!(normal(address), Some(Address { page: page.to_owned(), fragment }));
    }

    #[test]
    fn links_to_the_same_page_are_equal() {
        check("https://www.Example.org/a/b/", "example.org/a/b", None);
        check("http://example.org/a/b?utm_source=x&UTM_medium=y&fbclid=1", "example.org/a/b", None);
        check("https://m.example.org/a/b/amp/?amp=1", "example.org/a/b", None);
        check("https://example.org:443/a?b=2&a=1#notes", "example.org/a?a=1&b=2", Some("notes"));
        check("https://example.org/#", "example.org", None);
        check("https://example.org:8080/", "example.org:8080", None);
        check("https://m.org/a", "m.org/a", None);
    }

    #[test]
    fn links_to_other_pages_are_not() {
        check("https://example.org/a?id=1", "example.org/a?id=1", None);
        check("https://blog.example.org/A", "blog.example.org/A", None);
        check("https://example.org/stamp", "example.org/stamp", None);
        assert_eq!(normal("mailto:someone@example.org"), None);
        assert_eq!(normal("a headline"), None);
    }
}
