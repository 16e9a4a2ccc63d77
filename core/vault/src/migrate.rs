//! Forward only, all or nothing, and never past what this version knows.

use rusqlite::{Connection, TransactionBehavior};

use crate::schema::{APPLICATION_ID, STEPS};
use crate::{Tx, VaultError};

/// Brings an empty database to the newest schema.
pub(crate) fn lay_out(connection: &mut Connection) -> Result<(), VaultError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
    take_steps(&transaction, 0)?;
    Ok(transaction.commit()?)
}

/// Brings an older database to the newest schema in one transaction; refuses a newer one.
pub(crate) fn bring_up(connection: &mut Connection) -> Result<(), VaultError> {
    let application: i32 = connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
    let version: u32 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let version = usize::try_from(version).map_err(|_| VaultError::NewerVersion)?;
    // The key fits, so a file without our mark is not another program's: it was emptied.
    if application != APPLICATION_ID || version == 0 {
        return Err(VaultError::Damaged);
    }
    if version > STEPS.len() {
        return Err(VaultError::NewerVersion);
    }
    if version == STEPS.len() {
        return Ok(());
    }
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    take_steps(&transaction, version)?;
    Ok(transaction.commit()?)
}

fn take_steps(connection: &Connection, from: usize) -> Result<(), VaultError> {
    for step in STEPS.iter().skip(from) {
        step.sql.iter().try_for_each(|sql| connection.execute_batch(sql))?;
        (step.then)(&Tx::new(connection))?;
    }
    let newest = u32::try_from(STEPS.len()).map_err(|_| VaultError::Internal)?;
    Ok(connection.pragma_update(None, "user_version", newest)?)
}
