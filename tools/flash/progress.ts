/** Shows how much of a file is over: one line that changes on a terminal, a line for each quarter elsewhere. */
export function uploadProgress(stream: NodeJS.WriteStream, total: number): (bytes: number) => void {
  const isAnimated = stream.isTTY && process.env['TERM'] !== 'dumb' && process.env['NO_COLOR'] === undefined;
  let quarters = 0;
  return (bytes) => {
    const text = `${bytes} of ${total} bytes`;
    if (isAnimated) {
      stream.write(`\r${text}${bytes === total ? '\n' : ''}`);
      return;
    }
    const now = Math.floor((4 * bytes) / total);
    if (now > quarters) stream.write(`${text}\n`);
    quarters = now;
  };
}
