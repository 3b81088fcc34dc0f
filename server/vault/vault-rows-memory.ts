import type { KeyRow, SubjectRow, TextRow, VaultRows } from "./vault-rows.ts";

export function createMemoryVaultRows(): VaultRows {
  const keys = new Map<string, KeyRow>();
  const subjects = new Map<string, SubjectRow>();
  const texts = new Map<string, TextRow>();
  return {
    insertKey: async (row) => insert(keys, row.scope, row),
    findKeys: async (scopes) => pick(keys, scopes),
    insertSubject: async (row) => insert(subjects, row.id, row),
    findSubject: async (id) => subjects.get(id),
    deleteSubject: async (id) => {
      subjects.delete(id);
    },
    insertText: async (row) => insert(texts, row.id, row),
    findTexts: async (ids) => pick(texts, ids),
    deleteScope: async (scope) => {
      keys.delete(scope);
      for (const [id, row] of texts) if (row.scope === scope) texts.delete(id);
    },
    close: async () => {},
  };
}

function insert<Row>(rows: Map<string, Row>, id: string, row: Row): boolean {
  if (rows.has(id)) return false;
  rows.set(id, row);
  return true;
}

function pick<Row>(rows: ReadonlyMap<string, Row>, ids: readonly string[]): Row[] {
  return ids.flatMap((id) => rows.get(id) ?? []);
}
