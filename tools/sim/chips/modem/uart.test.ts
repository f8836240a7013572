import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAtLine } from './at-line.ts';
import { Bench } from './bench.ts';

const AT_115200_US = 86.8;

async function ready(seed = 1): Promise<Bench> {
  const bench = new Bench({ seed });
  await bench.powerUp();
  await bench.run(20);
  return bench;
}

describe('SIM7080 AT port', () => {
  it('echoes from the factory and stops with ATE0', async () => {
    const bench = await ready();
    await bench.command('ATE1');
    expect(await bench.command('AT')).toBe('AT\r\r\nOK\r\n');
    await bench.command('ATE0');
    expect(await bench.command('AT')).toBe('\r\nOK\r\n');
  });

  it('takes commands in any case and skips line feeds', async () => {
    const bench = await ready();
    expect(await bench.command('\nat+cgmm')).toBe('\r\nSIMCOM_SIM7080\r\n\r\nOK\r\n');
  });

  it('reports errors as CMEE asks', async () => {
    const bench = await ready();
    expect(await bench.command('AT+CACLOSE=0')).toBe('\r\n+CME ERROR: operation not allowed\r\n');
    await bench.command('AT+CMEE=1');
    expect(await bench.command('AT+CACLOSE=0')).toBe('\r\n+CME ERROR: 3\r\n');
    await bench.command('AT+CMEE=0');
    expect(await bench.command('AT+CACLOSE=0')).toBe('\r\nERROR\r\n');
  });

  it.each([
    'AT+NOSUCH',
    'AT+CSQ?',
    'AT+CMEE=7',
    'AT+CNCFG=0,1,"open',
    'AT+constructor',
    `AT+CNCFG=0,1,"${'x'.repeat(600)}"`,
  ])('answers ERROR to %s', async (line) => {
    expect(await (await ready()).command(line)).toBe('\r\nERROR\r\n');
  });

  it('says nothing to a line without AT, and skips rubbish before it', async () => {
    const bench = await ready();
    expect(await bench.command('hello', 2)).toBe('');
    expect(await bench.command('\xff\x80AT')).toBe('\r\nOK\r\n');
  });

  it('loses a command that comes while another executes', async () => {
    const bench = await ready();
    const from = bench.heard.length;
    bench.write('AT+CFUN=4\rAT+CGMM\r');
    await bench.run(10);
    expect(bench.heard.slice(from)).toBe('\r\nOK\r\n');
  });

  it('sends at 115200 baud in chunks of 1 to 64 bytes', async () => {
    const bench = await ready();
    const from = bench.chunks.length;
    const startUs = bench.kernel.nowUs;
    const answer = await bench.command('AT+CNCFG?');
    const sizes = bench.chunks.slice(from).map((chunk) => chunk.length);
    expect(Math.min(...sizes)).toBeGreaterThan(0);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(64);
    expect(sizes.length).toBeGreaterThan(1);
    expect(bench.kernel.nowUs - startUs).toBeGreaterThan(answer.length * AT_115200_US);
  });

  it('sends the same bytes at the same times for the same seed, however slow the host is', async () => {
    const record = async (seed: number, hostDelayMs: number): Promise<string> => {
      const bench = new Bench({ seed });
      bench.stream.delayMs = hostDelayMs;
      const log: string[] = [];
      bench.modem.onTransmit = (bytes) => {
        bench.heard += Buffer.from(bytes).toString('latin1');
        log.push(`${bench.kernel.nowUs} ${Buffer.from(bytes).toString('hex')}`);
      };
      bench.stream.answer = (text) => [`echo ${text}`];
      await bench.connected();
      await bench.send('hello');
      await bench.run(10);
      await bench.command('AT+CARECV=0,100');
      return log.join('\n');
    };
    expect(await record(7, 0)).toBe(await record(7, 20));
    expect(await record(7, 0)).not.toBe(await record(8, 0));
  });

  it('survives any bytes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.oneof(
            fc.uint8Array({ maxLength: 30 }),
            fc
              .constantFrom('AT+CASEND=0,5', 'AT+CFSWFILE=3,"a",0,5,100', 'AT+CAOPEN=0,0,"TCP","h",1', 'AT+')
              .map((text) => Buffer.from(`${text}\r`)),
          ),
          { maxLength: 20 },
        ),
        async (writes) => {
          const bench = await ready();
          for (const bytes of writes) {
            bench.modem.receive(bytes);
            await bench.run(0.1);
          }
          await bench.run(15);
          await bench.command('');
          expect(await bench.command('AT')).toMatch(/OK\r\n$/);
        },
      ),
      { numRuns: 30 },
    );
  });
});

describe('parseAtLine', () => {
  it('keeps commas inside quotes', () => {
    expect(parseAtLine('AT+CNCFG=0,1,"a,b",')?.args.map((arg) => arg.text)).toEqual(['0', '1', 'a,b', '']);
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        parseAtLine(`AT${text}`);
      }),
    );
  });
});
