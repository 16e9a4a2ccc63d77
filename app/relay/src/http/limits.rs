//! How often one address may call. Addresses live here as salted hashes, in memory, for a minute.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use chop_crypto::{Digest, OsRandom, hmac_sha256, make_array};
use tokio::time::Instant;

/// Tokens that refill: `per_minute`, and at most as many at once.
pub(crate) struct Rate {
    per_minute: u32,
    salt: [u8; 32],
    buckets: Mutex<HashMap<Digest, Bucket>>,
}

#[derive(Clone, Copy)]
struct Bucket {
    left: f64,
    at: Instant,
}

impl Rate {
    /// `per_minute` 0 admits everybody.
    pub(crate) fn new(per_minute: u32) -> Self {
        // Without randomness the salt is known; the hashes still never leave the process.
        let salt = make_array(&OsRandom).unwrap_or([0; 32]);
        Self { per_minute, salt, buckets: Mutex::default() }
    }

    /// Whether this address may call once more now.
    pub(crate) fn admits(&self, address: IpAddr) -> bool {
        if self.per_minute == 0 {
            return true;
        }
        let now = Instant::now();
        let key = hmac_sha256(&self.salt, &[&network(address)]);
        let most = f64::from(self.per_minute);
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= MAX_BUCKETS {
            buckets.retain(|_, bucket| now - bucket.at < FULL_AGAIN);
        }
        if buckets.len() >= MAX_BUCKETS && !buckets.contains_key(&key) {
            // More addresses than we keep: an attack from many of them. New ones wait.
            return false;
        }
        let bucket = buckets.entry(key).or_insert(Bucket { left: most, at: now });
        bucket.left = (bucket.left + (now - bucket.at).as_secs_f64() * most / 60.0).min(most);
        bucket.at = now;
        let admits = bucket.left >= 1.0;
        if admits {
            bucket.left -= 1.0;
        }
        admits
    }
}

/// One IPv4 address, or the /64 that one subscriber of IPv6 has.
fn network(address: IpAddr) -> [u8; 8] {
    let six = match address {
        IpAddr::V4(four) => four.to_ipv6_mapped().octets(),
        IpAddr::V6(six) => six.octets(),
    };
    let [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p] = six;
    match address.to_canonical() {
        IpAddr::V4(_) => [0, 0, k, l, m, n, o, p],
        IpAddr::V6(_) => {
            let _host = (i, j);
            [a, b, c, d, e, f, g, h]
        }
    }
}

const MAX_BUCKETS: usize = 100_000;
const FULL_AGAIN: Duration = Duration::from_secs(60);
