/** What only a measurement needs of Espruino. Source: espruino.com/Reference. */

interface StorageFile {
  write(text: string): void;
}

interface EspruinoStorage {
  open(name: string, mode: 'a'): StorageFile;
}

/** JsVars that are in use and that there are, after a collection of garbage. */
declare const process: { memory(): { readonly usage: number; readonly total: number } };
declare const JSON: { stringify(value: object): string };
