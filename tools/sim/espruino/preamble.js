// Runs from .boot0 on Espruino for Linux, before the bundle in .bootcde. It stands in for the hardware that Linux does not
// have and for time, which the simulator owns: every call goes to the host over a pair of named pipes and waits for the
// answer, and between two events the interpreter asks what comes next. The bundle's own Flash calls reach the real thing.
//
// Request:  four hex digits of length, a letter, the payload.   Answer: four hex digits of length, the payload.
var coldrailStandIns = (() => {
  const toHost = E.openFile('request', 'w');
  const fromHost = E.openFile('answer', 'r');
  const laterForReal = setTimeout;
  const requireForReal = require;

  function ask(letter, payload) {
    const body = letter + payload;
    toHost.write(('000' + body.length.toString(16)).substr(-4) + body);
    const length = parseInt(fromHost.read(4), 16);
    // The host is gone: nobody will ever answer, and nobody is left to end this process.
    if (!(length >= 0)) quit();
    return length > 0 ? fromHost.read(length) : '';
  }

  function toText(data) {
    return typeof data === 'string' ? data : E.toString(data) || '';
  }

  const boot = ask('B', '').split(',');
  let nowUs = parseFloat(boot[0]);
  const wakeCause = parseInt(boot[1], 10);
  const flashShift = parseInt(boot[2], 10);
  let timers = [];
  let nextId = 1;

  function memory() {
    const flags = E.getErrorFlags();
    return process.memory().usage + ',' + flags.join('+');
  }

  global.getTime = () => nowUs / 1000000;
  global.setTimeout = (run, ms) => {
    const id = nextId++;
    timers.push({
      id: id,
      at: nowUs + Math.max(0, Math.floor(ms * 1000 + 0.5)),
      run: run,
    });
    return id;
  };
  global.clearTimeout = (id) => {
    timers = timers.filter((timer) => timer.id !== id);
  };
  global.analogRead = (pin) => parseFloat(ask('A', String(pin.index)));
  global.digitalRead = (pin) => parseInt(ask('L', String(pin.index)), 10);
  // One set of methods for all: on a board a pin takes one JsVar.
  const pinMethods = {
    write: function (value) {
      ask('P', this.index + ',' + (value ? 1 : 0));
    },
    read: function () {
      return ask('L', String(this.index)) === '1';
    },
    mode: () => {},
  };
  global.Pin = (pin) => {
    const one = Object.create(pinMethods);
    one.index = pin;
    return one;
  };
  const i2c = {
    setup: () => {},
    writeTo: (address, data) => {
      if (ask('W', String.fromCharCode(address) + toText(E.toUint8Array(data))) !== '1')
        throw new Error("I2C device doesn't ACK");
    },
    readFrom: (address, count) => {
      const answer = ask('R', String.fromCharCode(address, count));
      if (answer === '') throw new Error("I2C device doesn't ACK");
      return E.toUint8Array(answer);
    },
  };
  const spi = {
    setup: () => {},
    send: (data, select) =>
      E.toUint8Array(ask('X', String.fromCharCode(select.index) + toText(E.toUint8Array(data)))),
  };
  function oneWire(pin) {
    const wire = (verb, text) => ask('O', String.fromCharCode(pin.index) + verb + text);
    return {
      reset: () => wire('R', '') === '1',
      write: (data) => {
        wire('W', toText(E.toUint8Array(data)));
      },
      read: (count) => E.toUint8Array(wire('N', String.fromCharCode(count))),
    };
  }
  function serial(send) {
    let listeners = [];
    let open = false;
    return {
      setup: () => {
        open = true;
      },
      unsetup: () => {
        open = false;
      },
      on: (_event, run) => {
        listeners.push(run);
      },
      removeAllListeners: () => {
        listeners = [];
      },
      write: (data) => {
        send(toText(data));
      },
      deliver: (bytes) => {
        const heard = open ? listeners : [];
        for (let i = 0; i < heard.length; i++) {
          const run = heard[i];
          run(bytes);
        }
      },
    };
  }
  const modem = serial((text) => {
    ask('U', memory() + ';' + text);
  });
  const terminal = serial((text) => {
    ask('C', memory() + ';' + text);
  });
  global.ESP32 = {
    deepSleep: (us) => {
      ask('S', String(us)); // the host ends this process instead of answering
    },
    getWakeupCause: () => wakeCause,
  };
  E.enableWatchdog = (seconds) => {
    ask('G', String(seconds));
  };
  E.kickWatchdog = () => {
    ask('K', '');
  };
  E.reboot = () => {
    ask('Z', ''); // no answer either
  };
  // The process has no console of its own that anyone could reach.
  E.setConsole = () => {};
  if (flashShift !== 0) {
    // Linux erases pages of 1 KiB where the board's chip has 4 KiB.
    const flash = requireForReal('Flash');
    const shifted = {
      read: (length, address) => {
        ask('F', memory());
        return flash.read(length, address + flashShift);
      },
      write: (data, address) => {
        ask('F', memory());
        flash.write(data, address + flashShift);
      },
      erasePage: (address) => {
        for (let at = 0; at < 4096; at += 1024) flash.erasePage(address + flashShift + at);
      },
    };
    global.require = (name) => (name === 'Flash' ? shifted : requireForReal(name));
  }

  function earliest() {
    let first = null;
    for (let i = 0; i < timers.length; i++) {
      const timer = timers[i];
      if (first === null || timer.at < first.at || (timer.at === first.at && timer.id < first.id))
        first = timer;
    }
    return first;
  }

  // One event a turn of the interpreter's own loop, so that an error in it ends that event and no other.
  function turn() {
    laterForReal(turn, 0);
    const first = earliest();
    const event = ask('I', (first === null ? '' : first.at) + ',' + memory());
    const comma = event.indexOf(',');
    nowUs = parseFloat(event.substring(1, comma));
    if (event.charAt(0) === 'D') modem.deliver(event.substr(comma + 1));
    else if (event.charAt(0) === 'C') terminal.deliver(event.substr(comma + 1));
    else if (first !== null) {
      timers = timers.filter((timer) => timer !== first);
      first.run();
    }
  }
  laterForReal(turn, 0);
  return {
    modem: modem,
    terminal: terminal,
    i2c: i2c,
    spi: spi,
    oneWire: oneWire,
    measure: () => {
      ask('M', memory());
    },
  };
})();
// Built-in objects give way to a variable of the same name, not to an assignment.
var Serial1 = coldrailStandIns.terminal;
var Serial2 = coldrailStandIns.modem;
var I2C1 = coldrailStandIns.i2c;
var SPI1 = coldrailStandIns.spi;
var OneWire = coldrailStandIns.oneWire;
// What is in use from here on is the bundle's own.
coldrailStandIns.measure();
