import type { Database, Statement } from 'node-sqlite3-wasm';
import type { SqlRow, SqlValue } from './rows.ts';

/** Prepared statements by their text, kept until `finalize` and made anew after it. */
export class Statements {
  readonly #database: Database;
  readonly #prepared = new Map<string, Statement>();

  constructor(database: Database) {
    this.#database = database;
  }

  /** All rows at once: a statement that is not read to its end would keep the file locked. */
  all(sql: string, values: SqlValue[]): SqlRow[] {
    return this.#statement(sql).all(values) as SqlRow[];
  }

  run(sql: string, values: SqlValue[]): void {
    this.#statement(sql).run(values);
  }

  /** Also after a failure: the statement that failed cannot be used again. */
  finalize(): void {
    for (const statement of this.#prepared.values()) {
      try {
        statement.finalize();
      } catch {
        // Finalizing gives the error of the last run once more; the statement is gone all the same.
      }
    }
    this.#prepared.clear();
  }

  #statement(sql: string): Statement {
    const statement = this.#prepared.get(sql) ?? this.#database.prepare(sql);
    this.#prepared.set(sql, statement);
    return statement;
  }
}
