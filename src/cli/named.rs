//! Which subscriptions an argument names: by address, by key, or by title.

use std::collections::HashMap;

use url::Url;

use crate::config::subscriptions::{Subscription, Subscriptions, key_of};
use crate::feed::health::Health;
use crate::story::SourceKey;

/// The feeds that a text names: that with this address or key, else those with this title,
/// their own or the reader's, in small or large letters.
pub(super) fn named<'a>(
    subscriptions: &'a Subscriptions,
    health: &HashMap<SourceKey, Health>,
    text: &str,
) -> Vec<&'a Subscription> {
    let text = text.trim();
    let key = Url::parse(text)
        .map_or_else(|_| SourceKey::new(text.trim_end_matches('/')), |url| key_of(&url));
    if let Some(subscription) = subscriptions.get(&key) {
        return vec![subscription];
    }
    let wanted = text.to_lowercase();
    let called = |subscription: &&Subscription| {
        let own = health.get(&subscription.key).map(|health| &health.title);
        let titles = subscription.title.as_ref().into_iter().chain(own);
        titles.into_iter().any(|title| title.to_lowercase() == wanted)
    };
    subscriptions.feeds.iter().filter(called).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::subscriptions::parse;

    #[test]
    fn a_feed_is_named_by_address_key_or_title() {
        let text = "[[feed]]\nurl = \"https://example.org/feed/\"\ntitle = \"The Ferry\"\n\
            [[feed]]\nurl = \"https://example.net/\"\n";
        let (subscriptions, _) = parse(text);
        let other = SourceKey::new("example.net");
        let health = Health { title: "the ferry".into(), ..Health::default() };
        let health = HashMap::from([(other, health)]);
        let count = |text: &str| named(&subscriptions, &health, text).len();
        assert_eq!(count("http://EXAMPLE.org/feed"), 1);
        assert_eq!(count("example.org/feed/"), 1);
        assert_eq!(count("example.net"), 1);
        assert_eq!(count("the FERRY"), 2);
        assert_eq!(count("ferry"), 0);
    }
}
