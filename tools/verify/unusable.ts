import { readCapture } from '../decode/capture.ts';
import { readPageHeader } from '../decode/page-header.ts';
import { ColdrailError } from '../errors/error.ts';
import { PAGE_BYTES } from './region.ts';

/** Why there is nothing to prove in bytes that hold no page of ours. */
export function unusable(image: Uint8Array): ColdrailError {
  if (image.length === 0) return new ColdrailError('verify.nothing', { detail: 'it is empty' });
  if (image.every((byte) => byte === 0xff))
    return new ColdrailError('verify.nothing', { detail: 'it is erased flash' });
  let configured = false;
  for (let offset = 0; offset < image.length; offset += PAGE_BYTES) {
    const header = readPageHeader(image, offset);
    if (header === 'other-format') return new ColdrailError('verify.later-format', { offset });
    if (header === 'configuration') configured = true;
  }
  if (isMessage(image)) return new ColdrailError('verify.message');
  const detail = configured
    ? 'it holds a configuration, and behind it no page whose header verifies'
    : 'no page header verifies in it';
  return new ColdrailError('verify.nothing', { detail });
}

function isMessage(bytes: Uint8Array): boolean {
  try {
    readCapture(bytes);
    return true;
  } catch (error) {
    if (!(error instanceof ColdrailError)) throw error;
    return error.id === 'decode.message-block';
  }
}
