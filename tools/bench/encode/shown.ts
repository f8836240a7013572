/** File content for a message: short, and without anything that a terminal would obey. */
export function shown(content: string): string {
  const plain = content.slice(0, 61).replace(/[^\x20-\x7e]/g, '?');
  return plain.length > 60 ? `${plain.slice(0, 60)}...` : plain;
}
