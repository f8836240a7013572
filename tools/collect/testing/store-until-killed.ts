/** A process for the kill test: stores one batch after the other and prints each seq once its batch is committed. */
import { writeSync } from 'node:fs';
import { openSqliteStore } from '../sqlite-store.ts';

const store = await openSqliteStore(process.argv[2] as string);
for (let seq = 0; ; seq++) {
  const reading = { seq, powerOn: 1, monoS: seq * 300, supplyC: 4.1, supplyRh: 60, returnC: 5, reasons: {} };
  await store.insertBatch('D1', { readings: [reading], records: [] });
  writeSync(1, `${seq}\n`);
}
