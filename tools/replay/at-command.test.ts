import { expect, test } from 'vitest';
import { kindOf, matches, payloadOf, withoutPin } from './at-command.ts';

test('"*" stands for any run of characters, none included', () => {
  for (const pattern of ['AT+CSQ', '*', 'AT*', '*CSQ', 'A*T+*Q', 'AT+CSQ*', 'AT+**CSQ'])
    expect(matches(pattern, 'AT+CSQ'), pattern).toBe(true);
  for (const pattern of ['AT', 'AT+CSQ?', '*Z', 'B*', '', 'A*T+*Q*Q'])
    expect(matches(pattern, 'AT+CSQ'), pattern).toBe(false);
});

test('a pattern of many stars is decided without trying them all', () => {
  expect(matches(`${'*a'.repeat(250)}b`, 'a'.repeat(500))).toBe(false);
});

test('a command is the same with other arguments, but not when it reads instead of writing', () => {
  const same = (a: string, b: string) => kindOf(a) === kindOf(b);
  expect(same('AT+CNCFG=0,1,"a"', 'AT+CNCFG=0,1,"b"')).toBe(true);
  expect(same('AT+CAOPEN=0,"a",1', 'AT+caopen=0,"b",2')).toBe(true);
  expect(same('AT+CNMP?', 'AT+CNMP=38')).toBe(false);
  expect(same('AT+CNMP=?', 'AT+CNMP=38')).toBe(false);
  expect(same('AT', 'ATE0')).toBe(false);
});

test('commands that hold many settings are told apart by the setting', () => {
  expect(kindOf('AT+CSSLCFG="SNI",0,"a"')).toBe(kindOf('AT+CSSLCFG="sni",0,"b"'));
  expect(kindOf('AT+CSSLCFG="SNI",0,"a"')).not.toBe(kindOf('AT+CSSLCFG="SSLVERSION",0,3'));
  expect(kindOf('AT+CASSLCFG=0,ssl,1')).toBe(kindOf('AT+CASSLCFG=1,"SSL",0'));
  expect(kindOf('AT+CASSLCFG=0,"SSL",1')).not.toBe(kindOf('AT+CASSLCFG=0,"CRINDEX",0'));
  expect(kindOf('AT+QCFG="nwscanmode"')).not.toBe(kindOf('AT+QCFG="iotopmode"'));
});

test.each([
  ['AT+CASEND=0,20', 20],
  ['AT+CASEND=0,20,5000', 20],
  ['AT+CCHSEND=0,7', 7],
  ['AT+QSSLSEND=0,1460', 1460],
  ['AT+CFSWFILE=3,"ca.crt",0,812,5000', 812],
  ['AT+QFUPL="UFS:ca.pem",812,10', 812],
  ['AT+CCERTDOWN="ca.crt",812', 812],
  ['AT+CASEND=0,-1', 0],
  ['AT+CASEND=0', 0],
  ['AT+CASEND?', 0],
  ['AT+CASEND=0,99999999', 0],
  ['AT+CARECV=0,512', 0],
  ['RDY', 0],
])('%s is followed by %i bytes', (command, bytes) => {
  expect(payloadOf(command)).toBe(bytes);
});

test('a PIN is not shown, in a command or in its echo', () => {
  expect(withoutPin('AT+CPIN="1234"')).not.toContain('1234');
  expect(withoutPin('\r\nat+cpin="1234"\r\r\nOK\r\n')).toBe('\r\nat+cpin="****"\r\r\nOK\r\n');
  expect(withoutPin('AT+CPIN?')).toBe('AT+CPIN?');
});
