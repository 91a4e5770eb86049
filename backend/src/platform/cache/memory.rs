//! The cache of a single process: a bounded map whose entries expire.

use std::{
    collections::{BTreeSet, HashMap},
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::time::Instant;

use super::{CacheError, events::Topics};

/// More live entries than this are refused rather than thrown out: an entry that vanishes early could be the
/// mark that a ticket is used up.
const MOST_ENTRIES: usize = 200_000;

pub(super) struct Memory {
    entries: Mutex<Entries>,
    pub topics: Topics,
}

struct Entries {
    by_key: HashMap<String, Entry>,
    by_expiry: BTreeSet<(Instant, String)>,
    most: usize,
    last_fence: u64,
}

struct Entry {
    value: String,
    expires: Instant,
}

impl Default for Memory {
    fn default() -> Self {
        Self::with_room_for(MOST_ENTRIES)
    }
}

impl Memory {
    fn with_room_for(most: usize) -> Self {
        let entries = Entries { by_key: HashMap::new(), by_expiry: BTreeSet::new(), most, last_fence: 0 };
        Self { entries: Mutex::new(entries), topics: Topics::default() }
    }

    pub fn get(&self, key: &str) -> Option<String> {
        self.live().by_key.get(key).map(|entry| entry.value.clone())
    }

    pub fn set(&self, key: &str, value: &str, ttl: Duration) -> Result<(), CacheError> {
        self.live().put(key, value.to_owned(), Instant::now() + ttl)
    }

    pub fn set_new(&self, key: &str, value: &str, ttl: Duration) -> Result<bool, CacheError> {
        let mut entries = self.live();
        if entries.by_key.contains_key(key) {
            return Ok(false);
        }
        entries.put(key, value.to_owned(), Instant::now() + ttl)?;
        Ok(true)
    }

    pub fn take(&self, key: &str) -> Option<String> {
        self.live().remove(key)
    }

    pub fn hit(&self, key: &str, window: Duration) -> Result<u64, CacheError> {
        let mut entries = self.live();
        if let Some(entry) = entries.by_key.get_mut(key) {
            let count = entry.value.parse().unwrap_or(0_u64).saturating_add(1);
            entry.value = count.to_string();
            return Ok(count);
        }
        entries.put(key, "1".to_owned(), Instant::now() + window)?;
        Ok(1)
    }

    pub fn lock(&self, key: &str, owner: &str, ttl: Duration) -> Result<Option<u64>, CacheError> {
        let mut entries = self.live();
        if entries.by_key.contains_key(key) {
            return Ok(None);
        }
        entries.put(key, owner.to_owned(), Instant::now() + ttl)?;
        entries.last_fence += 1;
        Ok(Some(entries.last_fence))
    }

    pub fn extend_if(&self, key: &str, value: &str, ttl: Duration) -> bool {
        let mut entries = self.live();
        let ours = entries.holds(key, value);
        // Replacing an entry never meets the limit.
        ours && entries.put(key, value.to_owned(), Instant::now() + ttl).is_ok()
    }

    pub fn delete_if(&self, key: &str, value: &str) -> bool {
        let mut entries = self.live();
        entries.holds(key, value) && entries.remove(key).is_some()
    }

    /// The entries, without those that have expired.
    fn live(&self) -> MutexGuard<'_, Entries> {
        let mut entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        entries.sweep(Instant::now());
        entries
    }
}

impl Entries {
    fn put(&mut self, key: &str, value: String, expires: Instant) -> Result<(), CacheError> {
        self.remove(key);
        if self.by_key.len() >= self.most {
            return Err(CacheError::Full);
        }
        self.by_expiry.insert((expires, key.to_owned()));
        self.by_key.insert(key.to_owned(), Entry { value, expires });
        Ok(())
    }

    fn remove(&mut self, key: &str) -> Option<String> {
        let (key, entry) = self.by_key.remove_entry(key)?;
        self.by_expiry.remove(&(entry.expires, key));
        Some(entry.value)
    }

    fn holds(&self, key: &str, value: &str) -> bool {
        self.by_key.get(key).is_some_and(|entry| entry.value == value)
    }

    fn sweep(&mut self, now: Instant) {
        while self.by_expiry.first().is_some_and(|(expires, _)| *expires <= now) {
            if let Some((_, key)) = self.by_expiry.pop_first() {
                self.by_key.remove(&key);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a failing test is the point")]
    use super::*;

    const LONG: Duration = Duration::from_secs(60);

    #[tokio::test]
    async fn a_full_cache_refuses_new_entries_but_keeps_and_replaces_the_old() {
        let memory = Memory::with_room_for(2);
        memory.set("a", "1", LONG).unwrap();
        memory.set("b", "1", LONG).unwrap();
        assert!(matches!(memory.set("c", "1", LONG), Err(CacheError::Full)));
        assert!(matches!(memory.hit("c", LONG), Err(CacheError::Full)));
        memory.set("a", "2", LONG).unwrap();
        assert_eq!(memory.get("a").unwrap(), "2");
        assert_eq!(memory.hit("b", LONG).unwrap(), 2);
    }

    #[tokio::test]
    async fn expired_entries_make_room_and_leave_nothing_behind() {
        let memory = Memory::with_room_for(2);
        memory.set("a", "1", Duration::ZERO).unwrap();
        memory.set("b", "1", Duration::ZERO).unwrap();
        memory.set("c", "1", LONG).unwrap();
        memory.set("c", "2", LONG).unwrap();
        let entries = memory.live();
        assert_eq!((entries.by_key.len(), entries.by_expiry.len()), (1, 1));
    }
}
