import type { Db } from "mongodb";
import { MongoServerError } from "mongodb";

const EXISTS = 48;
const UNAUTHORIZED = 13;

/**
 * Makes what is missing, so that no collection comes into being under the first write: a database
 * that dies in that moment may be left with half a collection, and then refuses every write to it.
 */
export async function makeCollections(db: Db, names: readonly string[]): Promise<void> {
  for (const name of names) {
    try {
      await db.createCollection(name);
    } catch (error) {
      const code = error instanceof MongoServerError ? error.code : undefined;
      // Where the program may not make any, an administrator has made them.
      if (code !== EXISTS && code !== UNAUTHORIZED) throw error;
    }
  }
}
