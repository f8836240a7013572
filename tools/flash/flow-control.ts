const XON = '\x11';
const XOFF = '\x13';

/** What was said, without XON and XOFF, which a port with flow control may put anywhere. */
export function withoutFlowControl(text: string): string {
  return text.replaceAll(XON, '').replaceAll(XOFF, '');
}
