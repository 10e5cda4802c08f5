//! JSON as a tree of values, of which no document can make too many.
//!
//! A value costs forty times the two bytes that it may be written with.

use std::cell::Cell;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

/// Values of a document, those in others counted. What follows more of them is left out.
const MOST: usize = 500_000;

/// The value that a text begins with.
pub(super) fn read(text: &str) -> serde_json::Result<Value> {
    let left = Cell::new(MOST);
    Bounded(&left).deserialize(&mut serde_json::Deserializer::from_str(text))
}

/// How many values may still be kept.
#[derive(Debug, Clone, Copy)]
pub struct Bounded<'a>(pub &'a Cell<usize>);

impl Bounded<'_> {
    /// Whether there is room for another value.
    fn takes(self) -> bool {
        let left = self.0.get();
        self.0.set(left.saturating_sub(1));
        left > 0
    }
}

impl<'de> DeserializeSeed<'de> for Bounded<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Value, D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Bounded<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_bool<E>(self, truth: bool) -> Result<Value, E> {
        Ok(truth.into())
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(number.into())
    }

    fn visit_u64<E>(self, number: u64) -> Result<Value, E> {
        Ok(number.into())
    }

    fn visit_f64<E>(self, number: f64) -> Result<Value, E> {
        Ok(number.into())
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(text.into())
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let mut values = Vec::new();
        while self.takes() {
            match list.next_element_seed(self)? {
                Some(value) => values.push(value),
                None => return Ok(values.into()),
            }
        }
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(values.into())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Value, A::Error> {
        let mut values = Map::new();
        while self.takes() {
            let Some(name) = object.next_key::<String>()? else { return Ok(values.into()) };
            values.insert(name, object.next_value_seed(self)?);
        }
        while object.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(values.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_within_bounds_is_read_whole() {
        let text =
            r#"{"a":[1,-2,0.5,1e300,"x\u0041",true,null,{"b":{}}],"c":18446744073709551615}"#;
        assert_eq!(read(text).unwrap(), serde_json::from_str::<Value>(text).unwrap());
        assert_eq!(read("{} more").unwrap(), Value::Object(Map::new()));
        assert!(read("{\"a\":").is_err());
        assert!(read(&"[".repeat(100_000)).is_err());
    }

    #[test]
    fn what_is_too_much_is_left_out() {
        for part in ["1", "[]", "{\"a\":1}"] {
            let many = vec![part; MOST + 10].join(",");
            let found = read(&format!("{{\"before\":7,\"many\":[{many}],\"after\":8}}")).unwrap();
            assert_eq!(found.get("before"), Some(&7.into()));
            assert!(found.get("many").and_then(Value::as_array).unwrap().len() < MOST);
            assert_eq!(found.get("after"), None);
        }
        let keys: Vec<String> = (0..=MOST).map(|key| format!("\"{key}\":1")).collect();
        let found = read(&format!("{{{}}}", keys.join(","))).unwrap();
        assert_eq!(found.as_object().unwrap().len(), MOST);
    }
}
