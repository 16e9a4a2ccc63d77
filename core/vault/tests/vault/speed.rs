//! Measurements, run by hand: `cargo test -p chop-vault --test vault speed -- --ignored --nocapture`.

use std::time::Instant;

use chop_crypto::{OsRandom, make_array, make_secret};
use chop_model::{Id, UnixTime};
use chop_vault::table::{artefact, exchange, log, secret, ticket};
use chop_vault::{Unlock, Vault, VaultError};

use crate::common::TestSpace;

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

#[expect(clippy::disallowed_methods, reason = "a measurement reads the clock")]
fn micros<T>(work: impl FnOnce() -> T) -> f64 {
    let start = Instant::now();
    std::hint::black_box(work());
    start.elapsed().as_secs_f64() * 1e6
}

const PARTS: [(artefact::ArtefactKind, usize); 4] = [
    (artefact::ArtefactKind::Request, 2400),
    (artefact::ArtefactKind::Grant, 1900),
    (artefact::ArtefactKind::Delivery, 900),
    (artefact::ArtefactKind::Envelope, 7000),
];
const ENTRY: usize = 700;

fn spend(vault: &Vault, i: usize) {
    let id = Id(make_array(&OsRandom).unwrap());
    let nonce = id.to_string();
    let bytes: Vec<Vec<u8>> = PARTS
        .iter()
        .map(|(_, n)| {
            let mut b = vec![b'x'; *n];
            b[..8].copy_from_slice(&i.to_be_bytes());
            b
        })
        .collect();
    let key = make_secret(&OsRandom).unwrap();
    vault
        .write(|tx| {
            exchange::insert(
                tx,
                &exchange::Row {
                    id,
                    role: exchange::Role::Holder,
                    state: 1,
                    client_id: "x509_hash:Uvo3HtuIxuhC92rShpgqcT3YXwrqRxWEviRiA0OZszk".into(),
                    nonce: nonce.clone(),
                    peer_name: "Hospital Conde S. Januario".into(),
                    purpose: "sector-health#ConsultationManagement".into(),
                    created_at: UnixTime(1),
                    expires_at: UnixTime(2),
                    updated_at: UnixTime(1),
                },
            )?;
            let jti = id.to_string();
            for ((kind, _), bytes) in PARTS.iter().zip(&bytes) {
                let once = matches!(kind, artefact::ArtefactKind::Grant)
                    .then_some(("iss-thumbprint-of-43-characters-xxxxxxxxxxxx", jti.as_str()));
                artefact::insert(tx, &artefact::NewArtefact { exchange: id, kind: *kind, once }, bytes)?;
            }
            secret::insert(tx, &id, secret::SecretKind::ContentKey, &key)?;
            secret::insert(tx, &id, secret::SecretKind::OwnLogSalt, &key)?;
            let entry = log::append(tx, &[b'e'; ENTRY], &OsRandom)?;
            ticket::open(tx, entry.seq, &id, 1)?;
            Ok::<_, VaultError>(())
        })
        .unwrap();
}

fn spend_small(vault: &Vault) {
    let id = Id(make_array(&OsRandom).unwrap());
    vault
        .write(|tx| {
            exchange::insert(
                tx,
                &exchange::Row {
                    id,
                    role: exchange::Role::Holder,
                    state: 1,
                    client_id: "x509_hash:Uvo3HtuIxuhC92rShpgqcT3YXwrqRxWEviRiA0OZszk".into(),
                    nonce: id.to_string(),
                    peer_name: "Hospital Conde S. Januario".into(),
                    purpose: "sector-health#ConsultationManagement".into(),
                    created_at: UnixTime(1),
                    expires_at: UnixTime(2),
                    updated_at: UnixTime(1),
                },
            )?;
            let entry = log::append(tx, &[b'e'; 300], &OsRandom)?;
            ticket::open(tx, entry.seq, &id, 1)?;
            Ok::<_, VaultError>(())
        })
        .unwrap();
}

fn bare_small(connection: &mut rusqlite::Connection) {
    let transaction = connection.transaction().unwrap();
    transaction.prepare_cached("INSERT INTO t(b) VALUES(?1)").unwrap().execute([vec![b'x'; 756]]).unwrap();
    transaction.commit().unwrap();
}

fn bare(connection: &mut rusqlite::Connection, split: bool) {
    let transaction = connection.transaction().unwrap();
    {
        let mut insert = transaction.prepare_cached("INSERT INTO t(b) VALUES(?1)").unwrap();
        let small = 16 + 60 + 22 + 26 + 40 + 64 + ENTRY + 28 + 32 + 64 + 100 + 43 + 22;
        if split {
            for (_, n) in PARTS {
                insert.execute([vec![b'x'; n]]).unwrap();
            }
            for n in [200, 64, ENTRY + 60, 64, 64, 40] {
                insert.execute([vec![b'x'; n]]).unwrap();
            }
        } else {
            insert.execute([vec![b'x'; PARTS.iter().map(|p| p.1).sum::<usize>() + small]]).unwrap();
        }
    }
    transaction.commit().unwrap();
}

#[test]
#[ignore = "a measurement"]
#[expect(clippy::print_stdout, reason = "a measurement prints")]
fn spend_against_a_bare_transaction() {
    let space = TestSpace::new();
    let raw_file = space.folder.parent().unwrap().join("bare.db");
    let mut raw = rusqlite::Connection::open(raw_file).unwrap();
    raw.execute_batch(
        "PRAGMA key = \"x'0101010101010101010101010101010101010101010101010101010101010101'\";
         PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
         CREATE TABLE t(id INTEGER PRIMARY KEY, b BLOB);",
    )
    .unwrap();
    let (mut ours, mut one, mut many) = (Vec::new(), Vec::new(), Vec::new());
    let (mut small, mut bare_one) = (Vec::new(), Vec::new());
    for _ in 0..1000 {
        small.push(micros(|| spend_small(&space.vault)));
        bare_one.push(micros(|| bare_small(&mut raw)));
    }
    let (small, bare_one) = (median(small), median(bare_one));
    println!("small {small:.0} µs, bare {bare_one:.0}: {:.2}", small / bare_one);
    for i in 0..3000 {
        ours.push(micros(|| spend(&space.vault, i)));
        one.push(micros(|| bare(&mut raw, false)));
        many.push(micros(|| bare(&mut raw, true)));
    }
    let (ours, one, many) = (median(ours), median(one), median(many));
    println!(
        "spend {ours:.0} µs, bare one row {one:.0}, bare many rows {many:.0}: {:.2} {:.2}",
        ours / one,
        ours / many
    );
}

#[test]
#[ignore = "a measurement"]
#[expect(clippy::print_stdout, reason = "a measurement prints")]
fn open_and_prove() {
    let space = TestSpace::new();
    let mut sizes = Vec::new();
    let mut size = 0u64;
    for power in [10u32, 20] {
        while size < 1 << power {
            space
                .vault
                .write(|tx| {
                    for _ in 0..(1u64 << 10) {
                        log::append(tx, &[b'e'; 100], &OsRandom)?;
                    }
                    Ok::<_, VaultError>(())
                })
                .unwrap();
            size += 1 << 10;
        }
        let mut times = Vec::new();
        for _ in 0..201 {
            let index = u64::from_be_bytes(make_array(&OsRandom).unwrap()) % size;
            times
                .push(micros(|| space.vault.read(|r| chop_ledger::inclusion_proof(index, size, r)).unwrap()));
        }
        sizes.push(median(times));
        // The same sixty-four leaves again and again: what a proof costs once its pages are warm.
        let mut warm = Vec::new();
        for round in 0..40 {
            for leaf in 0..64 {
                let index = leaf * 0x9E37_79B9 % size;
                let took =
                    micros(|| space.vault.read(|r| chop_ledger::inclusion_proof(index, size, r)).unwrap());
                if round > 0 {
                    warm.push(took);
                }
            }
        }
        println!("warm proof at 2^{power} {:.1} µs", median(warm));
    }
    println!("proof at 2^10 {:.1} µs, at 2^20 {:.1} µs: {:.2}", sizes[0], sizes[1], sizes[1] / sizes[0]);
    let opened = micros(|| {
        space.vault.lock();
        Vault::open(&space.folder, Unlock::Key(&space.key)).unwrap()
    });
    println!("open {opened:.0} µs");
}

fn fill(space: &TestSpace, count: usize) {
    use chop_vault::search;
    use chop_vault::table::item;
    let kinds = [
        "成績單",
        "營業執照",
        "疫苗接種記錄",
        "Transcript of Records",
        "Carteira de vacinação",
        "居民身份證",
        "學位證書",
        "銀行流水",
    ];
    let issuers = [
        "澳門大學",
        "香港中文大學",
        "珠海市市场监督管理局",
        "Hospital Conde S. Januário",
        "University of Hong Kong",
    ];
    let names = ["陳大文", "李小明", "João da Silva", "Ana Maria", "王芳", "張偉", "Wong Tai Man"];
    for start in (0..count).step_by(1000) {
        space
            .vault
            .write(|tx| {
                for i in start..(start + 1000).min(count) {
                    let title = format!("{} {}", kinds[i * 7 % kinds.len()], i);
                    let mut row = crate::common::an_item(&title);
                    row.issuer = issuers[i * 11 % issuers.len()].into();
                    row.updated_at = UnixTime(1_800_000_000 + i64::try_from(i).unwrap());
                    if i % 3 == 0 {
                        row.shelf = item::Shelf::Credential;
                    }
                    let number = item::insert(tx, &row)?;
                    let words = [names[i * 13 % names.len()], "born 1990-01-01", "數學 A+ 物理 B"];
                    search::index(tx, number, &title, &row.issuer, &words)?;
                }
                Ok::<_, VaultError>(())
            })
            .unwrap();
    }
}

#[test]
#[ignore = "a measurement"]
#[expect(clippy::print_stdout, reason = "a measurement prints")]
fn a_hundred_thousand_items() {
    use chop_vault::search;
    use chop_vault::table::item::{self, Shelf};
    let mut opened = Vec::new();
    for count in [1_000, 100_000] {
        let space = TestSpace::new();
        println!("fill {count}: {:.1} s", micros(|| fill(&space, count)) / 1e6);
        space.vault.lock();
        println!("file {} MiB", std::fs::metadata(space.folder.join("vault.db")).unwrap().len() >> 20);
        let mut times = Vec::new();
        for _ in 0..101 {
            times.push(micros(|| {
                let vault = Vault::open(&space.folder, Unlock::Key(&space.key)).unwrap();
                for shelf in [None, Some(Shelf::Credential), Some(Shelf::Data)] {
                    assert_eq!(vault.read(|r| item::cards(r, shelf, None, 50)).unwrap().len(), 50);
                }
            }));
        }
        opened.push(median(times));
        if count < 100_000 {
            continue;
        }
        let vault = Vault::open(&space.folder, Unlock::Key(&space.key)).unwrap();
        let mut all = Vec::new();
        for words in [
            "成绩",
            "执照",
            "照",
            "绩",
            "大",
            "证照",
            "门香",
            "学大",
            "文明",
            "a",
            "tr",
            "tran",
            "9",
            "99",
            "vacina",
            "joao",
            "silva j",
            "成绩单 9",
            "身份 澳门大学",
            "记录 hospital conde s",
            "wong tai",
            "zzz",
            "疫苗接种记录",
            "数理",
            "b",
            "b 1",
            "maria 数",
            "a b",
            "born 1",
            "人",
        ] {
            let mut own = Vec::new();
            for _ in 0..20 {
                own.push(micros(|| vault.read(|r| search::search(r, words, 50)).unwrap()));
            }
            let hits = vault.read(|r| search::search(r, words, 50)).unwrap().len();
            println!("{words}: {:.2} ms, {hits}", median(own.clone()) / 1000.0);
            all.extend(own);
        }
        all.sort_by(f64::total_cmp);
        println!("p95 {:.2} ms", all[all.len() * 95 / 100] / 1000.0);
        let status = std::fs::read_to_string("/proc/self/status").unwrap();
        println!(
            "{:?}",
            status.lines().filter(|l| l.starts_with("VmHWM") || l.starts_with("VmRSS")).collect::<Vec<_>>()
        );
    }
    println!("open + cards {:.0} µs, {:.0} µs: {:.2}", opened[0], opened[1], opened[1] / opened[0]);
}

#[test]
#[ignore = "a measurement"]
#[expect(clippy::print_stdout, reason = "a measurement prints")]
fn anchoring() {
    use chop_crypto::Keystore;
    let home = tempfile::tempdir().unwrap();
    let key = make_secret(&OsRandom).unwrap();
    let random = std::sync::Arc::new(OsRandom);
    let store = chop_vault::FileKeystore::create(&home.path().join("keys"), key, random).unwrap();
    let times = (0..1000).map(|size| {
        micros(|| store.set_anchor("chop.invalid/a", chop_crypto::Anchor { size, root: [1; 32] }).unwrap())
    });
    println!("anchor {:.0} µs", median(times.collect()));
}
