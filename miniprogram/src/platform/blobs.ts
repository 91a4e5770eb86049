/** Photographs in IndexedDB, so that neither a closed page nor a dead battery loses them. */
const DATABASE = 'mingce'
const STORE = 'photos'

/** A browser that forbids storage still registers somebody who does not leave the page. */
const memory = new Map<string, Blob>()
let opened: Promise<IDBDatabase> | null = null

function open(): Promise<IDBDatabase> {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1)
    request.onupgradeneeded = () => request.result.createObjectStore(STORE)
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
  return opened
}

async function within<T>(mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const transaction = (await open()).transaction(STORE, mode)
  const request = act(transaction.objectStore(STORE))
  return new Promise((resolve, reject) => {
    // Only a finished transaction is on disk.
    transaction.oncomplete = () => resolve(request.result)
    transaction.onerror = transaction.onabort = () => reject(transaction.error)
  })
}

export const blobs = {
  async keep(key: string, blob: Blob): Promise<void> {
    try {
      await within('readwrite', (store) => store.put(blob, key))
    } catch {
      memory.set(key, blob)
    }
  },
  async get(key: string): Promise<Blob | null> {
    const held = memory.get(key)
    if (held) return held
    try {
      return ((await within('readonly', (store) => store.get(key) as IDBRequest<Blob | undefined>)) ?? null)
    } catch {
      return null
    }
  },
  async drop(key: string): Promise<void> {
    memory.delete(key)
    try {
      await within('readwrite', (store) => store.delete(key))
    } catch {
      // Nothing was kept.
    }
  },
}
