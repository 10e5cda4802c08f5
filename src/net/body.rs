//! `Body`: a document as it came over the wire, packed or not.

use std::io::{self, BufRead as _, BufReader, Cursor, Read};

use brotli_decompressor::Decompressor;
use flate2::bufread::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};

use super::FetchError;
use crate::text::sanitize::SafeText;

/// Codings over one another; nobody needs more than one.
const MAX_CODINGS: usize = 4;

/// Bytes that are unpacked at a time between two codings.
const CHUNK: usize = 16 << 10;

/// The bytes of an answer, and what they are packed in. Unpacking is work for a worker, not
/// for the thread that serves the connections.
#[derive(Debug, Clone, Default)]
pub struct Body {
    pub(super) bytes: Vec<u8>,
    /// Content codings in the order in which they were applied.
    pub(super) codings: Vec<String>,
}

impl Body {
    /// Bytes as they came.
    pub fn len(&self) -> usize {
        self.bytes.len()
    }

    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// The document. Fails if it is not whole, not packed as it says, or larger than
    /// `limit` bytes; it is unpacked in a stream and no further than that.
    pub fn decode(self, limit: usize) -> Result<Vec<u8>, FetchError> {
        if self.codings.is_empty() {
            let fits = self.bytes.len() <= limit;
            return if fits { Ok(self.bytes) } else { Err(FetchError::TooLarge(limit)) };
        }
        if self.codings.len() > MAX_CODINGS {
            return Err(packed("it is packed too many times"));
        }
        let mut out = Vec::with_capacity(self.bytes.len().saturating_mul(4).min(limit));
        let mut reader: Box<dyn Read> = Box::new(Cursor::new(self.bytes));
        for coding in self.codings.iter().rev() {
            reader = unpacker(coding, reader)?;
        }
        let most = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
        match reader.take(most).read_to_end(&mut out) {
            Ok(_) if out.len() > limit => Err(FetchError::TooLarge(limit)),
            Ok(_) => Ok(out),
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => {
                Err(packed("it ends too early"))
            }
            Err(_) => Err(packed("it is damaged, or not packed as the server says")),
        }
    }
}

/// The codings that `Content-Encoding` headers name, without those that change nothing.
pub(super) fn codings<'a>(headers: impl Iterator<Item = &'a [u8]>) -> Vec<String> {
    headers
        .flat_map(|header| header.split(|byte| *byte == b','))
        .map(|name| String::from_utf8_lossy(name.trim_ascii()).to_ascii_lowercase())
        .filter(|name| !name.is_empty() && name != "identity")
        .collect()
}

fn packed(reason: &str) -> FetchError {
    FetchError::Packed(SafeText::title(reason))
}

/// What reads through one coding (RFC 9110, 8.4.1; RFC 7932).
fn unpacker(coding: &str, packed_bytes: Box<dyn Read>) -> Result<Box<dyn Read>, FetchError> {
    let mut reader = BufReader::with_capacity(CHUNK, packed_bytes);
    match coding {
        "gzip" | "x-gzip" => Ok(Box::new(MultiGzDecoder::new(reader))),
        "deflate" => {
            // By the standard a zlib stream; many servers leave its frame out.
            let start = reader.fill_buf().unwrap_or_default();
            if is_zlib(start) {
                Ok(Box::new(ZlibDecoder::new(reader)))
            } else {
                Ok(Box::new(DeflateDecoder::new(reader)))
            }
        }
        "br" => Ok(Box::new(Decompressor::new(reader, CHUNK))),
        _ => {
            Err(packed(&format!("the server packs it in a way that is not known here ({coding})")))
        }
    }
}

/// Whether bytes begin as a zlib stream does (RFC 1950, 2.2).
fn is_zlib(start: &[u8]) -> bool {
    let [method, flags, ..] = start else { return false };
    method & 0x0f == 8 && u16::from_be_bytes([*method, *flags]) % 31 == 0
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::Compression;
    use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};

    use super::*;

    const TEXT: &[u8] = b"Tides at the harbor: high water at ten, low water at four.";

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut writer = GzEncoder::new(Vec::new(), Compression::default());
        writer.write_all(bytes).unwrap();
        writer.finish().unwrap()
    }

    fn zlib(bytes: &[u8]) -> Vec<u8> {
        let mut writer = ZlibEncoder::new(Vec::new(), Compression::default());
        writer.write_all(bytes).unwrap();
        writer.finish().unwrap()
    }

    fn raw(bytes: &[u8]) -> Vec<u8> {
        let mut writer = DeflateEncoder::new(Vec::new(), Compression::default());
        writer.write_all(bytes).unwrap();
        writer.finish().unwrap()
    }

    /// A stream of one meta-block that is stored as it is, and an empty last one (RFC 7932, 9).
    fn brotli(bytes: &[u8]) -> Vec<u8> {
        let head = ((bytes.len() as u32 - 1) << 4) | (1 << 20);
        [&head.to_le_bytes()[..3], bytes, &[3]].concat()
    }

    fn decode(header: &str, bytes: &[u8], limit: usize) -> Result<Vec<u8>, FetchError> {
        let codings = codings([header.as_bytes()].into_iter());
        Body { bytes: bytes.to_vec(), codings }.decode(limit)
    }

    #[test]
    fn every_coding_gives_the_same_document() {
        let cases = [
            ("", TEXT.to_vec()),
            ("identity", TEXT.to_vec()),
            ("gzip", gzip(TEXT)),
            ("X-GZIP", gzip(TEXT)),
            ("gzip", [gzip(&TEXT[..9]), gzip(&TEXT[9..])].concat()),
            ("deflate", zlib(TEXT)),
            ("deflate", raw(TEXT)),
            ("br", brotli(TEXT)),
            ("gzip, identity, br", brotli(&gzip(TEXT))),
            ("deflate,deflate", raw(&zlib(TEXT))),
        ];
        for (header, bytes) in cases {
            assert_eq!(decode(header, &bytes, TEXT.len()).unwrap(), TEXT, "{header}");
        }
    }

    #[test]
    fn what_is_cut_damaged_or_mislabelled_is_an_error() {
        let mut wrong_sum = gzip(TEXT);
        let place = wrong_sum.len() - 6;
        wrong_sum[place] ^= 1;
        let cases = [
            ("gzip", TEXT.to_vec()),
            ("gzip", Vec::new()),
            ("gzip", wrong_sum),
            ("deflate", vec![0xff; 20]),
            ("br", vec![0xff; 20]),
            ("sdch", TEXT.to_vec()),
            ("gzip, zstd", gzip(TEXT)),
            ("gzip,gzip,gzip,gzip,gzip", TEXT.to_vec()),
        ];
        for (header, bytes) in cases {
            let error = decode(header, &bytes, MAX).unwrap_err();
            assert!(matches!(error, FetchError::Packed(_)), "{header}: {error}");
        }
        for (header, whole) in [
            ("gzip", gzip(TEXT)),
            ("deflate", zlib(TEXT)),
            ("deflate", raw(TEXT)),
            ("br", brotli(TEXT)),
        ] {
            for end in 0..whole.len() {
                let error = decode(header, &whole[..end], MAX);
                assert!(
                    matches!(error, Err(FetchError::Packed(_))),
                    "{header} to {end}: {error:?}"
                );
            }
        }
    }

    const MAX: usize = 1 << 20;

    #[test]
    fn a_document_ends_at_its_limit() {
        let large = gzip(&vec![b'a'; MAX + 1]);
        assert_eq!(decode("gzip", &large, MAX + 1).unwrap().len(), MAX + 1);
        assert_eq!(decode("gzip", &large, MAX), Err(FetchError::TooLarge(MAX)));
        assert_eq!(decode("gzip,gzip", &gzip(&large), MAX), Err(FetchError::TooLarge(MAX)));
        assert_eq!(decode("", TEXT, TEXT.len() - 1), Err(FetchError::TooLarge(TEXT.len() - 1)));
    }
}
