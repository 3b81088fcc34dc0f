/**
 * What the server must not be: commits to a SQLite log with a `synchronous` setting of its
 * argument and acknowledges each commit in the server's words. The check of the fsync order is
 * tried on it.
 *
 * Usage: node weak-child.ts FILE OFF|NORMAL|FULL COUNT
 */
import { writeSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { v7 } from "uuid";

const [file = "", synchronous = "", count = "0"] = process.argv.slice(2);
const db = new DatabaseSync(file);
db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = ${synchronous}`);
db.exec("CREATE TABLE IF NOT EXISTS commits (seq INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT");
const insert = db.prepare("INSERT INTO commits (seq, body) VALUES (?, ?)");
for (let seq = 0; seq < Number(count); seq += 1) {
  const id = v7();
  insert.run(seq, JSON.stringify({ commands: [{ id }] }));
  writeSync(1, `${JSON.stringify({ id, outcome: "ACCEPTED", seq })}\n`);
}
