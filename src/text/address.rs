//! Addresses as they are told: without passwords.
//!
//! Whatever names an address to eyes, to another program or in a file that others get goes
//! through here. What is asked of a server, opened or copied is not told, and stays whole.

use std::borrow::Cow;

use url::Url;

use super::sanitize::SafeText;

/// An address without its password. The user's name stays: it tells two feeds apart.
pub fn shown(url: &Url) -> SafeText {
    SafeText::line(public(url).as_str())
}

/// The same as an address, for what takes no text.
pub fn public(url: &Url) -> Cow<'_, Url> {
    if url.password().is_none() {
        return Cow::Borrowed(url);
    }
    let mut url = url.clone();
    // Only an address that cannot have one refuses to lose it.
    let _ = url.set_password(None);
    Cow::Owned(url)
}

/// Text without the passwords of the addresses in it, sound or not: from the first colon
/// of `://name:password@` to the last `@` before the host ends (RFC 3986, 3.2).
pub fn without_passwords(text: &str) -> Cow<'_, str> {
    let mut out = String::new();
    let (mut rest, mut found) = (text, false);
    while let Some((before, after)) = rest.split_once("://") {
        let end = after.find(|c: char| c.is_whitespace() || "/?#\"'<>".contains(c));
        let (authority, after) = after.split_at(end.unwrap_or(after.len()));
        let secret = authority.rsplit_once('@').and_then(|(user, host)| {
            let (name, _) = user.split_once(':')?;
            Some((name, host))
        });
        out.push_str(before);
        out.push_str("://");
        match secret {
            Some((name, host)) => {
                found = true;
                out.extend([name, "@", host]);
            }
            None => out.push_str(authority),
        }
        rest = after;
    }
    if !found {
        return Cow::Borrowed(text);
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// The new address of something, with the user's name and password of the one before if it
/// names no others and leads to the same server, no less safely. Redirects name none, and
/// who corrects an address was not shown any.
pub fn with_credentials_of(mut url: Url, before: &Url) -> Url {
    let same_server = url.host() == before.host()
        && url.port() == before.port()
        && (url.scheme() == "https" || url.scheme() == before.scheme());
    let same_user = url.username().is_empty() || url.username() == before.username();
    if same_server && same_user && url.password().is_none() {
        // These fail only for addresses without a host, which have none.
        let _ = url.set_username(before.username());
        let _ = url.set_password(before.password());
    }
    url
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_address_is_told_with_its_password() {
        for (address, expected) in [
            ("https://example.org/a?b#c", "https://example.org/a?b#c"),
            ("https://ann:secret@example.org/a", "https://ann@example.org/a"),
            ("https://:secret@example.org/", "https://example.org/"),
            ("https://ann@example.org/", "https://ann@example.org/"),
            ("mailto:ann@example.org", "mailto:ann@example.org"),
        ] {
            let url: Url = address.parse().unwrap();
            assert_eq!(&*shown(&url), expected);
            assert_eq!(public(&url).as_str(), expected);
        }
    }

    #[test]
    fn no_text_is_told_with_the_passwords_in_it() {
        for (text, expected) in [
            ("no address at all", "no address at all"),
            ("https://ann:se@cret@exa mple/ is none", "https://ann@exa mple/ is none"),
            ("a://b:c@d, then e://f:g@h/i:j@k", "a://b@d, then e://f@h/i:j@k"),
            ("https://example.org:8080/@ann:x", "https://example.org:8080/@ann:x"),
            ("\"https://ann:secret@example.org\"", "\"https://ann@example.org\""),
            ("://:@", "://@"),
            ("ends with ://", "ends with ://"),
        ] {
            assert_eq!(without_passwords(text), expected);
        }
    }

    #[test]
    fn credentials_stay_with_their_server_and_their_user() {
        for (before, new, expected) in [
            ("http://ann:pw@a.example/", "https://a.example/b", "https://ann:pw@a.example/b"),
            ("http://ann:pw@a.example/", "http://ann@a.example/b", "http://ann:pw@a.example/b"),
            ("http://ann:pw@a.example/", "http://ann:x@a.example/", "http://ann:x@a.example/"),
            ("http://ann:pw@a.example/", "http://bob@a.example/", "http://bob@a.example/"),
            ("http://ann:pw@a.example/", "http://b.example/", "http://b.example/"),
            ("http://ann:pw@a.example/", "http://a.example:8080/", "http://a.example:8080/"),
            ("https://ann:pw@a.example/", "http://a.example/", "http://a.example/"),
            ("https://a.example/", "https://a.example/b", "https://a.example/b"),
        ] {
            let [before, new] = [before, new].map(|url| url.parse::<Url>().unwrap());
            assert_eq!(with_credentials_of(new, &before).as_str(), expected);
        }
    }
}
