// Runs in the page, in front of its own program: Web Serial as far as the page uses it, over serial-bridge.ts.
class BridgedPort extends EventTarget {
  readable = null;
  writable = null;
  incoming;

  async open() {
    if (!(await bridgeOpen())) throw new DOMException('Failed to open serial port.', 'NetworkError');
    this.readable = new ReadableStream({
      start: (controller) => {
        this.incoming = controller;
      },
    });
    this.writable = new WritableStream({ write: (bytes) => bridgeWrite(String.fromCharCode(...bytes)) });
  }

  async close() {
    this.incoming = undefined;
    await bridgeClose();
  }

  async setSignals({ requestToSend }) {
    if (requestToSend === false && !(await bridgeReset()))
      throw new DOMException('no such lines', 'NetworkError');
  }
}

const port = new BridgedPort();
let isPlugged = true;
const serial = Object.assign(new EventTarget(), {
  requestPort: async () => port,
  getPorts: async () => (isPlugged ? [port] : []),
});
Object.defineProperty(navigator, 'serial', { value: serial, configurable: true });

window.bridgeHear = (text) =>
  port.incoming?.enqueue(Uint8Array.from(text, (character) => character.charCodeAt(0)));
window.bridgeGone = () => {
  isPlugged = false;
  port.incoming?.error(new DOMException('The device has been lost.', 'NetworkError'));
  port.incoming = undefined;
  port.dispatchEvent(new Event('disconnect'));
};
window.bridgePlugged = () => {
  isPlugged = true;
  serial.dispatchEvent(new Event('connect'));
};
