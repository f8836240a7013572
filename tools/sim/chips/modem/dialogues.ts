import type { RadioTechnology } from '../radio.ts';
import { Bench, type BenchOptions, berlin, certificate } from './bench.ts';
import type { FamilyName } from './family.ts';

/** What each family wants to hear for the same thing; for tests that hold for all of them. */
export interface Dialogue {
  /** Its first choice. */
  readonly technology: RadioTechnology;
  readonly iccid: string;
  /** Ask for a PDP context; all that is heard up to the outcome. */
  activate(bench: Bench, apn: string): Promise<string>;
  readonly active: RegExp;
  /** Store the test's certificate. */
  uploadCa(bench: Bench): Promise<void>;
  /** TLS that checks the server against it. */
  secure(bench: Bench): Promise<void>;
  readonly ignoreDates: string;
  /** The number with which opening ends, with TLS if `secure` has been said. */
  open(bench: Bench, secured: boolean): Promise<string>;
  /** All that is heard after the prompt, or instead of it. */
  send(bench: Bench, bytes: string): Promise<string>;
  readonly sent: RegExp;
  /** All that is heard. */
  receive(bench: Bench, count: number): Promise<string>;
  readonly dataWaits: string;
  readonly closed: string;
  readonly pdpLost: string;
  readonly powerOff: string;
  readonly poweredDown: string | undefined;
  readonly gnssOn: string;
  readonly gnssOff: string;
  readonly position: string;
}

const HOST = 'broker.example';

async function ok(bench: Bench, ...commands: string[]): Promise<void> {
  for (const command of commands) {
    const said = await bench.command(command, 30);
    if (!said.endsWith('\r\nOK\r\n')) throw new Error(`${command}: ${said}`);
  }
}

/** A command, and what is heard from it on until `pattern`. */
async function through(bench: Bench, command: string, pattern: RegExp, seconds = 120): Promise<string> {
  await bench.run(0.02);
  const from = bench.heard.length;
  bench.write(`${command}\r`);
  return bench.until(pattern, seconds, from);
}

async function upload(bench: Bench, command: string, prompt: RegExp): Promise<void> {
  await through(bench, command, prompt, 5);
  bench.write(certificate);
  await bench.until(/OK\r\n/, 5);
}

async function payload(bench: Bench, command: string, bytes: string, end: RegExp): Promise<string> {
  const said = await through(bench, command, /> ?$|ERROR[^\r]*\r\n/, 5);
  if (!/> ?$/.test(said)) return said;
  const from = bench.heard.length;
  bench.write(bytes);
  return bench.until(end, 15, from);
}

async function result(bench: Bench, command: string, name: string): Promise<string> {
  const pattern = new RegExp(`\\${name}: 0,(\\d+)\\r\\n`);
  const said = await through(bench, command, pattern);
  const both = said.includes('OK') ? said : said + (await bench.until(/OK\r\n/, 5));
  return pattern.exec(both)?.[1] ?? both;
}

async function writeSimcomCa(bench: Bench): Promise<void> {
  await ok(bench, 'AT+CFSINIT');
  await upload(bench, `AT+CFSWFILE=3,"ca.crt",0,${certificate.length},5000`, /DOWNLOAD\r\n/);
  await ok(bench, 'AT+CFSTERM');
}

const simcom = {
  send: (bench: Bench, bytes: string) =>
    payload(bench, `AT+CASEND=0,${bytes.length}`, bytes, /(OK|ERROR|\+CASEND: 0,0,\d+)\r\n/),
  sent: /\r\nOK\r\n$/,
  receive: (bench: Bench, count: number) => bench.command(`AT+CARECV=0,${count}`),
  dataWaits: '+CADATAIND: 0',
  closed: '+CASTATE: 0,0',
  powerOff: 'AT+CPOWD=1',
  poweredDown: 'NORMAL POWER DOWN',
  gnssOn: 'AT+CGNSPWR=1',
  gnssOff: 'AT+CGNSPWR=0',
  position: 'AT+CGNSINF',
} as const;

export const dialogues: Record<FamilyName, Dialogue> = {
  sim7080: {
    ...simcom,
    technology: 'LTE-M',
    iccid: 'AT+CCID',
    activate: async (bench, apn) => {
      await ok(bench, `AT+CNCFG=0,1,"${apn}"`);
      return through(bench, 'AT+CNACT=0,1', /ACTIVE\r\n|ERROR[^\r]*\r\n/, 10);
    },
    active: /\+APP PDP: 0,ACTIVE/,
    uploadCa: async (bench) => {
      await writeSimcomCa(bench);
      await ok(bench, 'AT+CSSLCFG="CONVERT",2,"ca.crt"');
    },
    secure: (bench) => ok(bench, 'AT+CASSLCFG=0,"SSL",1', 'AT+CASSLCFG=0,"CACERT","ca.crt"'),
    ignoreDates: 'AT+CSSLCFG="IGNORERTCTIME",0,1',
    open: (bench, secured) =>
      result(bench, `AT+CAOPEN=0,0,"TCP","${HOST}",${secured ? 8883 : 1883}`, '+CAOPEN'),
    pdpLost: 'DEACTIVE',
  },
  sim7000: {
    ...simcom,
    technology: 'LTE-M',
    iccid: 'AT+CCID',
    activate: async (bench, apn) => {
      await ok(bench, `AT+CGDCONT=1,"IP","${apn}"`, 'AT+CGATT=1');
      return through(bench, `AT+CNACT=1,"${apn}"`, /ACTIVE\r\n|ERROR[^\r]*\r\n/, 10);
    },
    active: /\+APP PDP: ACTIVE/,
    uploadCa: async (bench) => {
      await writeSimcomCa(bench);
      await ok(bench, 'AT+CSSLCFG="convert",2,"ca.crt"');
    },
    secure: async (bench) => {
      await ok(bench, 'AT+CACID=0', 'AT+CSSLCFG="sslversion",0,3', `AT+CSSLCFG="sni",0,"${HOST}"`);
      await ok(bench, 'AT+CASSLCFG=0,ssl,1', 'AT+CASSLCFG=0,"cacert","ca.crt"', 'AT+CASSLCFG=0,protocol,0');
    },
    ignoreDates: 'AT+CSSLCFG="ignorertctime",0,1',
    open: async (bench, secured) => {
      await ok(bench, 'AT+CACID=0');
      return result(bench, `AT+CAOPEN=0,"${HOST}",${secured ? 8883 : 1883}`, '+CAOPEN');
    },
    pdpLost: '+APP PDP: DEACTIVE',
  },
  a7670: {
    technology: 'LTE',
    iccid: 'AT+CICCID',
    activate: async (bench, apn) => {
      await ok(bench, `AT+CGDCONT=1,"IP","${apn}"`);
      const said = await bench.command('AT+CGACT=1,1');
      if (!said.includes('OK')) return said;
      return through(bench, 'AT+NETOPEN', /\+NETOPEN: \d\r\n|ERROR[^\r]*\r\n/, 10);
    },
    active: /\+NETOPEN: 0/,
    uploadCa: (bench) => upload(bench, `AT+CCERTDOWN="server.pem",${certificate.length}`, />$/),
    secure: (bench) => ok(bench, 'AT+CSSLCFG="cacert",0,"server.pem"', 'AT+CSSLCFG="authmode",0,1'),
    ignoreDates: 'AT+CSSLCFG="ignorelocaltime",0,1',
    open: async (bench, secured) => {
      await bench.command('AT+CCHSET=1,1');
      await through(bench, 'AT+CCHSTART', /\+CCHSTART: \d\r\n|ERROR\r\n/);
      return result(bench, `AT+CCHOPEN=0,"${HOST}",${secured ? '8883,2' : '1883,1'}`, '+CCHOPEN');
    },
    send: (bench, bytes) =>
      payload(bench, `AT+CCHSEND=0,${bytes.length}`, bytes, /\+CCHSEND: 0,\d+\r\n|ERROR\r\n/),
    sent: /\r\nOK\r\n\r\n\+CCHSEND: 0,0\r\n$/,
    receive: (bench, count) => through(bench, `AT+CCHRECV=0,${count}`, /\+CCHRECV: 0,0\r\n|ERROR\r\n/, 10),
    dataWaits: '+CCHEVENT: 0,RECV EVENT',
    closed: '+CCH_PEER_CLOSED: 0',
    pdpLost: '+CIPEVENT: NETWORK CLOSED UNEXPECTEDLY',
    powerOff: 'AT+CPOF',
    poweredDown: undefined,
    gnssOn: 'AT+CGNSSPWR=1',
    gnssOff: 'AT+CGNSSPWR=0',
    position: 'AT+CGNSSINFO',
  },
  bg9x: {
    technology: 'LTE-M',
    iccid: 'AT+QCCID',
    activate: async (bench, apn) => {
      await ok(bench, `AT+QICSGP=1,1,"${apn}","","",0`);
      return bench.command('AT+QIACT=1', 150);
    },
    active: /OK/,
    uploadCa: (bench) => upload(bench, `AT+QFUPL="UFS:ca.pem",${certificate.length},10`, /CONNECT\r\n/),
    secure: (bench) => ok(bench, 'AT+QSSLCFG="cacert",0,"UFS:ca.pem"', 'AT+QSSLCFG="seclevel",0,1'),
    ignoreDates: 'AT+QSSLCFG="ignorelocaltime",0,1',
    open: (bench, secured) =>
      secured
        ? result(bench, `AT+QSSLOPEN=1,0,0,"${HOST}",8883,0`, '+QSSLOPEN')
        : result(bench, `AT+QIOPEN=1,0,"TCP","${HOST}",1883,0,0`, '+QIOPEN'),
    send: (bench, bytes) =>
      payload(bench, `AT+QISEND=0,${bytes.length}`, bytes, /(SEND OK|SEND FAIL|ERROR)\r\n/),
    sent: /\r\nSEND OK\r\n$/,
    receive: (bench, count) => bench.command(`AT+QIRD=0,${count}`),
    dataWaits: '+QIURC: "recv",0',
    closed: '+QIURC: "closed",0',
    pdpLost: '+QIURC: "pdpdeact",1',
    powerOff: 'AT+QPOWD=1',
    poweredDown: 'POWERED DOWN',
    gnssOn: 'AT+QGPS=1',
    gnssOff: 'AT+QGPSEND',
    position: 'AT+QGPSLOC=2',
  },
};

export const familyNames = Object.keys(dialogues) as FamilyName[];

/** A modem of the family, switched on, its registration under way. */
export async function switchedOn(family: FamilyName, options: BenchOptions = {}): Promise<Bench> {
  const bench = new Bench({ ...options, family });
  bench.cells = { [dialogues[family].technology]: berlin };
  await bench.powerUp();
  return bench;
}

/** The same, with a PDP context. */
export async function online(family: FamilyName, options: BenchOptions = {}): Promise<Bench> {
  const bench = await switchedOn(family, options);
  await bench.register();
  const said = await dialogues[family].activate(bench, 'iot');
  if (!dialogues[family].active.test(said)) throw new Error(said);
  return bench;
}

/** The same, with an open connection. */
export async function connected(family: FamilyName, options: BenchOptions = {}): Promise<Bench> {
  const bench = await online(family, options);
  const code = await dialogues[family].open(bench, false);
  if (code !== '0') throw new Error(code);
  return bench;
}
