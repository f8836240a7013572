import mqttPacket, { type Packet } from 'mqtt-packet';

/** One packet, or the close, that the far side owes: "puback 7", "downlink", "close". */
interface Debt {
  name: string;
  /** Order of sending. */
  serial: number;
}

/** Order in which packets are handed over, whatever order the host's timing gave them. */
const ranks = ['connack', 'suback', 'unsuback', 'puback', 'pubrec', 'pubcomp', 'pingresp'];

/** What is due for each packet of the device; PUBLISH is beside it, as its QoS and topic decide. */
const answers: Partial<Record<Packet['cmd'], string>> = {
  connect: 'connack',
  subscribe: 'suback',
  unsubscribe: 'unsuback',
  pubrel: 'pubcomp',
  pingreq: 'pingresp',
  disconnect: 'close',
};

/** What the far side owes for what was sent to it, by the rules of MQTT 3.1.1. */
export class MqttDebts {
  readonly #expectAck: (topic: string) => boolean;
  #open: Debt[] = [];
  #serial = 0;

  constructor(expectAck: (topic: string) => boolean) {
    this.#expectAck = expectAck;
  }

  get settled(): boolean {
    return this.#open.length === 0;
  }

  owe(name: string): void {
    this.#open.push({ name, serial: this.#serial++ });
  }

  forgive(): void {
    this.#open = [];
  }

  /** Note what a packet of the device asks for. */
  sent(packet: Packet): void {
    const { cmd, messageId } = packet;
    if (cmd === 'publish') {
      if (packet.qos > 0) this.owe(`${packet.qos === 1 ? 'puback' : 'pubrec'} ${messageId}`);
      if (this.#expectAck(packet.topic)) this.owe('downlink');
    } else if (answers[cmd]) {
      this.owe(messageId === undefined ? answers[cmd] : `${answers[cmd]} ${messageId}`);
    }
  }

  /** Settle what a packet of the far side pays, and say where it goes in the order of handing over. */
  received(packet: Packet): { rank: number; serial: number } {
    const name = nameOf(packet);
    const index = this.#open.findIndex((debt) => debt.name === name);
    const [debt] = index < 0 ? [] : this.#open.splice(index, 1);
    // A broker that refuses a connection closes it.
    if (packet.cmd === 'connack' && packet.returnCode !== 0) this.owe('close');
    const rank = ranks.indexOf(packet.cmd);
    return { rank: rank < 0 ? ranks.length : rank, serial: debt?.serial ?? this.#serial };
  }
}

/** Parse one whole packet; undefined where it is none by MQTT 3.1.1. */
export function parsePacket(raw: Buffer): Packet | undefined {
  const parser = mqttPacket.parser({ protocolVersion: 4 });
  let parsed: Packet | undefined;
  parser.on('packet', (packet) => {
    parsed = packet;
  });
  // Without a listener an error would be thrown; undefined already says it.
  parser.on('error', () => {});
  parser.parse(raw);
  return parsed;
}

function nameOf(packet: Packet): string {
  if (packet.cmd === 'publish') return 'downlink';
  return packet.messageId === undefined ? packet.cmd : `${packet.cmd} ${packet.messageId}`;
}
