import type { Command, CommandStore } from "./commands";

const NAME = "careloop-field";
const TABLE = "commands";

/** Commands in memory only, where the browser gives no storage; they last as long as the page. */
export function memoryStore(): CommandStore {
  const kept = new Map<string, Command>();
  return {
    all: () => Promise.resolve([...kept.values()]),
    put: (command) => Promise.resolve(void kept.set(command.id, { ...command })),
    drop: (id) => Promise.resolve(void kept.delete(id)),
  };
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("the storage failed"));
  });
}

/** Commands in IndexedDB, with their photos; falls back to memory where it cannot be opened. */
export function browserStore(): CommandStore {
  const memory = memoryStore();
  const opened = new Promise<IDBDatabase | null>((resolve) => {
    try {
      const request = indexedDB.open(NAME, 1);
      request.onupgradeneeded = () => request.result.createObjectStore(TABLE, { keyPath: "id" });
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => resolve(null);
    } catch {
      resolve(null);
    }
  });
  const table = async (mode: IDBTransactionMode): Promise<IDBObjectStore | null> =>
    (await opened)?.transaction(TABLE, mode).objectStore(TABLE) ?? null;
  return {
    async all() {
      const rows = await table("readonly");
      return rows ? ((await done(rows.getAll())) as Command[]) : memory.all();
    },
    async put(command) {
      try {
        const rows = await table("readwrite");
        if (!rows) return await memory.put(command);
        await done(rows.put({ ...command }));
      } catch {
        // A full disk: the command lives on in the page and is sent from there.
        await memory.put(command);
      }
    },
    async drop(id) {
      await memory.drop(id);
      const rows = await table("readwrite");
      if (rows) await done(rows.delete(id));
    },
  };
}
