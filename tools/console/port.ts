/** A serial line to a tracker: a real port, a pty, the virtual tracker itself, or Web Serial in a browser. */
export interface Port {
  /** Bytes as text, each character one byte. Rejects when the line is gone. */
  write(text: string): Promise<void>;
  /** The one listener for what comes; text like that of `write`. */
  onText(hear: (text: string) => void): void;
  /** The one listener for the end of the line, by `close` or because it was pulled. Called once. */
  onClosed(gone: () => void): void;
  /** Pull the reset line, where there is one; false where there is none. */
  reset(): Promise<boolean>;
  close(): Promise<void>;
}
