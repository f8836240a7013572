import { element } from './element.ts';

/** Hand a file to the person, in the folder where their browser puts downloads. */
export function saveFile(name: string, type: string, ...content: BlobPart[]): void {
  const address = URL.createObjectURL(new Blob(content, { type }));
  const link = element('a', { href: address, download: name });
  link.click();
  // The browser may read it only after this task.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** A part of a file's name from what a tracker said: nothing in it leads elsewhere. */
export function safeName(text: string): string {
  return text.replace(/[^A-Za-z0-9_-]/g, '') || 'tracker';
}

/** A moment as a part of a file's name. */
export function stamp(ms: number): string {
  return new Date(ms).toISOString().slice(0, 16).replace(/[-:]/g, '').replace('T', '-');
}
