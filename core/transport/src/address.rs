//! Which addresses are public. Everything else is somebody's own network, and a link that somebody
//! handed over must not make this machine talk to it (server-side request forgery; SD-JWT VC
//! "Server-Side Request Forgery", Token Status List section 11).

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Whether an address is one that anybody on the internet could be reached at.
///
/// By the special-purpose registries of RFC 6890 as IANA keeps them. Addresses that carry an IPv4
/// address inside (mapped, NAT64, 6to4) are judged by what they carry.
pub(crate) fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => is_public_v4(v4),
        IpAddr::V6(v6) => is_public_v6(v6),
    }
}

/// Whether anything can listen there at all: even an allowed name leads to no group and no broadcast.
pub(crate) fn is_a_host(address: IpAddr) -> bool {
    let v4 = match address {
        IpAddr::V4(v4) => Some(v4),
        IpAddr::V6(v6) => v6.to_ipv4_mapped(),
    };
    !address.is_multicast()
        && !address.is_unspecified()
        && v4.is_none_or(|v4| !v4.is_multicast() && !v4.is_broadcast() && v4.octets()[0] != 0)
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let special = match a {
        // "This network", private use, loopback.
        0 | 10 | 127 => true,
        // Shared by carriers (RFC 6598).
        100 => (64..128).contains(&b),
        // Link-local (RFC 3927): where clouds keep their metadata service.
        169 => b == 254,
        172 => (16..32).contains(&b),
        // IETF protocol assignments, documentation, 6to4 relays, private use.
        192 => matches!((b, c), (0, 0 | 2) | (88, 99) | (168, _)),
        // Benchmarks (RFC 2544), documentation.
        198 => matches!(b, 18 | 19) || (b, c) == (51, 100),
        203 => (b, c) == (0, 113),
        // Multicast, reserved, broadcast.
        224..=255 => true,
        _ => false,
    };
    !special
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let [a, b, c, d, e, f, g, h] = address.segments();
    let carried = |high: u16, low: u16| {
        let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
        is_public_v4(Ipv4Addr::new(a, b, c, d))
    };
    match (a, b) {
        // ::ffff:a.b.c.d, IPv4-mapped. The older ::a.b.c.d, :: and ::1 are refused with the rest of ::/8.
        (0, 0) if (c, d, e, f) == (0, 0, 0, 0xffff) => carried(g, h),
        // NAT64 (RFC 6052); its local-use sibling 64:ff9b:1::/48 is private.
        (0x64, 0xff9b) if (c, d, e, f) == (0, 0, 0, 0) => carried(g, h),
        // 6to4 (RFC 3056).
        (0x2002, _) => carried(b, c),
        // Teredo, benchmarks, ORCHID and the rest of the protocol assignments 2001::/23.
        (0x2001, 0..0x200) => false,
        // Documentation (RFC 3849, RFC 9637).
        (0x2001, 0xdb8) => false,
        (0x3fff, 0..0x1000) => false,
        // Global unicast is 2000::/3; what lies outside is local, link-local, multicast or not given out.
        (0x2000..0x4000, _) => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn public(text: &str) -> bool {
        is_public(text.parse().unwrap())
    }

    #[test]
    fn row_20_no_address_of_somebodys_own_network_is_public() {
        for text in [
            "0.0.0.0",
            "0.1.2.3",
            "10.0.0.1",
            "100.64.0.1",
            "100.127.255.255",
            "127.0.0.1",
            "127.9.9.9",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.8",
            "192.0.2.1",
            "192.88.99.1",
            "192.168.1.1",
            "198.18.0.1",
            "198.19.255.255",
            "198.51.100.7",
            "203.0.113.9",
            "224.0.0.1",
            "239.1.1.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::7f00:1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::ffff:169.254.169.254",
            "64:ff9b::7f00:1",
            "64:ff9b::a9fe:a9fe",
            "64:ff9b:1::1",
            "100::1",
            "2001::1",
            "2001:2::1",
            "2001:10::1",
            "2001:db8::1",
            "2002:7f00:1::",
            "2002:a9fe:a9fe::1",
            "3fff::1",
            "5f00::1",
            "fc00::1",
            "fd12:3456::1",
            "fe80::1",
            "fec0::1",
            "ff02::1",
            "ff0e::1",
        ] {
            assert!(!public(text), "{text}");
        }
    }

    #[test]
    fn public_addresses_are_public() {
        for text in [
            "1.1.1.1",
            "8.8.8.8",
            "100.63.255.255",
            "100.128.0.1",
            "172.15.0.1",
            "172.32.0.1",
            "192.0.1.1",
            "192.167.1.1",
            "198.17.0.1",
            "223.255.255.254",
            "::ffff:8.8.8.8",
            "64:ff9b::808:808",
            "2002:808:808::1",
            "2001:4860:4860::8888",
            "2400:cb00::1",
            "2606:4700::1111",
            "3ffe::1",
        ] {
            assert!(public(text), "{text}");
        }
    }

    #[test]
    fn a_private_v4_address_stays_private_in_every_disguise() {
        // Every /16 of IPv4: the three carriers of a v4 address judge as v4 does.
        for high in 0..=u16::MAX {
            let [a, b] = high.to_be_bytes();
            let v4 = Ipv4Addr::new(a, b, 113, 9);
            let judged = is_public_v4(v4);
            let low = u16::from_be_bytes([113, 9]);
            assert_eq!(is_public(v4.to_ipv6_mapped().into()), judged, "{v4} mapped");
            assert_eq!(
                is_public_v6(Ipv6Addr::new(0x64, 0xff9b, 0, 0, 0, 0, high, low)),
                judged,
                "{v4} NAT64"
            );
            assert_eq!(is_public_v6(Ipv6Addr::new(0x2002, high, low, 0, 0, 0, 0, 1)), judged, "{v4} 6to4");
            assert!(!(v4.is_private() || v4.is_loopback() || v4.is_link_local()) || !judged, "{v4}");
        }
    }

    #[test]
    fn groups_and_broadcast_are_no_hosts() {
        for text in
            ["224.0.0.1", "255.255.255.255", "0.0.0.0", "0.0.0.7", "::", "ff02::1", "::ffff:224.0.0.1"]
        {
            assert!(!is_a_host(text.parse().unwrap()), "{text}");
        }
        assert!(is_a_host("127.0.0.1".parse().unwrap()) && is_a_host("::1".parse().unwrap()));
    }
}
