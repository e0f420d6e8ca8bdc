// Keeps opened networks in the browser's database, until they are removed. Where it keeps nothing, they last as long as the
// page.

/** @import { NetworkEntry, OpenedNetwork } from './types.js' */

const DATABASE = 'spikepad';
const VERSION = 1;

/** What the list shows, and all of a network: lists are read without the weights. */
const ENTRIES = 'entries';
const NETWORKS = 'networks';

/** Larger files are not kept beside the network that they became, bytes. */
const MOST_FILES = 64_000_000;

/** @typedef {ReturnType<typeof createNetworkStore>} NetworkStore */

export function createNetworkStore() {
  /** Those that were opened since the page was loaded, by their digest. @type {Map<string, OpenedNetwork>} */
  const opened = new Map();
  /** @type {Promise<IDBDatabase> | null} */
  let connecting = null;

  function connect() {
    connecting ??= openDatabase();
    connecting.catch(() => {
      connecting = null;
    });
    return connecting;
  }

  /**
   * @template T
   * @param {IDBTransactionMode} mode
   * @param {(store: (name: string) => IDBObjectStore) => IDBRequest<T> | void} act
   * @returns {Promise<T | undefined>} the result, once it is on the disk
   */
  async function transact(mode, act) {
    const database = await connect();
    return new Promise((resolve, reject) => {
      const transaction = database.transaction([ENTRIES, NETWORKS], mode);
      const request = act((name) => transaction.objectStore(name));
      transaction.oncomplete = () => resolve(request?.result);
      transaction.onabort = () => reject(transaction.error);
      transaction.onerror = () => reject(transaction.error);
    });
  }

  return {
    /** @returns {Promise<NetworkEntry[]>} in the order of their names */
    async list() {
      const kept = (await transact('readonly', (store) => store(ENTRIES).getAll()).catch(() => [])) ?? [];
      /** @type {Map<string, NetworkEntry>} */
      const all = new Map([...kept, ...opened.values()].map((entry) => [entry.digest, entry]));
      return [...all.values()].sort((a, b) => a.name.localeCompare(b.name) || (a.digest < b.digest ? -1 : 1));
    },

    /**
     * @param {string} digest or its first digits
     * @returns {Promise<OpenedNetwork | null>}
     */
    async find(digest) {
      const here = [...opened.values()].find((each) => each.digest.startsWith(digest));
      if (here) return here;
      const range = IDBKeyRange.bound(digest, `${digest}g`);
      return (await transact('readonly', (store) => store(NETWORKS).get(range)).catch(() => null)) ?? null;
    },

    /**
     * @param {OpenedNetwork} network takes the place of one with the same digest
     * @returns {Promise<boolean>} will it outlast the page?
     */
    async keep(network) {
      opened.set(network.digest, network);
      const { safetensors: _, files, ...entry } = network;
      const size = files.reduce((sum, { bytes }) => sum + bytes.length, 0);
      try {
        await transact('readwrite', (store) => {
          store(ENTRIES).put(entry);
          store(NETWORKS).put(size > MOST_FILES ? { ...network, files: [] } : network);
        });
        return true;
      } catch {
        // Private windows, full disks, and browsers that are told to keep nothing.
        return false;
      }
    },

    /** @param {string} digest */
    async remove(digest) {
      opened.delete(digest);
      await transact('readwrite', (store) => {
        store(ENTRIES).delete(digest);
        store(NETWORKS).delete(digest);
      }).catch(() => {});
    },
  };
}

/** @returns {Promise<IDBDatabase>} */
function openDatabase() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, VERSION);
    request.onupgradeneeded = () => {
      for (const name of [ENTRIES, NETWORKS]) request.result.createObjectStore(name, { keyPath: 'digest' });
    };
    request.onsuccess = () => {
      // A later version of the page may wait for this one.
      request.result.onversionchange = () => request.result.close();
      resolve(request.result);
    };
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error('Another tab keeps the database open.'));
  });
}
