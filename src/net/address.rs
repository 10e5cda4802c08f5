//! Which addresses belong to the reader's own network, and who may name them. Pure.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use url::{Host, Url};

/// Who may name an address of a private network.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Private {
    /// The reader alone, by subscribing: that origin (scheme, host, port), and no other.
    #[default]
    Subscribed,
    /// Everybody.
    Allow,
    /// Nobody.
    Never,
}

impl Private {
    /// Whether a request to `url` may end at a private address, when the reader subscribed
    /// to `origin`.
    pub fn allows(self, url: &Url, origin: Option<&Url>) -> bool {
        match self {
            Self::Subscribed => origin.is_some_and(|origin| same_origin(origin, url)),
            Self::Allow => true,
            Self::Never => false,
        }
    }
}

/// Whether two addresses have scheme, host and port in common.
pub fn same_origin(one: &Url, other: &Url) -> bool {
    one.scheme() == other.scheme()
        && one.host() == other.host()
        && one.port_or_known_default() == other.port_or_known_default()
}

/// Whether the host of an address is private without asking anybody: a number in any
/// spelling, or a name that means this machine. Other names are judged by what they
/// resolve to.
pub fn is_private_host(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => is_private(IpAddr::V4(address)),
        Some(Host::Ipv6(address)) => is_private(IpAddr::V6(address)),
        Some(Host::Domain(name)) => {
            let name = name.trim_end_matches('.');
            // RFC 6761, 6.3, and RFC 8375, RFC 6762: names of this machine and this house.
            let local = ["localhost", "local", "home.arpa", "internal"];
            local.iter().any(|top| {
                name == *top || name.strip_suffix(top).is_some_and(|rest| rest.ends_with('.'))
            })
        }
        None => true,
    }
}

/// Whether an address is anything but a public unicast one.
pub fn is_private(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_private_v4(address),
        IpAddr::V6(address) => is_private_v6(address),
    }
}

/// The IANA registry of special-purpose IPv4 addresses (RFC 6890), and multicast.
fn is_private_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_multicast()
        || address.is_broadcast()
        || address.is_documentation()
        || a == 0
        || a >= 240
        || (a == 100 && (64..128).contains(&b)) // Carrier-grade NAT, RFC 6598.
        || (a == 192 && b == 0 && c == 0) // Protocol assignments, RFC 6890.
        || (a == 198 && (b == 18 || b == 19)) // Benchmarks, RFC 2544.
}

/// The same for IPv6; what carries an IPv4 address is judged by that.
fn is_private_v6(address: Ipv6Addr) -> bool {
    let segments = address.segments();
    let [first, second, ..] = segments;
    let last = |shift: usize| {
        let [.., high, low] = segments;
        let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
        let flip = |byte: u8| byte ^ if shift == 1 { 0xff } else { 0 };
        is_private_v4(Ipv4Addr::new(flip(a), flip(b), flip(c), flip(d)))
    };
    if let Some(mapped) = address.to_ipv4() {
        // `::ffff:0:0/96` and the old `::/96`, in which `::` and `::1` lie.
        return is_private_v4(mapped);
    }
    match segments {
        [0x64, 0xff9b, 0, 0, 0, 0, ..] => return last(0), // NAT64, RFC 6052.
        [0x64, 0xff9b, 1, ..] => return true,             // NAT64 of one's own, RFC 8215.
        [0x2002, a, b, ..] => {
            // 6to4, RFC 3056.
            let ([a, b], [c, d]) = (a.to_be_bytes(), b.to_be_bytes());
            return is_private_v4(Ipv4Addr::new(a, b, c, d));
        }
        [0x2001, 0, ..] => return last(1), // Teredo, RFC 4380: the client's address, flipped.
        _ => {}
    }
    (first & 0xfe00) == 0xfc00 // Unique local.
        || (first & 0xffc0) == 0xfe80 // Link-local.
        || (first & 0xffc0) == 0xfec0 // Site-local, of old.
        || (first & 0xff00) == 0xff00 // Multicast.
        || (first == 0x2001 && second == 0xdb8) // Documentation.
        || (first == 0x3fff && second < 0x1000) // Documentation, RFC 9637.
        || (first == 0x100 && segments.starts_with(&[0x100, 0, 0, 0])) // Discard, RFC 6666.
        || (first == 0x5f00) // Segment routing, RFC 9602.
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        text.parse().unwrap()
    }

    #[test]
    fn every_spelling_of_a_private_address_is_known() {
        let private = [
            "127.0.0.1",
            "127.255.0.9",
            "0.0.0.0",
            "10.1.2.3",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.0.1",
            "169.254.169.254",
            "100.64.0.1",
            "100.127.255.255",
            "192.0.0.8",
            "198.18.0.1",
            "198.19.9.9",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "192.0.2.1",
            "198.51.100.1",
            "203.0.113.1",
            // As numbers, in hex, in octal, shortened.
            "2130706433",
            "0x7f000001",
            "0x7f.1",
            "0177.0.0.1",
            "017700000001",
            "127.1",
            "10.1",
            "[::1]",
            "[::]",
            "[fc00::1]",
            "[fdff::1]",
            "[fe80::1]",
            "[fec0::1]",
            "[ff02::1]",
            "[2001:db8::1]",
            "[3fff::1]",
            "[100::1]",
            "[5f00::1]",
            // IPv4 in IPv6: mapped, compatible, NAT64, 6to4, Teredo.
            "[::ffff:127.0.0.1]",
            "[::ffff:10.0.0.1]",
            "[::127.0.0.1]",
            "[64:ff9b::7f00:1]",
            "[64:ff9b:1::1]",
            "[2002:7f00:1::]",
            "[2001:0:0:0:0:0:80ff:fffe]",
            "localhost",
            "LOCALHOST.",
            "a.localhost",
            "printer.local",
            "nas.home.arpa",
            "metadata.google.internal",
        ];
        for host in private {
            assert!(is_private_host(&url(&format!("http://{host}/"))), "{host}");
        }
        let public = [
            "8.8.8.8",
            "1.1.1.1",
            "172.15.0.1",
            "172.32.0.1",
            "100.63.0.1",
            "100.128.0.1",
            "192.0.1.1",
            "198.17.0.1",
            "198.20.0.1",
            "223.255.255.255",
            "134744072",
            "[2606:4700::1]",
            "[2001:4860::8888]",
            "[::ffff:8.8.8.8]",
            "[64:ff9b::808:808]",
            "[2002:808:808::]",
            "example.org",
            "localhost.example.org",
            "notlocalhost",
            "mylocal",
        ];
        for host in public {
            assert!(!is_private_host(&url(&format!("http://{host}/"))), "{host}");
        }
    }

    #[test]
    fn only_the_very_origin_of_a_subscription_is_exempt() {
        let origin = url("http://127.0.0.1:8080/feed");
        let cases = [
            ("http://127.0.0.1:8080/other", true),
            ("http://2130706433:8080/", true),
            ("http://127.0.0.1:8081/feed", false),
            ("https://127.0.0.1:8080/feed", false),
            ("http://localhost:8080/feed", false),
            ("http://[::ffff:127.0.0.1]:8080/feed", false),
        ];
        for (text, allowed) in cases {
            assert_eq!(Private::Subscribed.allows(&url(text), Some(&origin)), allowed, "{text}");
        }
        assert!(!Private::Subscribed.allows(&origin, None));
        assert!(Private::Allow.allows(&origin, None));
        assert!(!Private::Never.allows(&origin, Some(&origin)));
        assert!(same_origin(&url("http://example.org/"), &url("http://example.org:80/a")));
    }
}
