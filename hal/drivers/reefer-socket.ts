/**
 * The reefer's socket behind opto-couplers: 24 V on a signal pulls its pin low. The input circuit rectifies and smooths, so
 * that machines which feed the socket with AC look the same.
 */
import type { DigitalInput } from '../digital-input.ts';
import type { ReeferSocket } from '../reefer-socket.ts';

/** About 1 ms each on the interpreter, without a wait in between. */
const LOOKS = 3;

/** A board without the inputs. */
export const noReeferSocket: ReeferSocket = { read: () => null };

export function reeferSocket(
  compressor: DigitalInput,
  defrost: DigitalInput,
  inRange: DigitalInput,
): ReeferSocket {
  return {
    read: () => {
      let once = 0;
      let always = 7;
      for (let i = 0; i < LOOKS; i++) {
        const bits = (compressor.isHigh() ? 0 : 1) | (defrost.isHigh() ? 0 : 2) | (inRange.isHigh() ? 0 : 4);
        once |= bits;
        always &= bits;
      }
      if (once !== always) return null;
      return { compressor: (always & 1) !== 0, defrost: (always & 2) !== 0, inRange: (always & 4) !== 0 };
    },
  };
}
