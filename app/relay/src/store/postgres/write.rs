//! A batch's writes, each kind in one statement whatever its number.

use deadpool_postgres::GenericClient;

use super::super::{StoreError, signed};
use crate::plan::{Head, Writes};

pub(super) async fn write<C: GenericClient>(
    tx: &C,
    writes: &Writes,
    head: &Head,
    size_before: u64,
) -> Result<(), StoreError> {
    let Writes { offers: _, events: _, contents, erased, forgotten, hashes: _, used, all_are_due } = writes;
    // Sent one behind the other without waiting: one round trip for all of them.
    tokio::try_join!(
        insert_offers(tx, writes),
        update_offers(tx, writes),
        insert_events(tx, writes),
        insert_hashes(tx, writes),
        write_head(tx, head, size_before),
    )?;
    let upsert = "INSERT INTO relay_content (g, env, share) VALUES ($1, $2, $3) ON CONFLICT (g) DO UPDATE SET
        env = COALESCE(excluded.env, relay_content.env), share = COALESCE(excluded.share, relay_content.share)";
    for (g, env, share) in contents {
        let upsert = tx.prepare_cached(upsert).await?;
        tx.execute(&upsert, &[&&g.0[..], env, share]).await?;
    }
    for g in erased {
        let delete = tx.prepare_cached("DELETE FROM relay_content WHERE g = $1").await?;
        tx.execute(&delete, &[&&g.0[..]]).await?;
    }
    for (g, version) in forgotten {
        let delete = "DELETE FROM relay_offer WHERE g = $1 AND version = $2";
        expect(tx.execute(delete, &[&&g.0[..], &signed(*version)]).await?, 1)?;
        tx.execute("DELETE FROM relay_event WHERE g = $1", &[&&g.0[..]]).await?;
        tx.execute("DELETE FROM relay_content WHERE g = $1", &[&&g.0[..]]).await?;
    }
    for (capability, day, count) in used {
        tx.execute("DELETE FROM relay_quota WHERE day < $1", &[&(day - 1)]).await?;
        let upsert = "INSERT INTO relay_quota (capability, day, used) VALUES ($1, $2, $3)
            ON CONFLICT (capability, day) DO UPDATE SET used = excluded.used";
        tx.execute(upsert, &[&&capability[..], day, &signed(*count)]).await?;
    }
    if *all_are_due {
        tx.execute("UPDATE relay_offer SET due = 0 WHERE state IN (1, 2, 3)", &[]).await?;
    }
    Ok(())
}

async fn insert_offers<C: GenericClient>(tx: &C, writes: &Writes) -> Result<(), StoreError> {
    let new: Vec<_> = writes.offers.iter().filter(|row| row.before.is_none()).collect();
    if new.is_empty() {
        return Ok(());
    }
    let statement = tx
        .prepare_cached(
            "INSERT INTO relay_offer (g, version, state, due, record) SELECT u.g, 1, u.state, u.due, u.record
             FROM unnest($1::bytea[], $2::bigint[], $3::bigint[], $4::bytea[]) AS u (g, state, due, record)",
        )
        .await?;
    let ids: Vec<&[u8]> = new.iter().map(|row| &row.g.0[..]).collect();
    let states: Vec<i64> = new.iter().map(|row| signed(row.state.number())).collect();
    let due: Vec<i64> = new.iter().map(|row| row.due.0).collect();
    let records: Vec<&[u8]> = new.iter().map(|row| &row.record[..]).collect();
    expect(tx.execute(&statement, &[&ids, &states, &due, &records]).await?, new.len())
}

async fn update_offers<C: GenericClient>(tx: &C, writes: &Writes) -> Result<(), StoreError> {
    let changed: Vec<_> =
        writes.offers.iter().filter_map(|row| row.before.map(|before| (row, before))).collect();
    if changed.is_empty() {
        return Ok(());
    }
    let statement = tx
        .prepare_cached(
            "UPDATE relay_offer SET version = relay_offer.version + 1, state = u.state, due = u.due, record = u.record
             FROM unnest($1::bytea[], $2::bigint[], $3::bigint[], $4::bytea[], $5::bigint[], $6::bigint[])
             AS u (g, state, due, record, version, was)
             WHERE relay_offer.g = u.g AND relay_offer.version = u.version AND relay_offer.state = u.was
             RETURNING relay_offer.g",
        )
        .await?;
    let ids: Vec<&[u8]> = changed.iter().map(|(row, _)| &row.g.0[..]).collect();
    let states: Vec<i64> = changed.iter().map(|(row, _)| signed(row.state.number())).collect();
    let due: Vec<i64> = changed.iter().map(|(row, _)| row.due.0).collect();
    let records: Vec<&[u8]> = changed.iter().map(|(row, _)| &row.record[..]).collect();
    let versions: Vec<i64> = changed.iter().map(|(_, (version, _))| signed(*version)).collect();
    let was: Vec<i64> = changed.iter().map(|(_, (_, state))| signed(state.number())).collect();
    let rows = tx.query(&statement, &[&ids, &states, &due, &records, &versions, &was]).await?;
    expect(rows.len() as u64, changed.len())
}

async fn insert_events<C: GenericClient>(tx: &C, writes: &Writes) -> Result<(), StoreError> {
    if writes.events.is_empty() {
        return Ok(());
    }
    let statement = tx
        .prepare_cached(
            "INSERT INTO relay_event (g, number, record) SELECT u.g, u.number, u.record
             FROM unnest($1::bytea[], $2::bigint[], $3::bytea[]) AS u (g, number, record)",
        )
        .await?;
    let ids: Vec<&[u8]> = writes.events.iter().map(|(g, ..)| &g.0[..]).collect();
    let numbers: Vec<i64> = writes.events.iter().map(|(_, number, _)| signed(*number)).collect();
    let records: Vec<&[u8]> = writes.events.iter().map(|(.., record)| &record[..]).collect();
    expect(tx.execute(&statement, &[&ids, &numbers, &records]).await?, ids.len())
}

async fn insert_hashes<C: GenericClient>(tx: &C, writes: &Writes) -> Result<(), StoreError> {
    if writes.hashes.is_empty() {
        return Ok(());
    }
    let statement = tx
        .prepare_cached(
            "INSERT INTO relay_tree (place, hash) SELECT u.place, u.hash
             FROM unnest($1::bigint[], $2::bytea[]) AS u (place, hash)",
        )
        .await?;
    let places: Vec<i64> = writes.hashes.iter().map(|(place, _)| signed(*place)).collect();
    let hashes: Vec<&[u8]> = writes.hashes.iter().map(|(_, hash)| &hash[..]).collect();
    expect(tx.execute(&statement, &[&places, &hashes]).await?, places.len())
}

async fn write_head<C: GenericClient>(tx: &C, head: &Head, size_before: u64) -> Result<(), StoreError> {
    let statement = tx
        .prepare_cached(
            "UPDATE relay_head SET size = $1, edge = $2, at = $3, epoch = $4 WHERE id = 1 AND size = $5",
        )
        .await?;
    let (size, edge) = (signed(head.frontier.size()), head.frontier.edge().concat());
    let epoch = signed(head.epoch);
    expect(tx.execute(&statement, &[&size, &edge, &head.at.0, &epoch, &signed(size_before)]).await?, 1)
}

fn expect(changed: u64, wanted: usize) -> Result<(), StoreError> {
    if changed == wanted as u64 { Ok(()) } else { Err(StoreError::Changed) }
}
