//! What is in the schema: the version, the table of entries, and its guards.

use crate::faults::Failed;
use postgres::Client;

/// The version of what is below. A program refuses what is newer than itself.
pub(crate) const VERSION: i32 = 1;

/// What is laid out in an empty schema; `{schema}` is its name, in quotes.
///
/// The guard on insertion looks at all new rows at once, because a guard on each row would be most of
/// the time of a large turn.
const TABLES: &str = r#"
CREATE TABLE {schema}.mingzhang_books (version integer NOT NULL);
CREATE TABLE {schema}.entries (
    number bigint PRIMARY KEY CHECK (number > 0),
    hash bytea NOT NULL CHECK (octet_length(hash) = 32),
    body text NOT NULL
);
CREATE FUNCTION {schema}.entries_are_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'entries are neither changed nor deleted' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER entries_are_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON {schema}.entries
    FOR EACH STATEMENT EXECUTE FUNCTION {schema}.entries_are_kept();
CREATE FUNCTION {schema}.entries_are_appended_in_order() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    lowest bigint;
    highest bigint;
    many bigint;
    before bigint;
BEGIN
    SELECT min(number), max(number), count(*) INTO lowest, highest, many FROM added;
    IF many = 0 THEN
        RETURN NULL;
    END IF;
    SELECT coalesce(max(number), 0) INTO before FROM {schema}.entries WHERE number < lowest;
    IF lowest <> before + 1 OR highest - lowest + 1 <> many THEN
        RAISE EXCEPTION 'entries are appended in order' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER entries_are_appended_in_order AFTER INSERT ON {schema}.entries REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION {schema}.entries_are_appended_in_order();
"#;

/// How many guards there must be, and be awake.
const GUARDS: i64 = 2;

/// The number under which those who write to this schema wait for each other. Whoever wants another
/// lock of this kind in the same database is unlikely to hit on it.
pub(crate) fn lock_of(schema: &str) -> i64 {
    // FNV-1a: it must be the same in every version and on every machine.
    let bytes = b"mingzhang books ".iter().chain(schema.as_bytes());
    let hash = bytes
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3));
    hash.cast_signed()
}

/// Makes sure that the schema holds books on a server that keeps them, and lays them out where there is
/// nothing yet.
pub(crate) fn prepare(client: &mut Client, schema: &str) -> Result<(), Failed> {
    look_at_server(client)?;
    if look(client, schema)? == Found::Books {
        return Ok(());
    }
    let mut transaction = client.build_transaction();
    transaction = transaction.isolation_level(postgres::IsolationLevel::ReadCommitted).read_only(false);
    let mut transaction = transaction.start()?;
    transaction.execute("SELECT pg_advisory_xact_lock($1)", &[&lock_of(schema)])?;
    // Another may have laid them out while this one waited.
    let found = look(&mut transaction, schema)?;
    if found == Found::NoSchema {
        transaction.batch_execute(&format!("CREATE SCHEMA {schema}"))?;
    }
    if found != Found::Books {
        transaction.batch_execute(&TABLES.replace("{schema}", schema))?;
        transaction.execute(&format!("INSERT INTO {schema}.mingzhang_books VALUES ($1)"), &[&VERSION])?;
    }
    Ok(transaction.commit()?)
}

/// A server that acknowledges what is not on disk yet, or cannot keep every character, is none for books.
fn look_at_server(client: &mut Client) -> Result<(), Failed> {
    let question = "SELECT current_setting('fsync'), current_setting('server_encoding')";
    let row = client.query_one(question, &[])?;
    let (fsync, encoding): (String, String) = (row.try_get(0)?, row.try_get(1)?);
    if fsync != "on" {
        return Err(Failed::NotDurable);
    }
    if encoding != "UTF8" {
        return Err(Failed::Encoding(encoding));
    }
    Ok(())
}

#[derive(PartialEq)]
enum Found {
    Books,
    EmptySchema,
    NoSchema,
}

fn look(client: &mut impl postgres::GenericClient, schema: &str) -> Result<Found, Failed> {
    // One statement over tables, so that what another lays out is seen whole or not at all. What
    // `to_regclass` and its like find is newer than what the statement sees.
    let question = "SELECT count(DISTINCT space.oid) > 0,
            count(DISTINCT class.oid) FILTER (WHERE class.relname = 'mingzhang_books') > 0,
            count(DISTINCT class.oid),
            count(guard.oid) FILTER (WHERE class.relname = 'entries' AND guard.tgenabled IN ('O', 'A')
                AND guard.tgname IN ('entries_are_kept', 'entries_are_appended_in_order'))
        FROM pg_namespace space
        LEFT JOIN pg_class class ON class.relnamespace = space.oid
        LEFT JOIN pg_trigger guard ON guard.tgrelid = class.oid
        WHERE '\"' || space.nspname || '\"' = $1";
    let row = client.query_one(question, &[&schema])?;
    let (has_schema, has_books, tables, guards): (bool, bool, i64, i64) =
        (row.try_get(0)?, row.try_get(1)?, row.try_get(2)?, row.try_get(3)?);
    if !has_books {
        return match (has_schema, tables) {
            (false, _) => Ok(Found::NoSchema),
            (true, 0) => Ok(Found::EmptySchema),
            (true, _) => Err(Failed::Strange),
        };
    }
    let rows = client.query(&format!("SELECT version FROM {schema}.mingzhang_books"), &[])?;
    let versions = rows.iter().map(|row| row.try_get(0)).collect::<Result<Vec<i32>, _>>()?;
    match versions[..] {
        [version] if version > VERSION => Err(Failed::Newer(version)),
        [VERSION] if guards == GUARDS => Ok(Found::Books),
        _ => Err(Failed::Altered),
    }
}
