/**
 * What stands around a part under test, and changes when it is told to. On a virtual board the orders go out as console
 * lines and the host obeys before the program runs on; over mocks they are function calls.
 */
export type Order =
  /** The air is at 4.25 C and 65 %; the sensor is fine. */
  | 'sensor well'
  | 'sensor unplugged'
  /** Answers come with a wrong check digit. */
  | 'sensor bad-check'
  /** The sensor is fine, and so dry and cold that its formula gives -2 %: -30 C. */
  | 'sensor dry'
  /** The gauge answers, the battery has between 3 and 4.4 V. */
  | 'gauge well'
  | 'gauge unplugged'
  | 'gauge no-battery'
  | 'sky open'
  | 'sky covered'
  /** A network, and behind it a host that sends back what it gets. */
  | 'network well'
  | 'network none'
  /** The host's certificate does not lead to the CA. */
  | 'peer untrusted'
  /** The host closes the stream, now. */
  | 'peer hangs-up'
  /** The host answers the next bytes by "bye" and closes. */
  | 'peer farewell'
  /** Someone types abc at the console. */
  | 'keys abc';

export type Bench = (order: Order) => void;
